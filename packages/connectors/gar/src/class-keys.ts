/**
 * What a class is known by from year to year: (UAI, school year, code). Labels change, codes come again each year, and two
 * schools may use the same one.
 *
 * The GAR does not say which school a class belongs to. Of somebody of one school that is plain. Of a teacher of two it
 * is not, and each of the two guesses could open a class to somebody who does not teach it, when the other school
 * has one of the same code: so there is no key, but the class with its possible ones, of which the teacher or the school chooses.
 */
import type { CodedLabel, GarAttributes, Uai } from "./attributes.ts";

export interface ClassKey {
  readonly school: Uai;
  /** `2026-2027`. */
  readonly schoolYear: string;
  readonly code: string;
}

/** A class, with its label for reading. */
export interface KeyedClass extends ClassKey {
  readonly label: string;
}

export interface AmbiguousClass extends CodedLabel {
  /** One a school; none where no school came with the person. */
  readonly possible: readonly ClassKey[];
}

export interface ClassKeys {
  readonly keys: readonly KeyedClass[];
  /** Classes of somebody of several schools, or of none. */
  readonly ambiguous: readonly AmbiguousClass[];
}

/** The keys of a person's classes in a school year; a code that came twice counts once, under its first label. */
export function classKeys(
  { divisions, schools }: Pick<GarAttributes, "divisions" | "schools">,
  schoolYear: string,
): ClassKeys {
  const byCode = new Map<string, CodedLabel>();
  for (const each of divisions) if (!byCode.has(each.code)) byCode.set(each.code, each);
  const classes = [...byCode.values()];
  const [school, ...others] = new Set(schools);
  if (school !== undefined && others.length === 0)
    return { keys: classes.map((each) => ({ school, schoolYear, ...each })), ambiguous: [] };
  const possible = ({ code }: CodedLabel) =>
    [...new Set(schools)].map((each) => ({ school: each, schoolYear, code }));
  return { keys: [], ambiguous: classes.map((each) => ({ ...each, possible: possible(each) })) };
}
