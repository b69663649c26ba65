/** Invented persons, deterministic by seed: French names with accents, apostrophes, hyphens, and both spellings of é. */
import type { ControllerId } from "@preau/kernel";
import { controllerId } from "@preau/kernel";

const GIVEN = [
  "Zoé",
  "Zoé".normalize("NFD"),
  "Léa-Maëlle",
  "Jean-Baptiste",
  "Noémie",
  "Gaëtan",
  "Aïcha",
  "François",
  "Loïc",
  "Inès",
  "Mahé",
  "Œdille",
  "Yanéric",
  "Chloë",
] as const;
const FAMILY = [
  "D’Alençon",
  "D'Hœrt",
  "Le Goff-Ménard",
  "Lefèvre",
  "Lefèvre".normalize("NFD"),
  "Nguyễn",
  "Müller-Grün",
  "de La Tréfile",
  "Bensaïd",
  "Çelik",
  "O’Broïn",
  "Garçonnet",
  "N’Diayé",
  "Saint-Aignan",
] as const;

export interface InventedPerson {
  readonly role: "pupil" | "teacher";
  readonly givenName: string;
  readonly familyName: string;
  /** Unique within a seed: two persons never share it. */
  readonly login: string;
  /** At a domain of RFC 2606. */
  readonly email: string;
  /** An id as a foreign system would give it: decimal, unique within a seed. */
  readonly foreignId: string;
}

/** A source of chance that repeats itself: numbers in [0, 1) from a 32-bit seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Persons without end, alike for the same seed; every third is a teacher. */
export function* inventedPersons(seed = 1): Generator<InventedPerson, never> {
  const chance = seededChance(seed);
  const pick = (list: readonly string[]) => list[Math.floor(chance() * list.length)] ?? "";
  for (let n = 1; ; n += 1) {
    const [givenName, familyName] = [pick(GIVEN), pick(FAMILY)];
    const login = `${plain(givenName)}.${plain(familyName)}${seed}-${n}`;
    yield {
      role: n % 3 === 0 ? "teacher" : "pupil",
      givenName,
      familyName,
      login,
      email: `${login}@college-${seed}.example`,
      foreignId: String(100_000 + n * 37 + Math.floor(chance() * 37)),
    };
  }
}

/** That many invented persons. */
export function somePersons(count: number, seed = 1): readonly InventedPerson[] {
  const persons = inventedPersons(seed);
  return Array.from({ length: count }, () => persons.next().value);
}

/** Controllers `college-1`, `college-2`… */
export function someControllers(count: number): readonly ControllerId[] {
  return Array.from({ length: count }, (_, index) => controllerId(`college-${index + 1}`));
}

/** A name as logins spell it: letters a to z alone. */
function plain(name: string): string {
  return name
    .replaceAll("Œ", "Oe")
    .replaceAll("œ", "oe")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
}
