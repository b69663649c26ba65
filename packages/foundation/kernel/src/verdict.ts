/** What a receipt, certificate or status may say. It never claims more than was verified. */
export type Verdict = "PASS" | "FAILED" | "UNKNOWN" | "PENDING";

const RANK: Readonly<Record<Verdict, number>> = { PASS: 0, PENDING: 1, UNKNOWN: 2, FAILED: 3 };

/**
 * The verdict of a whole: the worst of its parts (FAILED, then UNKNOWN, then PENDING, then PASS).
 * Nothing verified is UNKNOWN, and so is anything with a part that was not covered.
 * @clause D12.2
 */
export function overallVerdict(parts: readonly Verdict[], notCovered: number): Verdict {
  const all: Verdict[] = [...parts];
  if (notCovered > 0 || parts.length === 0) all.push("UNKNOWN");
  return all.reduce((worst, each) => (RANK[each] > RANK[worst] ? each : worst), "PASS");
}

/** The exit code that goes with a verdict: 0 PASS, 1 FAILED, 3 UNKNOWN or PENDING. */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 3 {
  if (verdict === "PASS") return 0;
  return verdict === "FAILED" ? 1 : 3;
}
