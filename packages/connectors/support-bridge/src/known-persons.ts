/**
 * Persons whom the desk must not know, by keyed hashes of their words. What stands at rest says nobody's name; the key comes from
 * the key store, apart. Replicas hold a controller's hashes in memory and ask one row, at each use, whether some were added or went.
 * @clause DC
 */
import { setImmediate } from "node:timers/promises";
import { afterCommit } from "@preau/database";
import {
  type FoundWord,
  findWalled,
  hashesOf,
  type KnownKind,
  type KnownWords,
  type WalledIdentity,
} from "@preau/identifiers";
import type {
  ControllerId,
  Identifier,
  KnownPerson,
  KnownPersons,
  PersonWordKind,
  SubjectId,
  Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { publisherScope } from "./desk-keys.ts";
import { accountOwner, type KnownOwner } from "./known-owner.ts";
import {
  addKnownWords,
  countKnownWords,
  dropKnownWords,
  knownAmong,
  knownWordsAfter,
  readSerial,
} from "./store/known-words.ts";
import type { WallScope } from "./wall.ts";

export interface KnownPersonsOptions {
  readonly vault: Pick<KeyStore, "derive" | "mac">;
  /** Whom the desk may have: no word of theirs is noted. Everybody is, when absent. */
  readonly mayBeKnown?: (person: Pick<KnownPerson, "controller" | "origin" | "role">) => boolean;
}

export interface DatabaseKnownPersons extends KnownPersons {
  /**
   * Work over the known words of one controller, or of all: then it may be done several times over, as what it asks for is read;
   * the last result counts.
   */
  lookIn<T>(unit: Unit, scope: WallScope, work: (known: KnownWords) => T): Promise<T>;
  /** Where known words stand in a text, in whatever disguise. */
  find(unit: Unit, scope: WallScope, text: string): Promise<readonly FoundWord[]>;
  /** As `note`, of an account of whom the directory knows nobody. How many words were new. */
  noteAs(
    unit: Unit,
    owner: KnownOwner,
    person: Omit<KnownPerson, "subject">,
    /** Of which store the account is. */
    store?: string,
  ): Promise<number>;
  /** Whether words of that person were noted: by the directory's name for them, or by one of their accounts. */
  isNoted(
    unit: Unit,
    controller: ControllerId,
    person: { readonly subject: SubjectId; readonly identifiers: readonly Identifier[] },
  ): Promise<boolean>;
  forgetOwners(unit: Unit, controller: ControllerId, owners: readonly KnownOwner[]): Promise<number>;
}

/** One controller's words, as far as they were read. */
interface Held {
  serial: number;
  words: Map<string, KnownKind>;
}

/** Words held in memory at most, of all controllers: about 100 MB. Those asked least recently go first. */
const MOST_HELD = 1_000_000;
/** Looks into the database for one text whose controller is not known: starts, then words, then longer ones. */
const ROUNDS = 12;

export function makeKnownPersons({
  vault,
  mayBeKnown = () => false,
}: KnownPersonsOptions): DatabaseKnownPersons {
  const held = new Map<ControllerId, Held>();
  /** What a unit has read, which may yet be taken back: for that unit alone until it stands. */
  const openReads = new WeakMap<Unit, Map<ControllerId, Held>>();
  /** One for the installation: a text whose controller is not known is asked of all of them. */
  let key: Promise<Buffer> | undefined;
  const keyOf = () => {
    key ??= vault.derive(publisherScope, "support-bridge.known/1", 16).catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };

  const wordsOf = async (unit: Unit, controller: ControllerId): Promise<ReadonlyMap<string, KnownKind>> => {
    const { serial, floor } = await readSerial(unit, controller);
    const reads = openReads.get(unit);
    const known = reads?.get(controller) ?? held.get(controller);
    const base = known !== undefined && known.serial >= floor && known.serial <= serial ? known : undefined;
    if (base?.serial === serial) {
      if (held.get(controller) === base) hold(controller, base);
      return base.words;
    }
    const words = new Map(base?.words);
    for (const { hash, kind } of await knownWordsAfter(unit, controller, base?.serial ?? 0))
      words.set(hash, kind as KnownKind);
    const next = { serial, words };
    if (reads === undefined) {
      openReads.set(unit, new Map([[controller, next]]));
      afterCommit(unit, () => {
        for (const [each, read] of openReads.get(unit) ?? []) hold(each, read);
      });
    } else reads.set(controller, next);
    return words;
  };

  const hold = (controller: ControllerId, next: Held): void => {
    held.delete(controller);
    held.set(controller, next);
    let sum = 0;
    for (const { words } of held.values()) sum += words.size;
    for (const [oldest, { words }] of held) {
      if (sum <= MOST_HELD || held.size === 1) break;
      held.delete(oldest);
      sum -= words.size;
    }
  };

  const lookIn: DatabaseKnownPersons["lookIn"] = async (unit, where, work) => {
    const secret = await keyOf();
    if (where !== "all") {
      const words = await wordsOf(unit, where);
      return work({ key: secret, has: (hash) => words.get(hash) });
    }
    const words = new Map<string, KnownKind | undefined>();
    for (let round = 0; ; round += 1) {
      const asked = new Set<string>();
      const has = (hash: string): KnownKind | undefined => {
        if (!words.has(hash)) asked.add(hash);
        return words.get(hash);
      };
      const result = work({ key: secret, has });
      if (asked.size === 0 || round === ROUNDS) return result;
      // Others are served between two rounds.
      await setImmediate();
      for (const hash of asked) words.set(hash, undefined);
      for (const { hash, kind } of await knownAmong(unit, [...asked])) words.set(hash, kind as KnownKind);
    }
  };

  const find: DatabaseKnownPersons["find"] = (unit, where, text) =>
    lookIn(unit, where, ({ has, key: secret }) => findWalled(text, has, secret));

  const noteAs: DatabaseKnownPersons["noteAs"] = async (unit, owner, person, store) => {
    if (mayBeKnown(person)) return 0;
    const words = hashesOf(await keyOf(), identityOf(person)).map(([hash, kind]) => ({ hash, kind }));
    return addKnownWords(unit, { controller: person.controller, owner, store }, words);
  };

  return {
    lookIn,
    find,
    noteAs,
    note: async (unit, person) => {
      await noteAs(unit, person.subject, person);
    },
    isNamed: async (unit, controller, text) => (await find(unit, controller, text)).length > 0,
    forget: async (unit, controller, subject) => {
      await dropKnownWords(unit, controller, [subject]);
    },
    isNoted: async (unit, controller, { subject, identifiers }) => {
      const owners: KnownOwner[] = [subject];
      for (const each of identifiers) owners.push(await accountOwner(vault, controller, each));
      return (await countKnownWords(unit, controller, owners)) > 0;
    },
    forgetOwners: dropKnownWords,
  };
}

function identityOf({ words }: Pick<KnownPerson, "words">): WalledIdentity {
  const of = (...kinds: readonly PersonWordKind[]) =>
    words.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
  const [family = "", ...others] = of("familyName");
  return {
    given: of("givenName").join(" "),
    family,
    others,
    names: of("fullName"),
    emails: of("email"),
    logins: of("login"),
    numbers: [...of("number").flatMap(piecesOf), ...of("telephone").flatMap(spellingsOf)],
  };
}

/** Letters of one look: a longer number, an IDO of 128, is known by its pieces, so that a part of it is too. */
const PIECE = 48;

function piecesOf(number: string): readonly string[] {
  const signs = number.replace(/[^0-9A-Za-z]/g, "");
  if (signs.length <= PIECE) return [number];
  return Array.from({ length: Math.ceil(signs.length / PIECE) }, (_, at) =>
    signs.slice(at * PIECE, (at + 1) * PIECE),
  );
}

/** France, and the codes that its overseas departments have beside hers. */
const HOME = /^(?:00)?(33|262|590|594|596)?0?([1-9]\d{8})$/;

/** A telephone number in the ways in which it is written: national, international, and both at once (`+33 (0)6…`). */
function spellingsOf(value: string): readonly string[] {
  const digits = value.replace(/\D/g, "");
  const [, code = "33", home] = HOME.exec(digits) ?? [];
  if (home === undefined) return [digits];
  const codes = [...new Set(["33", code])];
  return [
    `0${home}`,
    ...codes.flatMap((each) => [each, `${each}0`, `00${each}`, `00${each}0`].map((start) => start + home)),
  ];
}
