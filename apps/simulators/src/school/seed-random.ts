/** A small seeded source of chance, so that every copy of the demo school is the same. */

export interface Chance {
  /** In [0, 1). */
  readonly next: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number] };
}

/** The moment `hours` after the first bell of this school year. */
export function hoursIn(hours: number): string {
  return new Date(Date.UTC(2026, 8, 1, 7) + hours * 3_600_000).toISOString();
}
