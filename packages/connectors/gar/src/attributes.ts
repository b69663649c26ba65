/**
 * The attributes of the GAR, as its public clients report them (the technical reference, RTFS, is not public).
 *
 *   pair   = code "##" label                                     DIV GRO P_MAT
 *   divApp = groupCode "||" divisionCode "##" divisionLabel      DIV_APP
 *
 * A code may hold `~ _ -`, a label spaces and accents. Split at the first separator and keep the rest: some feeds put a
 * third part there. Classes are keyed on (UAI, school year, code); the label is for reading.
 */
import { refuse } from "./refusal.ts";

declare const idoBrand: unique symbol;
/**
 * The opaque identifier of a person. 128 lower-case hexadecimal digits wherever one was seen, but the ministry's reference
 * is not public: it is compared, never interpreted. It changes when a pupil changes ENT project.
 */
export type Ido = string & { readonly [idoBrand]: true };

declare const uaiBrand: unique symbol;
/** A school's code: seven digits and a letter. */
export type Uai = string & { readonly [uaiBrand]: true };

export interface CodedLabel {
  readonly code: string;
  readonly label: string;
}

export interface GroupDivision {
  readonly group: string;
  readonly division: CodedLabel;
}

/** Attributes by name, as received. */
export type ReceivedAttributes = ReadonlyMap<string, readonly string[]>;

export interface GarAttributes {
  /** UAI: several for a teacher of several schools. */
  readonly schools: readonly Uai[];
  /** PRO, in lower case: `national_ens`. */
  readonly profile: string | undefined;
  /** NOM. */
  readonly lastName: string | undefined;
  /** PRE. */
  readonly firstName: string | undefined;
  /** CIV: `M.`, `Mme`. */
  readonly civility: string | undefined;
  /** P_MEL. */
  readonly workEmail: string | undefined;
  /** DIV: the pupil's class; of a teacher all classes. */
  readonly divisions: readonly CodedLabel[];
  /** GRO. */
  readonly groups: readonly CodedLabel[];
  /** DIV_APP: to which classes a group belongs. */
  readonly groupDivisions: readonly GroupDivision[];
  /** P_MAT. */
  readonly subjectsTaught: readonly CodedLabel[];
  /** P_MS4 and E_MS4: MEFSTAT4 codes of the levels taught or followed. */
  readonly levels: readonly string[];
  /** Names of attributes that had a value out of their grammar; such values are left out. */
  readonly malformed: readonly string[];
}

const NO_VALUE = new Set(["", "null", "none"]);

/** Without the values that say "no value": empty, `null`, `None`; an attribute left with none is absent. */
export function withoutEmptyValues(received: ReceivedAttributes): ReceivedAttributes {
  const kept = new Map<string, readonly string[]>();
  for (const [name, values] of received) {
    const real = values.map((value) => value.trim()).filter((value) => !NO_VALUE.has(value.toLowerCase()));
    if (real.length > 0) kept.set(name, real);
  }
  return kept;
}

/** Printable, without spaces, long enough not to be a word such as `null`. */
const OPAQUE = /^[\x21-\x7e]{8,256}$/;

/**
 * The person's identifier, once.
 * @throws GAR_SIGN_IN_REFUSED when it is missing, repeated or out of its grammar
 */
export function idoOf(received: ReceivedAttributes): Ido {
  const present = withoutEmptyValues(new Map([["IDO", received.get("IDO") ?? []]]));
  const [value, ...others] = present.get("IDO") ?? [];
  if (value === undefined || others.length > 0 || !OPAQUE.test(value)) refuse("malformedIdentifier");
  return value as Ido;
}

/** Parses what was received, or what was kept of it. What is not there is empty or undefined. */
export function parseGarAttributes(received: ReceivedAttributes): GarAttributes {
  const present = withoutEmptyValues(received);
  const malformed = new Set<string>();
  const read = <T>(name: string, grammar: (value: string) => T | undefined): readonly T[] =>
    (present.get(name) ?? []).flatMap((value) => {
      const parsed = grammar(value);
      if (parsed === undefined) malformed.add(name);
      return parsed === undefined ? [] : [parsed];
    });
  const single = (name: string) => {
    const values = new Set(present.get(name));
    if (values.size > 1) malformed.add(name);
    return values.size === 1 ? [...values][0] : undefined;
  };
  return {
    schools: read("UAI", uai),
    profile: single("PRO")?.toLowerCase(),
    lastName: single("NOM"),
    firstName: single("PRE"),
    civility: single("CIV"),
    workEmail: read("P_MEL", mailbox)[0],
    divisions: read("DIV", codedLabel),
    groups: read("GRO", codedLabel),
    groupDivisions: read("DIV_APP", groupDivision),
    subjectsTaught: read("P_MAT", codedLabel),
    levels: [...read("P_MS4", level), ...read("E_MS4", level)],
    malformed: [...malformed].sort(),
  };
}

function uai(value: string): Uai | undefined {
  return /^\d{7}[A-Z]$/.test(value) ? (value as Uai) : undefined;
}

function level(value: string): string | undefined {
  return /^\d{4}$/.test(value) ? value : undefined;
}

function mailbox(value: string): string | undefined {
  return /^[^\s@<>(),;:"]{1,64}@[A-Za-z0-9.-]{1,190}$/.test(value) ? value : undefined;
}

function codedLabel(value: string): CodedLabel | undefined {
  const parts = splitOnce(value, "##");
  return parts === undefined ? undefined : { code: parts[0], label: parts[1] };
}

function groupDivision(value: string): GroupDivision | undefined {
  const parts = splitOnce(value, "||");
  const division = parts === undefined ? undefined : codedLabel(parts[1]);
  return parts === undefined || division === undefined ? undefined : { group: parts[0], division };
}

/** Both sides of the first separator; undefined when it is missing or has nothing on one side. */
function splitOnce(value: string, separator: string): readonly [string, string] | undefined {
  const at = value.indexOf(separator);
  if (at <= 0 || at + separator.length === value.length) return undefined;
  return [value.slice(0, at), value.slice(at + separator.length)];
}
