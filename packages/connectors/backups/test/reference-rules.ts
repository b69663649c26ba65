/** The reference agreement's figures, and a store of backups that keeps to them. */
import { readdirSync, readFileSync } from "node:fs";
import { readAgreementFolder, referenceFolder } from "@preau/agreement";
import { deadlineOf, mainland } from "@preau/calendar";
import { addHours, type Instant, instant, millisOf } from "@preau/kernel";
import type { SeenBackup } from "../src/backup.ts";
import { backupRules } from "../src/generations.ts";

export const agreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);
export const rules = backupRules(agreement);
export const place = mainland;

/** Made every night at two, in UTC: a full one on the first of a month, else a differential one, kept weekly on Sundays. */
export function nightly(from: Instant, until: Instant): readonly SeenBackup[] {
  const backups: SeenBackup[] = [];
  for (let at = instant(`${from.slice(0, 10)}T02:00:00.000Z`); at <= until; at = addHours(at, 24)) {
    const isFull = at.slice(8, 10) === "01";
    const isSunday = Math.floor(millisOf(at) / 86_400_000) % 7 === 3;
    const generation = isFull ? "monthly" : isSunday ? "weekly" : "daily";
    backups.push({
      id: `${at.slice(0, 10)}-${generation}`,
      startedAt: at,
      endedAt: at,
      generation,
      kind: isFull ? "full" : "differential",
      state: "whole",
    });
  }
  return backups;
}

/** What is left of them at a moment when each goes on the last day that the agreement gives it. */
export function keptAt(backups: readonly SeenBackup[], now: Instant): readonly SeenBackup[] {
  return backups.filter(({ endedAt, generation }) => {
    const rule = rules.generations.find(({ id }) => id === generation);
    if (rule === undefined || endedAt > now) return false;
    return now <= deadlineOf(endedAt, rule.kept, { rounding: "binds", place }).dueAt;
  });
}
