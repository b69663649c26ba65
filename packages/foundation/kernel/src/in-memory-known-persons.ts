/** The in-memory reference of known persons: folded words in clear, which a real one must not keep. */
import { assertOpen, onRollback } from "./in-memory-unit-of-work.ts";
import type { KnownPerson, KnownPersons } from "./known-persons.ts";

interface Noted {
  readonly controller: string;
  readonly subject: string;
  readonly phrases: readonly string[];
}

export function inMemoryKnownPersons(): KnownPersons {
  let noted: readonly Noted[] = [];
  const change = (unit: Parameters<KnownPersons["note"]>[0], next: readonly Noted[]) => {
    assertOpen(unit);
    const before = noted;
    noted = next;
    onRollback(unit, () => {
      noted = before;
    });
  };
  return {
    note: async (unit, person) => {
      const { controller, subject } = person;
      change(unit, [...noted, { controller, subject, phrases: phrasesOf(person) }]);
    },
    isNamed: async (unit, controller, text) => {
      assertOpen(unit);
      const words = ` ${fold(text)} `;
      return noted.some(
        (each) =>
          each.controller === controller && each.phrases.some((phrase) => words.includes(` ${phrase} `)),
      );
    },
    forget: async (unit, controller, subject) => {
      change(
        unit,
        noted.filter((each) => each.controller !== controller || each.subject !== subject),
      );
    },
  };
}

/** Given and family names together, in either order; everything else as it is. */
function phrasesOf({ words }: KnownPerson): readonly string[] {
  const of = (kind: string) => words.filter((word) => word.kind === kind).map(({ value }) => fold(value));
  const names = of("givenName").flatMap((given) =>
    of("familyName").flatMap((family) => [`${given} ${family}`, `${family} ${given}`]),
  );
  const others = words.filter(({ kind }) => kind !== "givenName" && kind !== "familyName");
  return [...names, ...others.map(({ value }) => fold(value))].filter((phrase) => phrase !== "");
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]+|[.](?=\s|$)/gu, " ")
    .trim();
}
