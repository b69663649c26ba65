/** The wall over the gate, the directory and the known persons. @clause DC, DB.n */
import { type FoundWord, redactText } from "@preau/identifiers";
import type { Clock, Gate, KnownPerson, SubjectDirectory } from "@preau/kernel";
import { deskFlow, type JudgeTerms, judgePerson } from "./judge-person.ts";
import type { DatabaseKnownPersons } from "./known-persons.ts";
import { leavingText } from "./leaving-text.ts";
import type { Wall } from "./wall.ts";

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

    mask: async (unit, text, { scope, language }) => {
      const today = clock.now().slice(0, 10);
      const masked = await known.lookIn(unit, scope, (words) =>
        redactText(text, { known: words, language, today }),
      );
      return {
        text: masked.text,
        counts: Object.fromEntries(Object.entries(masked.counts)),
        found: masked.found.map(({ start, end }) => ({ start, end })),
      };
    },

    search: async (unit, scope, bytes) => {
      const found = await known.find(unit, scope, leavingText(bytes));
      return [...new Set(found.map(({ kind }) => kind))];
    },
  };
}

/** A whole name, or what one person alone has: a family name is many persons'. */
function saysWho({ kind, start, end }: FoundWord, value: string): boolean {
  return kind !== "name" || (/\S[\s.,_-]+\S/u.test(value.trim()) && end - start >= value.trim().length - 1);
}
