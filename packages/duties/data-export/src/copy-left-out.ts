/** What a portability package leaves out and why, with the clause; nothing goes silently. @clause D10.1a, D6.1a */
import {
  type Block,
  cell,
  clause,
  heading,
  type Line,
  note,
  paragraph,
  table,
  unknown,
} from "@preau/documents";
import type { AccessContext } from "./access-context-form.ts";
import type { Copy } from "./copy-read.ts";
import { copyTexts } from "./copy-texts.ts";

export function leftOutBlocks(
  { gathered, request: { language } }: Copy,
  context: AccessContext,
): readonly Block[] {
  const texts = copyTexts[language];
  const of = (id: string) => context.purposes.find((each) => each.id === id);
  const rows = [...gathered.leftOut].map(([id, count]) => [
    cell(of(id)?.title ?? id),
    (of(id)?.legalBases ?? []).map(({ title }): Line => [title]),
    cell({ kind: "figure", number: count }),
    cell(legalBasisClause(of(id)) ?? unknown(texts.notKnown)),
  ]);
  const given = new Set(
    gathered.stores.flatMap(({ tables }) => tables.flatMap(({ purposes }) => [...purposes])),
  );
  const unsettled = context.purposes.filter(({ id, legalBases }) => given.has(id) && legalBases.length === 0);
  const names = new Intl.ListFormat(language).format(unsettled.map(({ title }) => title));
  const from = context.purposes.find(({ legalBasisClause: found }) => found !== null)?.legalBasisClause;
  return [
    heading(2, texts.leftOut),
    paragraph(texts.leftOutLead),
    table(
      texts.leftOut,
      [texts.purpose, texts.legalBasis, `>${texts.rowCount}`, texts.clause],
      rows,
      texts.leftOutNothing,
    ),
    ...(unsettled.length === 0 ? [] : [note(texts.unsettled(names), ...(from == null ? [] : [from]))]),
    paragraph(texts.derived),
  ];
}

function legalBasisClause(purpose: AccessContext["purposes"][number] | undefined) {
  const found = purpose?.legalBasisClause;
  return found == null ? undefined : clause(found);
}
