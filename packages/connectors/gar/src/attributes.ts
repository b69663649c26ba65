/**
 * The attributes of the GAR, as its public clients report them (the technical reference, RTFS, is not public).
 *
 *   pair   = code "##" label                                     DIV GRO P_MAT
 *   divApp = groupCode "||" divisionCode "##" divisionLabel      DIV_APP
 *
 * A code may hold `~ _ -` and never a separator, a label spaces, accents and separators. Split at the first separator and
 * keep the rest: some feeds put a third part there. Codes and labels have at most 255 characters, names 500, as in the feeds
 * of the ENT (GAR-ENT.xsd). Classes are keyed on (UAI, school year, code): `class-keys.ts`; the label is for reading.
 *
 * "No value" is spelled four ways, whatever the protocol: nothing or an empty text, `null`, `None`, and what the protocol has
 * for it (`xsi:nil`, JSON null), which its reader leaves out. Names that are not read here (E_MEF, E_MS1, idENT, IDC, LRA…) pass
 * as unknown ones: `keep-attributes.ts` drops them.
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

declare const mefstat4Brand: unique symbol;
/** A level of the nomenclature MEFSTAT4: four digits, `2111` for a sixième. Compared, never counted with. */
export type Mefstat4 = string & { readonly [mefstat4Brand]: true };

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
  /** UAI: several for a teacher of several schools, each once. */
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
  /** P_MS4. */
  readonly levelsTaught: readonly Mefstat4[];
  /** E_MS4. */
  readonly levelsFollowed: readonly Mefstat4[];
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

const LONGEST_LABEL = 255;
const LONGEST_NAME = 500;
const CONTROL = /\p{Cc}/u;
const SEPARATOR = /##|\|\|/;

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
    const [value, ...others] = new Set(present.get(name));
    if (value === undefined) return undefined;
    const taken = others.length === 0 ? plainText(value) : undefined; // between two there is no choice
    if (taken === undefined) malformed.add(name);
    return taken;
  };
  return {
    schools: [...new Set(read("UAI", uai))],
    profile: single("PRO")?.toLowerCase(),
    lastName: single("NOM"),
    firstName: single("PRE"),
    civility: single("CIV"),
    workEmail: read("P_MEL", mailbox)[0],
    divisions: read("DIV", codedLabel),
    groups: read("GRO", codedLabel),
    groupDivisions: read("DIV_APP", groupDivision),
    subjectsTaught: read("P_MAT", codedLabel),
    levelsTaught: read("P_MS4", mefstat4),
    levelsFollowed: read("E_MS4", mefstat4),
    malformed: [...malformed].sort(),
  };
}

function uai(value: string): Uai | undefined {
  return /^\d{7}[A-Z]$/.test(value) ? (value as Uai) : undefined;
}

function mefstat4(value: string): Mefstat4 | undefined {
  return /^\d{4}$/.test(value) ? (value as Mefstat4) : undefined;
}

/** One line of text: a name, a civility, a profile. */
function plainText(value: string): string | undefined {
  return value.length <= LONGEST_NAME && !CONTROL.test(value) ? value : undefined;
}

function mailbox(value: string): string | undefined {
  return /^[^\s@<>(),;:"]{1,64}@[A-Za-z0-9.-]{1,190}$/.test(value) ? value : undefined;
}

function codedLabel(value: string): CodedLabel | undefined {
  const [code, label] = splitOnce(value, "##") ?? [];
  return isCode(code) && isLabel(label) ? { code, label } : undefined;
}

function groupDivision(value: string): GroupDivision | undefined {
  const [group, rest] = splitOnce(value, "||") ?? [];
  const division = rest === undefined ? undefined : codedLabel(rest);
  return isCode(group) && division !== undefined ? { group, division } : undefined;
}

function isCode(text: string | undefined): text is string {
  return isLabel(text) && !SEPARATOR.test(text);
}

function isLabel(text: string | undefined): text is string {
  return text !== undefined && text !== "" && text.length <= LONGEST_LABEL && !CONTROL.test(text);
}

/** Both sides of the first separator, without space around them; undefined when there is none. */
function splitOnce(value: string, separator: string): readonly [string, string] | undefined {
  const at = value.indexOf(separator);
  return at < 0 ? undefined : [value.slice(0, at).trim(), value.slice(at + separator.length).trim()];
}
