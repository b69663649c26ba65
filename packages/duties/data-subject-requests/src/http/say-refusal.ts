/** What was refused, with the field by the label that the page gives it. */
import type { Language, PreauError } from "@preau/kernel";
import { textsOf } from "../texts.ts";

export function sayRefusal(error: PreauError, language: Language) {
  const { entry, place } = error;
  const { one, inquiry, desk } = textsOf(language);
  const labels: Readonly<Record<string, string>> = {
    outcome: one.outcome,
    reason: one.reason,
    extensionReason: one.extensionReason,
    identity: one.identity,
    person: one.person,
    instruction: one.instruction,
    reference: one.reference,
    day: one.day,
    time: one.time,
    place: one.place,
    extract: one.extract,
    statement: one.statement,
    controller: desk.controller,
    matters: inquiry.matters,
    subject: inquiry.subject,
    dismissal: inquiry.noRequestReason,
    why: inquiry.showReason,
    concerns: inquiry.aboutAnother,
  };
  const label = place === undefined ? undefined : labels[place];
  const says = entry.says[language];
  return { says: label === undefined ? says : `${says} (${label})`, remedy: error.remedy(language) };
}
