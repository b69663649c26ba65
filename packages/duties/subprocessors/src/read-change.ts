/** Reads a change as a person drafted it, and holds it against the agreement in force. */
import { type Agreement, type Subprocessor, subprocessorSchema } from "@preau/agreement";
import { isSiret } from "@preau/identifiers";
import type { Bilingual } from "@preau/kernel";
import { type ChangeValues, changeKinds, type NoticeContent } from "./change.ts";
import { fault } from "./errors.ts";
import { bad, readDay, readPlaces, readText } from "./read-words.ts";
import { sameDoor } from "./scope.ts";

/** As a form or a file gives it: the entry in the words of `agreement.yaml`. */
export interface ChangeGiven extends Omit<ChangeValues, "entry" | "startsOn"> {
  readonly entry: unknown;
  readonly startsOn: string;
}

/**
 * @throws SUBPROCESSORS_BAD naming the field; SUBPROCESSORS_RECIPIENT_TAKEN where the recipient is another company, or stays
 * in the Area while this one leaves it
 */
export function readChangeGiven(given: ChangeGiven, agreement: Agreement): ChangeValues {
  if (!changeKinds.includes(given.kind)) throw bad("kind");
  const entry = readEntry(given.entry, agreement);
  const inForce = agreement.annexC.find(({ recipient }) => recipient === entry.recipient);
  // A flow names a recipient alone: two companies, or data that stays and data that leaves, need two.
  if (inForce !== undefined && !sameDoor(inForce, entry)) throw fault("SUBPROCESSORS_RECIPIENT_TAKEN");
  if (given.kind === "transfer" && entry.transfers === "none") throw bad("entry.transfers");
  if (given.kind === "extendScope" && inForce === undefined) throw bad("entry.recipient");
  const replaces = readReplaced(given, entry, agreement);
  return {
    ...{ kind: given.kind, entry, content: readContent(given.content) },
    startsOn: readDay(given.startsOn, "startsOn"),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

function readReplaced(
  { kind, replaces }: Pick<ChangeGiven, "kind" | "replaces">,
  { recipient }: Subprocessor,
  { annexC }: Agreement,
): string | undefined {
  if (kind !== "replace") {
    if (replaces !== undefined) throw bad("replaces");
    return undefined;
  }
  const known = annexC.some((each) => each.recipient === replaces);
  if (replaces === undefined || replaces === recipient || !known) throw bad("replaces");
  return replaces;
}

function readEntry(given: unknown, agreement: Agreement): Subprocessor {
  const parsed = subprocessorSchema.safeParse(given);
  if (!parsed.success) throw bad(["entry", ...(parsed.error.issues[0]?.path ?? [])].join("."));
  const entry = parsed.data;
  const known = (
    ids: readonly string[] | undefined,
    terms: readonly { readonly id: string }[],
    at: string,
  ) => {
    const words = new Set(terms.map(({ id }) => id));
    if (ids?.some((id) => !words.has(id))) throw bad(at);
  };
  known(entry.purposes, agreement.purposes, "entry.purposes");
  known(entry.categories, agreement.categories, "entry.categories");
  // A recipient of the house is none of annex C.
  if (agreement.recipients.some(({ id }) => id === entry.recipient)) throw bad("entry.recipient");
  if (entry.siret !== undefined && !isSiret(entry.siret)) throw bad("entry.siret");
  if (entry.operations.length === 0) throw bad("entry.operations");
  for (const text of [entry.name, entry.fr, entry.en]) readText(text, "entry.name");
  return entry;
}

function readContent({ purpose, places, retention, guarantees }: NoticeContent): NoticeContent {
  const both = ({ fr, en }: Bilingual, at: string): Bilingual => ({
    fr: readText(fr, `content.${at}.fr`),
    en: readText(en, `content.${at}.en`),
  });
  return {
    purpose: both(purpose, "purpose"),
    places: readPlaces(places, "content.places"),
    retention: both(retention, "retention"),
    guarantees: both(guarantees, "guarantees"),
  };
}
