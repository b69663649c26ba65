/** One backup as it was seen, and what follows from the agreement: its generation, its base, the day on which it is gone. */
import { dayIn, deadlineOf, type LocalDate, type Place } from "@preau/calendar";
import { addHours, type Instant } from "@preau/kernel";
import type { BackupKind, BackupRules, Generation, GenerationId } from "./generations.ts";
import { rhythmOf } from "./rhythm.ts";

export type BackupState = "whole" | "empty" | "truncated" | "unreadable" | "notVerified";

export interface SeenBackup {
  /** A path in its folder, or a snapshot's id. */
  readonly id: string;
  /** It shows the data as it was at this moment, or after. */
  readonly startedAt: Instant;
  /** It was made at this moment at the latest: its life counts from here. */
  readonly endedAt: Instant;
  /** As its name says it. */
  readonly generation?: GenerationId;
  /** As its name says it; `alone` restores by itself, and nothing else needs it. */
  readonly kind?: BackupKind | "alone";
  readonly bytes?: number;
  readonly state: BackupState;
}

export interface KnownBackup extends SeenBackup {
  readonly rule: Generation;
  /** Whether it restores nothing without another. */
  readonly isDifferential: boolean;
  /** The backup that it stands on; absent where it needs none, or where that one is gone. */
  readonly base?: string;
  /** Last day of its own life. */
  readonly ownEnd: LocalDate;
  /** Last day on which it may be there: its own, and the latest of those that stand on it. */
  readonly end: LocalDate;
  /** The youngest that stands on it, where that is why it may stay. */
  readonly heldBy?: string;
}

export interface Reading {
  readonly rules: BackupRules;
  readonly place: Place;
}

/** Puts each backup in its generation and under its base, oldest first, and counts its last day. @figure DD.1 */
export function readBackups(seen: readonly SeenBackup[], { rules, place }: Reading): readonly KnownBackup[] {
  const sorted = [...seen].sort((a, b) =>
    a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0,
  );
  const dayOf = (backup: SeenBackup) => dayIn(place.zone, backup.startedAt);
  const placed = sorted.map((backup) => {
    const rule = generationOf(backup, sorted, rules, dayOf);
    const isDifferential = (backup.kind ?? rule.kind) === "differential";
    return { ...backup, rule, isDifferential };
  });
  const own = placed.map((backup) => {
    const base = backup.isDifferential ? baseOf(backup, placed, { rules, place }) : undefined;
    return {
      ...backup,
      ...(base === undefined ? {} : { base }),
      ownEnd: deadlineOf(backup.endedAt, backup.rule.kept, { rounding: "binds", place }).lastDay,
    };
  });
  return own.map((backup): KnownBackup => {
    const dependants = own.filter(({ base }) => base === backup.id);
    const last = dependants.reduce<(typeof own)[number] | undefined>(
      (latest, each) => (latest === undefined || each.ownEnd >= latest.ownEnd ? each : latest),
      undefined,
    );
    if (last === undefined || last.ownEnd <= backup.ownEnd) return { ...backup, end: backup.ownEnd };
    return { ...backup, end: last.ownEnd, heldBy: last.id };
  });
}

/**
 * As its name says; else the longest-lived generation of its kind whose one of the day, week or month it may be: the first
 * or the last that is left of it, since tools keep the one or the other.
 */
function generationOf(
  backup: SeenBackup,
  all: readonly SeenBackup[],
  { generations }: BackupRules,
  dayOf: (backup: SeenBackup) => LocalDate,
): Generation {
  const named = generations.find(({ id }) => id === backup.generation);
  if (named !== undefined) return named;
  const isAlone = backup.kind === undefined || backup.kind === "alone";
  const ofKind = generations.filter(({ kind }) => isAlone || kind === backup.kind);
  const candidates = ofKind.length === 0 ? generations : ofKind;
  const like = all.filter(({ kind, generation }) => kind === backup.kind && generation === undefined);
  const found = candidates.find(({ every }) => {
    const rhythm = rhythmOf(every);
    const period = like.filter((each) => rhythm.numberOf(dayOf(each)) === rhythm.numberOf(dayOf(backup)));
    return period[0] === backup || period.at(-1) === backup;
  });
  const shortest = candidates.at(-1);
  if (shortest === undefined) throw new TypeError("no generation"); // the agreement's schema asks for one
  return found ?? shortest;
}

/** A full backup may be late by so much (the first Sunday of a month) before one is missed under what followed. */
const LATE_DAYS = 7;

/** The newest full one before it, unless a newer one should have been there: what it was made on is then gone. */
function baseOf(
  backup: SeenBackup & { readonly rule: Generation },
  all: readonly (SeenBackup & { readonly rule: Generation; readonly isDifferential: boolean })[],
  { rules: { generations }, place }: Reading,
): string | undefined {
  const found = all
    .filter((each) => !each.isDifferential && each.startedAt <= backup.startedAt && each !== backup)
    .at(-1);
  const under = generations.find(({ id }) => id === backup.rule.base);
  if (found === undefined || under === undefined) return found?.id;
  const next = deadlineOf(found.endedAt, under.every, { rounding: "binds", place }).dueAt;
  return backup.startedAt > addHours(next, LATE_DAYS * 24) ? undefined : found.id;
}
