/** The SQL of known words: keyed hashes, by controller and person. */
import { insertRows, inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, type Unit } from "@preau/kernel";
import type { KnownOwner } from "../known-owner.ts";

export const KNOWN_WORD = "spt_known_word";

const STATE = "spt_known_state";
/** Hashes that one statement asks for. */
const ASKED = 5_000;

export interface KnownWordRow {
  readonly hash: string;
  readonly kind: string;
}

/** How far a controller's words have come. */
export interface KnownSerial {
  readonly serial: number;
  /** Words went at that serial: what was read before holds too much. */
  readonly floor: number;
}

/** Zeros for a controller of whom nobody is known. */
export async function readSerial(unit: Unit, controller: ControllerId): Promise<KnownSerial> {
  const row = await inUnit(unit)(STATE)
    .where({ controller })
    .first<Record<keyof KnownSerial, number | string> | undefined>("serial", "floor");
  return { serial: Number(row?.serial ?? 0), floor: Number(row?.floor ?? 0) };
}

/** The next serial, held until the unit ends: serials are in the order of commits. */
async function nextSerial(unit: Unit, controller: ControllerId): Promise<number> {
  const transaction = inUnit(unit);
  await transaction(STATE).insert({ controller, serial: 0, floor: 0 }).onConflict("controller").ignore();
  await transaction(STATE).where({ controller }).increment("serial", 1);
  return (await readSerial(unit, controller)).serial;
}

/** Adds those that do not stand yet. How many. */
export async function addKnownWords(
  unit: Unit,
  {
    controller,
    owner,
    store,
  }: {
    readonly controller: ControllerId;
    readonly owner: KnownOwner;
    readonly store?: string | undefined;
  },
  words: readonly KnownWordRow[],
): Promise<number> {
  const known = await inUnit(unit)(KNOWN_WORD).where({ controller, owner }).pluck<string[]>("hash");
  const stand = new Set(known);
  const fresh = [...new Map(words.map((word) => [word.hash, word])).values()].filter(
    ({ hash }) => !stand.has(hash),
  );
  if (fresh.length === 0) return 0;
  const serial = await nextSerial(unit, controller);
  // Of two sign-ins of one person at once, the second finds them standing.
  const since = new Set(await inUnit(unit)(KNOWN_WORD).where({ controller, owner }).pluck<string[]>("hash"));
  const rows = fresh
    .filter(({ hash }) => !since.has(hash))
    .map(({ hash, kind }) => ({ controller, owner, hash, kind, serial, store: store ?? null }));
  await insertRows(inUnit(unit), KNOWN_WORD, rows);
  return rows.length;
}

/** How many went. */
export async function dropKnownWords(
  unit: Unit,
  controller: ControllerId,
  owners: readonly KnownOwner[],
): Promise<number> {
  if (owners.length === 0) return 0;
  const own = () =>
    inUnit(unit)(KNOWN_WORD)
      .where({ controller })
      .whereIn("owner", [...owners]);
  if ((await own().first("hash")) === undefined) return 0;
  const serial = await nextSerial(unit, controller);
  await inUnit(unit)(STATE).where({ controller }).update({ floor: serial });
  return own().delete();
}

/** Those that were added after that serial. */
export async function knownWordsAfter(
  unit: Unit,
  controller: ControllerId,
  serial: number,
): Promise<readonly KnownWordRow[]> {
  return inUnit(unit)(KNOWN_WORD)
    .where({ controller })
    .where("serial", ">", serial)
    .select<KnownWordRow[]>("hash", "kind");
}

/** Of these hashes the ones that stand, at whatever controller: the publisher asks where it is not known whose a text is. */
export async function knownAmong(unit: Unit, hashes: readonly string[]): Promise<readonly KnownWordRow[]> {
  const found: KnownWordRow[] = [];
  for (let at = 0; at < hashes.length; at += ASKED)
    found.push(
      ...(await inUnit(unit)(KNOWN_WORD)
        .whereIn("hash", hashes.slice(at, at + ASKED))
        .distinct<KnownWordRow[]>("hash", "kind")),
    );
  return found;
}

export async function countKnownWords(
  unit: Unit,
  controller: ControllerId,
  owners: readonly KnownOwner[],
): Promise<number> {
  if (owners.length === 0) return 0;
  const row = await inUnit(unit)(KNOWN_WORD)
    .where({ controller })
    .whereIn("owner", [...owners])
    .count<{ words: number | string }[]>({ words: "*" });
  return Number(row[0]?.words ?? 0);
}

/** Accounts of that store of whom words are known, in a stable order. */
export async function knownOwners(
  unit: Unit,
  controller: ControllerId,
  store: string,
): Promise<readonly KnownOwner[]> {
  return inUnit(unit)(KNOWN_WORD)
    .where({ controller, store })
    .distinct()
    .orderBy("owner")
    .pluck<KnownOwner[]>("owner");
}

/** Words that were noted before it was kept of which store they are: the store says now. */
export async function claimKnownWords(
  unit: Unit,
  controller: ControllerId,
  { store, owners }: { readonly store: string; readonly owners: readonly KnownOwner[] },
): Promise<void> {
  const unclaimed = () => inUnit(unit)(KNOWN_WORD).where({ controller }).whereNull("store");
  if ((await unclaimed().first("hash")) === undefined) return;
  for (let at = 0; at < owners.length; at += ASKED)
    await unclaimed()
      .whereIn("owner", owners.slice(at, at + ASKED))
      .update({ store });
}

/** Everybody of the controller has been looked at by then. */
export async function noteSurvey(unit: Unit, controller: ControllerId, at: Instant): Promise<void> {
  const state = () => inUnit(unit)(STATE);
  await state().insert({ controller, serial: 0, floor: 0 }).onConflict("controller").ignore();
  await state().where({ controller }).update({ surveyed_at: at });
}

/** One controller's: how many persons are known, and when its accounts were last looked through. */
export interface KnownCount {
  readonly controller: ControllerId;
  readonly persons: number;
  readonly surveyedAt?: Instant;
}

/** Of all controllers of whom something is known, for the publisher's own people. */
export async function countKnown(unit: Unit): Promise<readonly KnownCount[]> {
  const states = await inUnit(unit)(STATE)
    .orderBy("controller")
    .select<{ controller: ControllerId; surveyed_at: string | null }[]>("controller", "surveyed_at");
  const owners = await inUnit(unit)(KNOWN_WORD)
    .groupBy("controller")
    .select<{ controller: ControllerId; persons: number | string }[]>(
      "controller",
      inUnit(unit).raw("count(distinct owner) as persons"),
    );
  const persons = new Map(owners.map((each) => [each.controller, Number(each.persons)]));
  return states.map(({ controller, surveyed_at: at }) => ({
    controller,
    persons: persons.get(controller) ?? 0,
    ...(at === null ? {} : { surveyedAt: instant(at) }),
  }));
}
