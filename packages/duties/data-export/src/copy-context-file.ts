/** `context.json`: what the package says beside the data, for programs. */
import type { AccessContext, ContextFile } from "./access-context-form.ts";
import { withheldIn } from "./copy-facts.ts";
import { nameOf } from "./copy-files-section.ts";
import type { Copy } from "./copy-read.ts";
import { legalBasesOf } from "./copy-register.ts";
import { COPY_SCHEMA } from "./copy-table-form.ts";

export function contextFile(copy: Copy, context: AccessContext): ContextFile {
  const { stores, files, leftOut } = copy.gathered;
  return {
    schema: COPY_SCHEMA,
    context,
    stores: stores.map(({ id, title, tables, notCovered }) => ({
      store: id,
      title,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      notCovered: notCovered.map(({ what, why }) => ({ what, why })),
    })),
    filesNotGiven: files.flatMap((each) => {
      const { store, where, key, file } = each;
      if (file.notGiven === undefined) return [];
      return [{ store, table: where, name: nameOf(each) ?? null, key: key ?? null, why: file.notGiven }];
    }),
    leftOut: [...leftOut].map(([purpose, rows]) => ({
      purpose,
      rows,
      legalBases: [...legalBasesOf(copy.register, purpose)],
    })),
    restricted: copy.restricted,
    withheld: withheldIn(copy.gathered),
  };
}
