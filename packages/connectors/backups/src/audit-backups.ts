/**
 * What a backup store lacks of the agreement, and what it has too much of. It says and advises; the tool that made a
 * backup prunes it. Hosting sites (DD.0) are attested elsewhere.
 */
import { dayIn, type LocalDate } from "@preau/calendar";
import type { Instant } from "@preau/kernel";
import { type KnownBackup, type Reading, readBackups, type SeenBackup } from "./backup.ts";
import type { Generation, GenerationId } from "./generations.ts";
import { dayBefore, type Period, rhythmOf } from "./rhythm.ts";

export type FindingKind =
  | "missing"
  | "noBackups"
  | "tooOld"
  | "baseGone"
  | "held"
  | "empty"
  | "truncated"
  | "unreadable"
  | "damaged"
  | "inFuture"
  | "notVerified"
  | "notRecognised";

export interface Finding {
  readonly kind: FindingKind;
  /** FAIL: it does not keep to the agreement. UNKNOWN: not seen whole. ADVICE: leave it alone, or do this. */
  readonly result: "FAIL" | "UNKNOWN" | "ADVICE";
  readonly clause: string;
  readonly backup?: string;
  readonly generation?: GenerationId;
  /** Of what is missing. */
  readonly period?: Period;
  /** Last day on which it may be there. */
  readonly until?: LocalDate;
  /** The backup that stands on it. */
  readonly heldBy?: string;
}

export interface AuditOptions extends Reading {
  readonly now: Instant;
  /** Backups began on that day: none is missed before. */
  readonly since?: LocalDate;
  /** What stands in the store and is no backup that could be read. */
  readonly notRecognised: readonly string[];
}

export interface Audit {
  readonly result: "PASS" | "FAIL" | "UNKNOWN";
  readonly backups: readonly KnownBackup[];
  readonly findings: readonly Finding[];
}

const STATES = {
  empty: "FAIL",
  truncated: "FAIL",
  unreadable: "UNKNOWN",
  notVerified: "UNKNOWN",
} as const;

/** Judges what was seen. @clause DD.1 */
export function auditBackups(seen: readonly SeenBackup[], options: AuditOptions): Audit {
  const backups = readBackups(seen, options);
  const { rules, place, now } = options;
  const today = dayIn(place.zone, now);
  const findings: Finding[] = [
    ...(backups.length === 0 ? [{ kind: "noBackups", result: "FAIL", clause: rules.clause } as const] : []),
    ...rules.generations.flatMap((rule) => missing(rule, backups, options, today)),
    ...backups.flatMap((backup) => [...livesOn(backup, today), ...conditionOf(backup, options)]),
    ...options.notRecognised.map((backup): Finding => {
      return { kind: "notRecognised", result: "UNKNOWN", clause: rules.clause, backup };
    }),
  ];
  const results = findings.map(({ result }) => result);
  return {
    result: results.includes("FAIL") ? "FAIL" : results.includes("UNKNOWN") ? "UNKNOWN" : "PASS",
    backups,
    findings,
  };
}

/** Days, weeks and months of the time that is kept, over and whole, in which there is no backup to restore. */
function missing(
  rule: Generation,
  backups: readonly KnownBackup[],
  { place, since }: AuditOptions,
  today: LocalDate,
): readonly Finding[] {
  if (backups.length === 0) return [];
  const rhythm = rhythmOf(rule.every);
  const { among } = rhythm;
  const usable = backups.filter(
    (backup) =>
      (rule.kind === "differential" || !backup.isDifferential) &&
      backup.state !== "empty" &&
      backup.state !== "truncated" &&
      !(backup.isDifferential && backup.base === undefined),
  );
  const there = new Set(usable.map(({ startedAt }) => rhythm.numberOf(dayIn(place.zone, startedAt))));
  // What was made on the first day of that time may be gone since this morning.
  const start = dayBefore(today, rule.kept);
  const isWhole = ({ from }: Period) => from > start && (since === undefined || from >= since);
  const first = isWhole(rhythm.periodOf(rhythm.numberOf(start)))
    ? rhythm.numberOf(start)
    : rhythm.numberOf(start) + 1;
  const lacking: Finding[] = [];
  for (let number = rhythm.numberOf(today) - among; number >= first; number -= among) {
    const window = Array.from({ length: among }, (_, index) => number + index);
    if (window.some((each) => there.has(each)) || !isWhole(rhythm.periodOf(number))) continue;
    const period = { from: rhythm.periodOf(number).from, to: rhythm.periodOf(number + among - 1).to };
    lacking.unshift({ kind: "missing", result: "FAIL", clause: rule.clause, generation: rule.id, period });
  }
  return lacking;
}

function livesOn(backup: KnownBackup, today: LocalDate): readonly Finding[] {
  const { id, rule, ownEnd, end, heldBy } = backup;
  const of = { clause: rule.clause, backup: id, generation: rule.id };
  if (end < today) return [{ kind: "tooOld", result: "FAIL", ...of, until: end }];
  if (ownEnd < today && heldBy !== undefined)
    return [{ kind: "held", result: "ADVICE", ...of, until: end, heldBy }];
  return [];
}

function conditionOf(backup: KnownBackup, { rules, now }: AuditOptions): readonly Finding[] {
  const of = { clause: rules.clause, backup: backup.id, generation: backup.rule.id };
  const found: Finding[] = [];
  if (backup.isDifferential && backup.base === undefined)
    found.push({ kind: "baseGone", result: "FAIL", ...of });
  if (backup.startedAt > now) found.push({ kind: "inFuture", result: "FAIL", ...of });
  if (backup.state !== "whole") found.push({ kind: backup.state, result: STATES[backup.state], ...of });
  return found;
}
