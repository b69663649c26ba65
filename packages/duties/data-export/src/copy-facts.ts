/** What the manifest of a person's copy says of it: counts, stores and what is missing. No name, no value. */
import type { JsonObject } from "@preau/kernel";
import type { Copy } from "./copy-read.ts";

export function copyFacts({ request, register, gathered, rows, restricted }: Copy): JsonObject {
  const { stores, files, leftOut } = gathered;
  const notGiven = (why: "missing" | "namesOthers") =>
    files.filter(({ file }) => file.notGiven === why).length;
  return {
    schema: "preau.package/1",
    kind: request.kind,
    controller: request.controller,
    language: request.language,
    madeAt: register.at,
    agreement: register.hash,
    rows,
    files: files.filter(({ path }) => path !== undefined).length,
    stores: stores.map(({ id, tables, notCovered }) => ({
      store: id,
      tables: tables.length,
      rows: tables.reduce((sum, table) => sum + table.rows, 0),
      notCovered: notCovered.map(({ what, why }) => ({ what, why })),
    })),
    filesNotGiven: { missing: notGiven("missing"), namesOthers: notGiven("namesOthers") },
    withheld: withheldIn(gathered),
    leftOut: [...leftOut].map(([purpose, count]) => ({ purpose, rows: count })),
    restricted,
  };
}

/** How often another person was taken out. */
export function withheldIn({ stores }: Copy["gathered"]): number {
  const counts = stores.flatMap(({ tables }) => tables).flatMap(({ withheld }) => [...withheld.values()]);
  return counts.reduce((sum, count) => sum + count, 0);
}
