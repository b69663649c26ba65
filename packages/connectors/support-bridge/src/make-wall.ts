/** The wall over the gate, the directory and the known persons. @clause DC, DB.n */
import { type FoundWord, MASKS, type RedactedText, redactText } from "@preau/identifiers";
import type { Clock, Gate, KnownPerson, Language, SubjectDirectory } from "@preau/kernel";
import { deskFlow, type JudgeTerms, judgePerson } from "./judge-person.ts";
import type { DatabaseKnownPersons } from "./known-persons.ts";
import { leavingText } from "./leaving-text.ts";
import type { Masked, Wall } from "./wall.ts";

/** Signs of one text that are searched where nobody knows whose it is: each is asked of the database. */
const MOST_SEARCHED = 4_096;
/** A name that begins before the end of them has ended after so many. */
const MARGIN = 256;
const REST: Readonly<Record<Language, string>> = {
  fr: "[suite du message non conservée]",
  en: "[rest of the message not kept]",
};

export interface WallOptions {
  readonly clock: Pick<Clock, "now">;
  readonly gate: Gate;
  readonly subjects: SubjectDirectory;
  readonly known: DatabaseKnownPersons;
  readonly terms: JudgeTerms;
  /** Products of the agreement that a controller's persons may be of. */
  readonly productsOf: (controller: KnownPerson["controller"]) => readonly string[];
}

/** Whether the agreement lets the desk have what somebody of that origin and role writes, in any product. */
export function mayBeKnownAtDesk({
  gate,
  terms,
  productsOf,
}: Pick<WallOptions, "gate" | "terms" | "productsOf">): (
  person: Pick<KnownPerson, "controller" | "origin" | "role">,
) => boolean {
  return ({ controller, origin, role }) =>
    productsOf(controller).some(
      (product) =>
        gate.decide(deskFlow({ controller, product, origin, role, subject: "sub_anybody" }, terms)).allowed,
    );
}

export function makeWall({ clock, gate, subjects, known, terms }: Omit<WallOptions, "productsOf">): Wall {
  return {
    judge: async (unit, person) => {
      const judged = await judgePerson(unit, { gate, subjects }, terms, person);
      if (judged.side !== "desk" || person === undefined) return judged;
      // Origin and role may be somebody's word; what a store said of the account goes before it.
      const identifiers = await subjects.identifiers(unit, person.controller, person.subject);
      const isNoted = await known.isNoted(unit, person.controller, { ...person, identifiers });
      return isNoted ? { side: "hub", reason: "KNOWN_WALLED", clause: "DC" } : judged;
    },

    isWalled: async (unit, scope, values) => {
      for (const value of values) {
        const found = await known.find(unit, scope, value);
        if (found.some((word) => saysWho(word, value))) return true;
      }
      return false;
    },

    mask: async (unit, text, { scope, language, isOurs = false }) => {
      const today = clock.now().slice(0, 10);
      const searched = scope === "all" && !isOurs ? text.slice(0, MOST_SEARCHED) : text;
      const masked = await known.lookIn(unit, scope, (words) =>
        redactText(searched, { known: words, language, today }),
      );
      return searched === text ? maskedOf(masked) : withoutRest(text, masked, language);
    },

    search: async (unit, scope, bytes) => {
      const found = await known.find(unit, scope, leavingText(bytes));
      return [...new Set(found.map(({ kind }) => kind))];
    },
  };
}

function maskedOf({ text, counts, found }: RedactedText): Masked {
  return {
    text,
    counts: Object.fromEntries(Object.entries(counts)),
    found: found.map(({ start, end }) => ({ start, end })),
  };
}

/** What was not searched is masked as one, and the last of what was: a name may go on in the rest. */
function withoutRest(whole: string, { text, found }: RedactedText, language: Language): Masked {
  const most = MOST_SEARCHED - MARGIN;
  // Never within a mask, nor within a sign.
  const crossing = found.find(({ start, end }) => start <= most && end > most);
  const cut = crossing?.start ?? (/[\uDC00-\uDFFF]/.test(whole[most] ?? "") ? most - 1 : most);
  const kept = found.filter(({ end }) => end <= cut);
  const shorter = kept.reduce(
    (sum, { kind, start, end }) => sum + MASKS[language][kind].length - (end - start),
    0,
  );
  const counts: Record<string, number> = { rest: 1 };
  for (const { kind } of kept) counts[kind] = (counts[kind] ?? 0) + 1;
  return {
    text: text.slice(0, cut + shorter) + REST[language],
    counts,
    found: [...kept.map(({ start, end }) => ({ start, end })), { start: cut, end: whole.length }],
  };
}

/** A whole name, or what one person alone has: a family name is many persons'. */
function saysWho({ kind, start, end }: FoundWord, value: string): boolean {
  return kind !== "name" || (/\S[\s.,_-]+\S/u.test(value.trim()) && end - start >= value.trim().length - 1);
}
