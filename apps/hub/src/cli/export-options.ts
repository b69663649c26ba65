/** `preau export subject`: what is asked, checked before anything is opened. @clause D10.1a */
import {
  type ControllerId,
  controllerId,
  type Identifier,
  type Language,
  type SubjectId,
} from "@preau/kernel";
import { fault } from "../errors.ts";
import { checkAddress } from "./erase-options.ts";
import type { ProtectionArguments } from "./export-protection.ts";

/** What every `preau export` that makes packages is given. */
export interface ExportArguments extends ProtectionArguments {
  readonly controller: string;
  readonly out?: string;
  readonly language?: string;
  readonly instruction?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** One LMS named on the command line, instead of those of `preau.yaml`. */
export interface LmsArguments {
  readonly lms?: string;
  readonly db?: string;
  readonly tablePrefix?: string;
  readonly moodledata?: string;
  readonly map?: string;
  readonly mapExtra?: string;
}

export interface SubjectArguments extends ExportArguments, LmsArguments {
  readonly subject: string;
  readonly kind?: string;
}

export interface ForeignLms {
  readonly db: string;
  readonly tablePrefix: string;
  readonly moodledata?: string;
  readonly map?: string;
  readonly mapExtra?: string;
}

/** A person as the command line names them: by the directory's id, or by an identifier of a system. */
export type NamedPerson = { readonly subject: SubjectId } | { readonly identifier: Identifier };

export interface SubjectOptions {
  readonly controller: ControllerId;
  /** Each once, in the order given. */
  readonly persons: readonly NamedPerson[];
  readonly kind: "access" | "portability";
  readonly lms?: ForeignLms;
}

const MOODLE_USER = "moodle.user";

/** @throws HUB_BAD_ARGUMENT naming the option, HUB_PASSWORD_GIVEN, CONTROLLER_BAD_ID */
export function readSubjectOptions(given: SubjectArguments): SubjectOptions {
  const kind = given.kind ?? "access";
  if (kind !== "access" && kind !== "portability")
    throw fault("HUB_BAD_ARGUMENT", { place: "--kind access|portability" });
  const lms = readForeignLms(given);
  const words = [...new Set(given.subject.split(",").map((each) => each.trim()))];
  return {
    controller: controllerId(given.controller),
    persons: words.map((each) => readPerson(each, lms !== undefined)),
    kind,
    ...(lms === undefined ? {} : { lms }),
  };
}

/** @throws HUB_BAD_ARGUMENT where half of it is given, HUB_PASSWORD_GIVEN */
export function readForeignLms(given: LmsArguments): ForeignLms | undefined {
  const { lms, db, tablePrefix = "mdl_", moodledata, map, mapExtra } = given;
  if (lms === undefined && db === undefined) {
    for (const [flag, value] of Object.entries({ "--moodledata": moodledata, "--map": map }))
      if (value !== undefined) throw fault("HUB_BAD_ARGUMENT", { place: `${flag} --lms` });
    return undefined;
  }
  if (lms !== "moodle") throw fault("HUB_BAD_ARGUMENT", { place: "--lms moodle" });
  if (db === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--db" });
  checkAddress(db);
  if (!/^[A-Za-z0-9_]{0,30}$/.test(tablePrefix)) throw fault("HUB_BAD_ARGUMENT", { place: "--table-prefix" });
  return {
    db,
    tablePrefix,
    ...(moodledata === undefined ? {} : { moodledata }),
    ...(map === undefined ? {} : { map }),
    ...(mapExtra === undefined ? {} : { mapExtra }),
  };
}

/** `210` of the LMS named, `sub_…`, or `KIND:VALUE`. The value itself is never repeated. @throws HUB_BAD_ARGUMENT */
function readPerson(word: string, foreign: boolean): NamedPerson {
  if (/^sub_[0-9a-z]{26}$/.test(word)) return { subject: word as SubjectId };
  if (foreign && /^[1-9]\d{0,17}$/.test(word)) return { identifier: { kind: MOODLE_USER, value: word } };
  const [, kind, value] = /^([a-z][\w.-]{0,59}):(\P{Cc}{1,200})$/u.exec(word) ?? [];
  if (kind === undefined || value === undefined)
    throw fault("HUB_BAD_ARGUMENT", { place: foreign ? "--subject N[,N…]" : "--subject sub_…|KIND:VALUE" });
  return { identifier: { kind, value } };
}

/** @throws HUB_BAD_ARGUMENT */
export function languageIn({ language }: ExportArguments, usual: Language): Language {
  if (language === undefined) return usual;
  if (language !== "fr" && language !== "en") throw fault("HUB_BAD_ARGUMENT", { place: "--language fr|en" });
  return language;
}
