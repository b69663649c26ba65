/** Chance that is the same for the same seed, so that every copy of the demo school is the same. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  pick<T>(list: readonly T[]): T;
  /** True so many times in a hundred. */
  percent(amount: number): boolean;
}

/** Mulberry32: one line of state, good enough for invented people and for nothing else. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
    percent: (amount) => next() * 100 < amount,
  };
}
