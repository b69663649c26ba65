/** The readable part of a copy: one document, which becomes the page and the PDF. @clause D10.1a */
import {
  type Block,
  cell,
  type Document,
  entry,
  heading,
  type Line,
  list,
  note,
  paragraph,
  soft,
  table,
  unknown,
} from "@preau/documents";
import { actorRoles, type Instant } from "@preau/kernel";
import { accessContextBlocks, responsibleBlock, unnamedNote } from "./access-context-blocks.ts";
import type { AccessContext } from "./access-context-form.ts";
import { type Reader, sayMinute } from "./copy-cell.ts";
import { withheldIn } from "./copy-facts.ts";
import { filesBlocks } from "./copy-files-section.ts";
import type { CopiedTable } from "./copy-gather.ts";
import { leftOutBlocks } from "./copy-left-out.ts";
import type { Copy } from "./copy-read.ts";
import { type CategorySection, categoryBlocks, tableTitle, technicalBlocks } from "./copy-sections.ts";
import { copyTexts } from "./copy-texts.ts";

const TECHNICAL = "technical";

export function copyDocument(copy: Copy, context: AccessContext): Document {
  const { request, register, gathered } = copy;
  const { language, kind } = request;
  const texts = copyTexts[language];
  const reader: Reader = { language, zone: register.place.zone };
  const all = gathered.stores.flatMap(({ tables }) => tables);
  const technical = all.filter(isTechnical);
  const open = all.filter((each) => !isTechnical(each));
  const access = kind === "access";
  return {
    language,
    title: texts.titles[kind],
    subtitle: context.controller.name ?? request.controller,
    facts: factsOf(context, register.at, reader),
    contents: true,
    blocks: [
      heading(2, texts.inShort),
      ...inShort(copy, context, { reader, open, technical }),
      ...(access ? unnamedNote(context) : []),
      heading(2, texts.howToRead),
      ...howToRead(copy),
      ...(access
        ? sectionsOf(open, context).flatMap((section) => categoryBlocks(section, reader))
        : [heading(2, texts.contentsOf), contentsTable(all, reader)]),
      ...filesBlocks(copy, reader),
      ...(access
        ? accessContextBlocks(context)
        : [
            ...leftOutBlocks(copy, context),
            heading(2, texts.whoIsResponsible, [context.controller.clause]),
            responsibleBlock(context),
          ]),
      ...notCoveredBlocks(copy, reader),
      ...(access ? technicalBlocks(technical, reader) : []),
    ],
    gaps: [],
    madeAt: register.at,
  };
}

function factsOf(context: AccessContext, madeAt: Instant, reader: Reader): Document["facts"] {
  const texts = copyTexts[reader.language];
  const missing = unknown(texts.notKnown);
  return [
    entry(texts.madeOn, sayMinute(madeAt, reader)),
    entry(texts.clock, texts.clockOf(reader.zone)),
    entry(texts.for, context.controller.name ?? missing),
    entry(texts.by, context.processor.name, context.processor.clause),
    entry(texts.askedBy, actorRoles[context.requestedBy][reader.language].toLocaleLowerCase(reader.language)),
    entry(texts.role, context.roles.length === 0 ? missing : context.roles.join(", ").toLocaleLowerCase()),
    entry(texts.agreement, [[context.agreement.title], [soft(context.agreement.hash)]]),
  ];
}

interface Parts {
  readonly reader: Reader;
  readonly open: readonly CopiedTable[];
  readonly technical: readonly CopiedTable[];
}

