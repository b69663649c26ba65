/** Every lint, one a line: how severe it is, what it concerns, and the rule that looks for it. */
import type { Lint } from "./lint.ts";
import { backupsOutlivePromise, impossibleDeadline, unknownDelay } from "./lint-chains.ts";

export const lints = {
  IMPOSSIBLE_DEADLINE: { severity: "error", of: "both", find: impossibleDeadline },
  BACKUPS_OUTLIVE_PROMISE: { severity: "error", of: "both", find: backupsOutlivePromise },
  UNKNOWN_DELAY: { severity: "unknown", of: "both", find: unknownDelay },
} as const satisfies Record<string, Lint>;

export type LintCode = keyof typeof lints;

/** The codes that `accepted` may name. */
export const lintCodes: ReadonlySet<string> = new Set(Object.keys(lints));
