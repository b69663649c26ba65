/** One thing that `preau support doctor` looked at: what it read, and what to do. UNKNOWN is never fine. @clause DC */
import type { Bilingual } from "@preau/kernel";

export interface SupportFinding {
  /** A stable word: `hooks.secret`. */
  readonly check: string;
  readonly result: "PASS" | "WARN" | "FAIL" | "UNKNOWN";
  /** What was read. Nobody's words, no secret. */
  readonly evidence: Bilingual;
  readonly remedy?: Bilingual;
}
