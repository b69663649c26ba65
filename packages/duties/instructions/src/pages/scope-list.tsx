/** How far an instruction reaches, in words. */
import type { InstructionScope, Language } from "@preau/kernel";
import { NOBODY } from "../instruction.ts";
import { textsOf } from "../texts.ts";

export function scopeEntries(
  scope: InstructionScope,
  language: Language,
): readonly (readonly [string, string])[] {
  const words = textsOf(language);
  const list = (name: string, values: readonly string[] | undefined) =>
    values === undefined ? [] : ([[name, values.join(", ")]] as const);
  const entries = [
    ...list(words.product, scope.product === undefined ? undefined : [scope.product]),
    ...list(
      words.subject,
      scope.subject === undefined
        ? undefined
        : [scope.subject === NOBODY ? words.subjectGone : scope.subject],
    ),
    ...list(words.about, scope.about),
    ...list(words.operations, scope.operations),
    ...list(words.recipients, scope.recipients),
    ...list(words.purposes, scope.purposes),
    ...list(words.categories, scope.categories),
    ...list(words.fields, scope.fields),
  ];
  return entries.length === 0 ? [[words.scope, words.scopeAny]] : entries;
}
