/** What a copy says beside the data, for readers: each statement with its clause, "not known" where nothing is. @clause D10.1a */
import {
  type Block,
  type Cell,
  cell,
  clause,
  definitions,
  type Entry,
  entry,
  heading,
  type Line,
  list,
  note,
  type Piece,
  paragraph,
  soft,
  strong,
  table,
  unknown,
} from "@preau/documents";
import type { AccessContext, PersonOfContact } from "./access-context-form.ts";
import { copyTexts } from "./copy-texts.ts";

/** The section of an access copy. */
export function accessContextBlocks(context: AccessContext): readonly Block[] {
  const texts = copyTexts[context.language];
  return [
    heading(2, texts.whyAndHow),
    heading(3, texts.whoIsResponsible, [context.controller.clause]),
    responsibleBlock(context),
    heading(3, texts.purposes),
    purposesBlock(context),
    heading(3, texts.categories),
    categoriesBlock(context),
    heading(3, texts.recipients),
    recipientsBlock(context),
    heading(3, texts.retention),
    retentionBlock(context),
    heading(3, texts.rights),
    ...rightsBlocks(context),
    heading(3, texts.complaint),
    paragraph(texts.complaintSays, ...known(context.complaint.clause)),
    heading(3, texts.source),
    ...sourceBlocks(context),
    heading(3, texts.automated),
    automatedBlock(context),
    heading(3, texts.transfers),
    ...transfersBlocks(context),
  ];
}

/** Who answers for the data, and who keeps it. */
export function responsibleBlock({ controller, processor, language }: AccessContext): Block {
  const texts = copyTexts[language];
  const missing = unknown(texts.notKnown);
  const body: Line[] = [
    [controller.name === null ? missing : strong(controller.name)],
    [controller.seat ?? missing],
  ];
  return definitions([
    entry(texts.controller, body),
    entry(texts.controllerOfficer, reach(controller.officers, missing)),
    ...(controller.contacts.length === 0
      ? []
      : [entry(texts.controllerContact, reach(controller.contacts, missing))]),
    entry(texts.processor, [[strong(processor.name)], [processor.seat]], processor.clause),
    entry(texts.processorOfficer, reach([processor.officer], missing), processor.clause),
  ]);
}

function reach(persons: readonly PersonOfContact[], missing: Piece): Cell {
  if (persons.length === 0) return [[missing]];
  return persons.flatMap(({ name, email, telephone, address }) => [
    [name] satisfies Line,
    ...[email, telephone, address].filter((each) => each !== null).map((each): Line => [each]),
  ]);
}

function purposesBlock({ purposes, language }: AccessContext): Block {
  const texts = copyTexts[language];
  const rows = purposes.map(({ title, named, legalBases, legalBasisClause, products, clauses }) => [
    named ? cell(title) : [[title], [unknown(texts.unnamedPurpose)]],
    legalBases.length === 0 ? cell(unknown(texts.notKnown)) : legalBases.map((basis): Line => [basis.title]),
    products.length === 0 ? cell(unknown(texts.notKnown)) : products.map((product): Line => [product]),
    clauseCell([...clauses, ...known(legalBasisClause)]),
  ]);
  return table(
    texts.purposes,
    [texts.purpose, texts.legalBasis, texts.services, texts.clause],
    rows,
    texts.notKnown,
  );
}

function categoriesBlock({ categories, language }: AccessContext): Block {
  const texts = copyTexts[language];
  const rows = categories.map(({ title, rows: count, named, clauses }) => [
    cell(title),
    cell({ kind: "figure", number: count }),
    cell(named ? texts.yes : unknown(texts.notInTheseWords)),
    clauseCell(clauses),
  ]);
  return table(
    texts.categories,
    [texts.category, `>${texts.rowCount}`, texts.namedByAgreement, texts.clause],
    rows,
    texts.noTables,
  );
}