/** What is in it, in sentences, and what to know before reading on. */
function inShort(copy: Copy, context: AccessContext, { reader, open, technical }: Parts): readonly Block[] {
  const texts = copyTexts[reader.language];
  const { processor } = context;
  const controller = context.controller.name ?? context.controller.id;
  const { files, leftOut } = copy.gathered;
  if (copy.rows === 0) {
    return [note(leftOut.size > 0 ? texts.nothingToTake : texts.nothingHeld(processor.name, controller))];
  }
  const given = files.filter(({ path }) => path !== undefined).length;
  const lead = copy.request.kind === "access" ? texts.accessLead : texts.portabilityLead;
  const found = (title: string, tables: readonly CopiedTable[]): Line => [
    { kind: "strong", text: title },
    texts.colon,
    ...tables.flatMap(
      (each, at): Line => [
        `${at === 0 ? "" : ", "}${tableTitle(each, reader)} (`,
        { kind: "figure", number: each.rows },
        ")",
      ],
    ),
  ];
  const withheld = withheldIn(copy.gathered);
  return [
    paragraph(lead(processor.name, controller, texts.held(texts.rows(copy.rows), given))),
    ...(copy.restricted ? [note(texts.restricted)] : []),
    paragraph(`${texts.mostOf}${texts.colon}`),
    list([
      ...sectionsOf(open, context).map(({ title, tables }) => found(title, tables)),
      ...(technical.length > 0 ? [found(texts.technical, technical)] : []),
    ]),
    ...(withheld > 0 ? [paragraph(texts.withheldLead(withheld))] : []),
    ...(files.length > given ? [paragraph(texts.notGivenLead(files.length - given))] : []),
  ];
}

function howToRead({ request, gathered }: Copy): readonly Block[] {
  const texts = copyTexts[request.language];
  const filed = gathered.files.some(({ path }) => path !== undefined);
  const line = (name: string, says: string): Line => [
    { kind: "strong", text: name },
    `${texts.colon}${says}`,
  ];
  return [
    list([
      line("index.html", texts.read.index),
      line(texts.pdfName, texts.read.pdf),
      line("data/….csv", texts.read.dataCsv),
      line("data/….json", texts.read.dataJson),
      ...(filed ? [line("files/", texts.read.files)] : []),
      line("context.json", texts.read.context),
      line("data/schema.json", texts.read.schema),
    ]),
    paragraph([soft(texts.apostrophe)]),
  ];
}

/** Categories in the order in which their stores name them. */
function sectionsOf(tables: readonly CopiedTable[], context: AccessContext): readonly CategorySection[] {
  const named = (id: string) =>
    Object.keys(tables.find(({ category }) => category === id)?.store.words?.categories ?? {});
  const ids = [...new Set(tables.map(({ category }) => category))];
  const rank = (id: string) => {
    const at = named(id).indexOf(id);
    return at === -1 ? Number.MAX_SAFE_INTEGER : at;
  };
  return ids
    .toSorted((a, b) => rank(a) - rank(b))
    .map((id) => {
      const known = context.categories.find((each) => each.id === id);
      return {
        title: known?.title ?? id,
        named: known?.named ?? false,
        tables: tables.filter(({ category }) => category === id),
      };
    });
}

/** A table for which its store has no words, while it has some for others. */
function isTechnical({ store, words, category }: CopiedTable): boolean {
  return category === TECHNICAL || (store.words !== undefined && words === undefined);
}

function contentsTable(tables: readonly CopiedTable[], reader: Reader): Block {
  const texts = copyTexts[reader.language];
  const rows = tables.map((each) => [
    cell(tableTitle(each, reader)),
    cell({ kind: "figure", number: each.rows }),
    [[`${each.path}.json`], [`${each.path}.csv`]],
  ]);
  return table(texts.contentsOf, [texts.table, `>${texts.rowCount}`, texts.file], rows, texts.noTables);
}

function notCoveredBlocks({ gathered }: Copy, { language }: Reader): readonly Block[] {
  const texts = copyTexts[language];
  const found = gathered.stores.flatMap(({ title, notCovered }) =>
    notCovered.map(
      ({ what, why }): Line => [
        { kind: "strong", text: title[language] },
        `${texts.colon}${what}`,
        ...(why === "" ? [] : [soft(` – ${why}`)]),
      ],
    ),
  );
  if (found.length === 0) return [];
  return [heading(2, texts.notCovered), paragraph(texts.notCoveredLead), list(found)];
}
