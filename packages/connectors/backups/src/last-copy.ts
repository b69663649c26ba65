/**
 * The day on which the last backup that may hold an erased person is gone, from the backups that were seen.
 *
 * - A backup may hold the person when it shows the data as it was before the erasure.
 * - It is there through its own period, and through that of every differential backup that stands on it: of those that
 *   are there, and, for the newest full one, of those that are still to come until the next.
 * - Where whoever holds the backups documents a delay, it comes on top.
 * - A backup that should be gone and is there, or a file that nobody understands, vouches for nothing: the day is then the
 *   agreement's own, never earlier than what is seen, and its basis says so.
 */

import type { Agreement } from "@preau/agreement";
import { durationOf } from "@preau/agreement";
import { type Duration, dayIn, deadlineOf, type LocalDate, type Place, startOfDay } from "@preau/calendar";
import { addMillis, type Instant, type LastCopy } from "@preau/kernel";
import { type KnownBackup, readBackups, type SeenBackup } from "./backup.ts";
import type { BackupRules } from "./generations.ts";

export interface LastCopyQuestion {
  readonly agreement: Agreement;
  readonly rules: BackupRules;
  readonly place: Place;
  readonly erasedAt: Instant;
  readonly now: Instant;
  /** Files of the store that no pattern explains: any of them may be a backup. */
  readonly unexplained: number;
}

const CLAUSE = "D12.3";

/** @figure D12.3 */
export function lastCopyFrom(seen: readonly SeenBackup[], question: LastCopyQuestion): LastCopy {
  const { rules, place, erasedAt, now } = question;
  const known = readBackups(seen, { rules, place });
  const holding = known.filter(({ startedAt }) => startedAt <= erasedAt);
  const today = dayIn(place.zone, now);
  const erasedOn = dayIn(place.zone, erasedAt);
  const days = holding.map((backup) =>
    afterHolders(latest([backup.end, ...futureOf(backup, known, question)]), question),
  );
  const last = latest([erasedOn, ...days]);
  const isLate = holding.some(({ end }) => end < today);
  if (!isLate && question.unexplained === 0 && rules.holders !== "unknown" && known.length > 0)
    return { date: last, basis: "generations" };
  const promised = deadlineOf(erasedAt, durationOf(question.agreement, CLAUSE), {
    rounding: "binds",
    place,
  }).lastDay;
  return { date: latest([promised, last, ...(isLate ? [today] : [])]), basis: "agreement" };
}

/** Ends of differential backups that are still to be made on the newest full one. */
function futureOf(
  backup: KnownBackup,
  known: readonly KnownBackup[],
  { rules, place }: LastCopyQuestion,
): readonly LocalDate[] {
  const newest = known.filter(({ isDifferential }) => !isDifferential).at(-1);
  if (backup.isDifferential || backup !== newest || backup.kind === "alone") return [];
  const next = deadlineOf(backup.endedAt, backup.rule.every, { rounding: "binds", place }).dueAt;
  return rules.generations
    .filter(({ kind, base }) => kind === "differential" && base === backup.rule.id)
    .map(({ kept }) => deadlineOf(next, kept, { rounding: "binds", place }).lastDay);
}

function afterHolders(day: LocalDate, { rules, place }: LastCopyQuestion): LocalDate {
  const delays: readonly Duration[] = rules.holders === "unknown" ? [] : rules.holders;
  // Deleted at the end of its last day, and then the delays one after the other.
  return delays.reduce((reached, delay) => {
    const end = addMillis(startOfDay(place.zone, reached), 86_399_999);
    return deadlineOf(end, delay, { rounding: "binds", place }).lastDay;
  }, day);
}

function latest(days: readonly LocalDate[]): LocalDate {
  return days.reduce((last, day) => (day > last ? day : last));
}
