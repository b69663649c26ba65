/** What the agreement says of backups: which generations, how often each is made, how long it is kept, who holds them. */
import { type Agreement, retentionRules } from "@preau/agreement";
import type { Duration } from "@preau/calendar";
import { fault } from "./errors.ts";

export type GenerationId = NonNullable<Agreement["backups"]>["generations"][number]["id"];
export type BackupKind = "full" | "differential";

export interface Generation {
  readonly id: GenerationId;
  readonly kind: BackupKind;
  /** A new one at least this often. */
  readonly every: Duration;
  /** Gone this long after it was made. */
  readonly kept: Duration;
  /** The generation whose full backup a differential one stands on. */
  readonly base?: GenerationId;
  readonly clause: string;
}

export interface BackupRules {
  readonly clause: string;
  /** Longest-lived first. */
  readonly generations: readonly Generation[];
  /** What passes after a backup is deleted until those who hold it have no copy either. */
  readonly holders: readonly Duration[] | "unknown";
}

/**
 * The figures of the backups.
 * @throws BACKUPS_NO_GENERATIONS when the agreement names none, or not how long one is kept
 * @figure DD.1
 */
export function backupRules(agreement: Agreement): BackupRules {
  const { backups } = agreement;
  if (backups === undefined) throw fault("BACKUPS_NO_GENERATIONS", { place: "backups" });
  const rules = retentionRules(agreement).filter(
    ({ store, anchor }) => store === "backups" && anchor === "backupMade",
  );
  const generations = backups.generations.map(({ id, kind, every, base }): Generation => {
    const rule = rules.find(({ generation }) => generation === id) ?? rules.find((each) => !each.generation);
    if (rule === undefined) throw fault("BACKUPS_NO_GENERATIONS", { place: `backups.generations ${id}` });
    const { unit, amount } = rule.after;
    return { id, kind, every, kept: { unit, amount }, clause: rule.clause, ...(base && { base }) };
  });
  return {
    clause: backups.clause,
    generations: generations.sort((a, b) => roughDays(b.kept) - roughDays(a.kept)),
    holders: delaysOf(agreement),
  };
}

function delaysOf({ backups, annexC }: Agreement): BackupRules["holders"] {
  const delays = (backups?.heldBy ?? []).flatMap((holder) => {
    const entry = annexC.find(({ recipient }) => recipient === holder);
    return entry === undefined
      ? (["unknown"] as const)
      : [entry.deletionBatch ?? "none", entry.deletionDelay];
  });
  const known = delays.filter((delay): delay is Duration => typeof delay !== "string");
  return delays.includes("unknown") ? "unknown" : known;
}

/** To put generations in order, and for nothing else. */
function roughDays({ unit, amount }: Duration): number {
  return amount * { hours: 1 / 24, days: 1, workingDays: 1.5, months: 30, years: 365 }[unit];
}