function recipientsBlock({ recipients, language }: AccessContext): Block {
  const texts = copyTexts[language];
  const rows = recipients.map((each) => [
    each.company === null
      ? cell(each.title)
      : [[strong(each.company)], [soft(`${texts.subprocessorLead}${texts.colon}${each.title}`)]],
    cell(each.operations.join(", ")),
    each.purposes === null ? cell(texts.everyPurpose) : each.purposes.map((title): Line => [title]),
    clauseCell([each.clause]),
  ]);
  return table(
    texts.recipients,
    [texts.recipient, texts.does, texts.forPurposes, texts.clause],
    rows,
    texts.notKnown,
  );
}

function retentionBlock({ retention, language }: AccessContext): Block {
  const texts = copyTexts[language];
  const rows = retention.map((rule) => [
    rule.categories === null ? cell(rule.kept) : [[rule.kept], [soft(rule.categories.join(", "))]],
    [
      rule.ceiling ? [rule.period, " ", soft(texts.atMost)] : [rule.period],
      ...rule.ownPeriods.map((own): Line => [`${own} `, soft(`(${texts.ownPeriod})`)]),
    ],
    cell(rule.from ?? unknown(texts.notKnown)),
    cell(rule.then),
    clauseCell([rule.clause]),
  ]);
  return table(
    texts.retention,
    [texts.kept, texts.period, texts.countedFrom, texts.then, texts.clause],
    rows,
    texts.notKnown,
  );
}

function rightsBlocks({ rights, deadlines, processor, language }: AccessContext): readonly Block[] {
  const texts = copyTexts[language];
  const { forwarded, answered } = deadlines;
  const entries = rights.map(({ id, clause: from }): Entry => {
    const [term = id, says = ""] = texts.rightWords[id];
    return entry(term, says, from ?? undefined);
  });
  return [
    paragraph(texts.rightsLead),
    ...(answered === null ? [] : [paragraph(texts.answerWithin(answered.period), answered.clause)]),
    ...(forwarded === null
      ? []
      : [paragraph(texts.forwardWithin(processor.name, forwarded.period), forwarded.clause)]),
    definitions(entries),
  ];
}

function sourceBlocks({ source, language }: AccessContext): readonly Block[] {
  const texts = copyTexts[language];
  if (source.length === 0) return [paragraph([unknown(texts.sourceUnknown)])];
  return source.map(({ origin, clauses }) => paragraph(sentence(texts.sourceWords[origin]), ...clauses));
}

function automatedBlock({ automatedDecisions, language }: AccessContext): Block {
  const texts = copyTexts[language];
  if (automatedDecisions === null) return paragraph([unknown(texts.automatedUnknown)]);
  const operations = new Intl.ListFormat(language).format(automatedDecisions.operations);
  return paragraph(texts.noneAutomated(operations), automatedDecisions.clause);
}

function transfersBlocks({ transfers, language }: AccessContext): readonly Block[] {
  const texts = copyTexts[language];
  const { today, made } = transfers;
  const places = made.map(
    ({ company, country, mechanism, clause: from }): Line => [
      texts.transferTo(company, country, mechanism),
      " ",
      clause(from),
    ],
  );
  const lead =
    today === null
      ? paragraph([unknown(texts.transfersUnknown)])
      : paragraph(today.some || made.length > 0 ? texts.someTransfers : texts.noTransfers, today.clause);
  return places.length === 0 ? [lead] : [lead, list(places)];
}

/** What the agreement's annex B does not name, said above the data. */
export function unnamedNote({ categories, language }: AccessContext): readonly Block[] {
  const names = categories.filter(({ named }) => !named).map(({ title }) => title);
  if (names.length === 0) return [];
  return [note(copyTexts[language].unnamedLead(new Intl.ListFormat(language).format(names)))];
}

function clauseCell(ids: readonly string[]): Cell {
  return [...new Set(ids)].map((id): Line => [clause(id)]);
}

function known(id: string | null): readonly string[] {
  return id === null ? [] : [id];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
