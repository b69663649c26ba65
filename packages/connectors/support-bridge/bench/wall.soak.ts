/** A hundred thousand messages in which invented persons are named in disguise, out of twenty seeds: nobody of them leaves. @clause DC */
import { tryWall } from "../test/wall-trial.ts";

const CASES = 5_000;
const SEEDS = 20;

export async function soak({ seed, scale }: { readonly seed: number; readonly scale: number }) {
  const cases = Math.max(10, Math.round(CASES * scale));
  let [carried, disguised, seen] = [0, 0, 0];
  for (let at = 0; at < SEEDS; at += 1) {
    const tried = await tryWall({ seed: seed + at, cases });
    if (tried.leaks.length > 0) throw new Error(tried.leaks.join("\n"));
    carried += tried.carried;
    disguised += tried.disguised;
    seen += tried.seen;
  }
  const all = await tryWall({ seed, cases: Math.max(10, Math.round(cases / 5)), scope: "all" });
  if (all.leaks.length > 0) throw new Error(all.leaks.join("\n"));
  return { messages: cases * SEEDS, carried, disguised, seenByTheGuard: seen, ofNobodyKnown: all.carried };
}
