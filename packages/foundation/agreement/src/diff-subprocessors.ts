/** Annex C: who joins, who goes, and what changes with those who stay. A change that the agreement itself announces says so. */
import type { Duration } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Agreement, Subprocessor } from "./agreement.ts";
import { both, type Change, type Effect } from "./change.ts";
import { pairs, tendencyOf } from "./diff-periods.ts";
import { sayDuration } from "./say-duration.ts";

export function diffSubprocessors(from: Agreement, to: Agreement): readonly Change[] {
  const named = (entries: readonly Subprocessor[]) =>
    entries.map((entry) => ({ id: entry.recipient, entry }));
  return pairs(named(from.annexC), named(to.annexC)).flatMap(([one, two]): Change[] => {
    const [before, after] = [one?.entry, two?.entry];
    if (before === undefined && after !== undefined) return [joins(from, after)];
    if (after === undefined && before !== undefined) return [goes(before)];
    if (before === undefined || after === undefined) return [];
    return [...stays(from, before, after)];
  });
}

function joins(from: Agreement, entry: Subprocessor): Change {
  const number = entry.siret ?? entry.register ?? "–";
  return {
    ...baseOf(entry, "added"),
    says: {
      en: `${entry.name} (${number}) joins: ${entry.en}`,
      fr: `${entry.name} (${number}) s’ajoute : ${entry.fr}`,
    },
    for: [
      { who: "controller", effect: "affected" },
      { who: "dataSubject", effect: "affected" },
      { who: `subprocessor:${entry.recipient}`, effect: "affected" },
    ],
    asks: announcementOf(from),
  };
}

function goes(entry: Subprocessor): Change {
  return {
    ...baseOf(entry, "removed"),
    says: { en: `${entry.name} goes`, fr: `${entry.name} s’en va` },
    for: [{ who: `subprocessor:${entry.recipient}`, effect: "affected" }],
    asks: {
      en: "What it holds has to be erased or returned there.",
      fr: "Ce qu’il détient doit y être effacé ou restitué.",
    },
  };
}

/** One change a matter; what flows to it is said by the flows. */
function stays(from: Agreement, before: Subprocessor, after: Subprocessor): readonly Change[] {
  const base = baseOf(after, "changed");
  const changes: Change[] = [];
  const numberOf = ({ siret, register }: Subprocessor) => siret ?? register ?? "–";
  const add = (says: Bilingual, effect: Effect, asks?: Bilingual) => {
    changes.push({
      ...base,
      says,
      for: [{ who: "dataSubject", effect }],
      ...(asks === undefined ? {} : { asks }),
    });
  };
  if (numberOf(before) !== numberOf(after) || before.name !== after.name) {
    const text = `${before.name} (${numberOf(before)}) → ${after.name} (${numberOf(after)})`;
    changes.push({
      ...base,
      says: both(text),
      for: [
        { who: "controller", effect: "affected" },
        { who: `subprocessor:${after.recipient}`, effect: "affected" },
      ],
      asks: announcementOf(from),
    });
  }
  if (before.origins !== after.origins) {
    const opens = after.origins === "everyOrigin";
    add(
      both(`${before.origins} → ${after.origins}`),
      opens ? "affected" : "better",
      opens ? announcementOf(from) : undefined,
    );
  }
  const [one, two] = [sayTransfer(before), sayTransfer(after)];
  if (one !== two) {
    const asks = after.transfers === "none" ? undefined : transferOf(from);
    add(both(`transfers: ${one} → ${two}`), after.transfers === "none" ? "better" : "worse", asks);
  }
  for (const key of ["deletionDelay", "deletionBatch"] as const) {
    const [was, is] = [before[key], after[key]];
    if (sayDelay(was).en === sayDelay(is).en) continue;
    add(
      {
        en: `${key}: ${sayDelay(was).en} → ${sayDelay(is).en}`,
        fr: `${key} : ${sayDelay(was).fr} → ${sayDelay(is).fr}`,
      },
      delayEffect(was, is),
    );
  }
  return changes;
}

function delayEffect(was: Subprocessor["deletionBatch"], is: Subprocessor["deletionBatch"]): Effect {
  const isDuration = (delay: typeof was): delay is Duration => typeof delay === "object";
  if (isDuration(was) && isDuration(is)) {
    const tendency = tendencyOf(was, is);
    return tendency === "other" ? "affected" : tendency === "longer" ? "worse" : "better";
  }
  if (was === "unknown" || is === "unknown") return is === "unknown" ? "worse" : "affected";
  return isDuration(is) ? "worse" : "better";
}

function sayDelay(delay: Subprocessor["deletionBatch"]): Bilingual {
  if (delay === undefined) return both("–");
  return typeof delay === "string" ? both(delay) : sayDuration(delay);
}

function sayTransfer({ transfers }: Subprocessor): string {
  return transfers === "none" ? "none" : `${transfers.country} (${transfers.mechanism})`;
}

/** What the agreement in force asks for before a new subprocessor gets data. */
function announcementOf({ subprocessorChange, periods, frame }: Agreement): Bilingual {
  const find = (id: string | undefined) => periods.find((period) => period.id === id);
  const [notice, window] = [find(subprocessorChange?.notice), find(subprocessorChange?.window)];
  const clause = notice?.clause ?? subprocessorChange?.clause ?? frame.subprocessors;
  const ahead = notice === undefined ? undefined : sayDuration(notice.duration);
  const open = window === undefined ? undefined : sayDuration(window.duration);
  return {
    en: `Announce it under ${clause}${ahead === undefined ? "" : `, ${ahead.en} ahead`}${open === undefined ? "" : `; the controller may object for ${open.en} (${window?.clause})`}.`,
    fr: `À annoncer selon ${clause}${ahead === undefined ? "" : `, ${ahead.fr} à l’avance`}${open === undefined ? "" : ` ; le responsable a ${open.fr} pour s’opposer (${window?.clause})`}.`,
  };
}

/** What it asks for before a transfer. */
function transferOf({ transfers, frame }: Agreement): Bilingual {
  const clause = transfers?.authorisedInAdvance?.clause ?? transfers?.clause ?? frame.subprocessors;
  return {
    en: `Announce it, with its mechanism of chapter V (${clause}).`,
    fr: `À annoncer, avec son mécanisme du chapitre V (${clause}).`,
  };
}

function baseOf({ recipient, clause }: Subprocessor, change: Change["change"]) {
  return { kind: "subprocessor" as const, change, clause, id: recipient };
}
