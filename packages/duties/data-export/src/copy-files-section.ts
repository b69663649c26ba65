/** The files of a copy for readers: those that are enclosed, and those that are not, with why. @clause D10.1a */
import { type Block, cell, heading, paragraph, soft, table } from "@preau/documents";
import { type Reader, sayValue } from "./copy-cell.ts";
import type { CopiedFile } from "./copy-gather.ts";
import type { Copy } from "./copy-read.ts";
import { copyTexts } from "./copy-texts.ts";

/** Lines of the list; a folder shows the rest. */
const MOST_LISTED = 200;

export function filesBlocks({ gathered: { files, stores } }: Copy, reader: Reader): readonly Block[] {
  const texts = copyTexts[reader.language];
  const given = files.filter(({ path }) => path !== undefined);
  const kept = files.filter(({ path }) => path === undefined);
  const from = ({ store, where }: CopiedFile) => {
    const found = stores.find(({ id }) => id === store);
    return found?.words?.tables[where]?.title[reader.language] ?? found?.title[reader.language] ?? store;
  };
  if (files.length === 0) return [];
  const listed = given
    .slice(0, MOST_LISTED)
    .map((each) => [
      [[each.file.name], [soft(each.path ?? "")]],
      cell(from(each)),
      sayValue(each.file.size, { title: { fr: "", en: "" }, form: "bytes" }, reader),
    ]);
  const notGiven = kept.map((each) => [
    cell(nameOf(each) ?? texts.unnamedFile),
    cell(from(each)),
    cell(each.key ?? texts.notKnown),
    each.file.notGiven === "namesOthers" ? cell(texts.namesOthers) : cell(texts.missing),
  ]);
  return [
    heading(2, texts.yourFiles),
    ...(given.length === 0
      ? []
      : [table(texts.filesGiven, [texts.fileName, texts.fileFrom, `>${texts.fileSize}`], listed, "")]),
    ...(given.length > MOST_LISTED ? [paragraph(texts.moreFiles(given.length - MOST_LISTED))] : []),
    ...(kept.length === 0
      ? []
      : [
          heading(3, texts.filesNotGiven),
          table(
            texts.filesNotGiven,
            [texts.fileName, texts.fileFrom, texts.reference, texts.why],
            notGiven,
            "",
          ),
        ]),
  ];
}

/** A name that may itself name others is not said: the controller finds the file by its row. */
export function nameOf({ file }: CopiedFile): string | undefined {
  return file.notGiven === "namesOthers" ? undefined : file.name;
}
