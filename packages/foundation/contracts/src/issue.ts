/** What is wrong with one field, collected so that a form or a file can show everything at once. */
import type { Bilingual, ErrorEntry, PreauError } from "@preau/kernel";
import { errors, fault } from "./errors.ts";

export interface Issue {
  readonly code: keyof typeof errors;
  /** Name of the field in forms and files; never its value. */
  readonly field: string;
  readonly clause?: string;
  readonly remedy?: Bilingual;
}

/** An issue as the error of a verb. */
function faultOf({ code, field, clause, remedy }: Issue): PreauError {
  return fault(code, { place: field, clause, remedy });
}

/** @throws the first of them */
export function refuse(issues: readonly Issue[]): void {
  const [first] = issues;
  if (first !== undefined) throw faultOf(first);
}

/** What a form or a report says of it: the sentence of its code, and what to do. */
export function sayIssue({ code, remedy }: Issue): { readonly says: Bilingual; readonly remedy: Bilingual } {
  const entry: ErrorEntry = errors[code];
  return { says: entry.says, remedy: remedy ?? entry.remedy ?? entry.says };
}
