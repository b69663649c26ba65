/** Every value that a store gives is in the files for machines, exactly, however many rows there are. */
import type { Json, JsonObject, PersonalRecord } from "@preau/kernel";
import { readCsv } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContextFile } from "../src/access-context-form.ts";
import type { GatherRequest } from "../src/copy-gather.ts";
import { gatherCopy, rowsAgain } from "../src/copy-gather.ts";
import type { CopiedRow } from "../src/copy-spool.ts";
import { HAMEAU, makeHouse } from "./copy-house.ts";
import { bytesOf, notebook, PUPIL, work } from "./copy-notebook.ts";
import { openCopy } from "./copy-open.ts";

interface TableFile {
  readonly rows: readonly { readonly row: JsonObject; readonly file?: string | null }[];
}

const scalar = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("=1+1", "'a", "\r", 'é;"\n', "", "a\u0000b"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
);
const records = fc.array(
  fc.record({
    where: fc.constantFrom("a", "A", "b/../c", "con", "é"),
    category: fc.constantFrom("name", "technical"),
    purpose: fc.constant("runPlatform"),
    row: fc.dictionary(
      fc.constantFrom("id", "x", "Ç;", "=k"),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })),
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

describe("the data of a copy (D10.1a)", () => {
  it("has every value of every row, exactly in JSON and readable again in CSV", async () => {
    let given: readonly PersonalRecord[] = [];
    const house = await makeHouse({ sources: [notebook({ records: () => given, words: undefined })] });
    await fc.assert(
      fc.asyncProperty(records, async (each) => {
        given = each;
        const opened = await openCopy(house.copy(PUPIL, { language: "en" }));
        const tables = opened.paths.filter((at) => /^data\/notebook\/.*\.json$/u.test(at));
        const read = tables.map((at) => opened.json(at) as TableFile & { readonly table: string });
        for (const { table, rows } of read)
          expect(rows.map(({ row }) => row)).toEqual(
            each.filter(({ where }) => where === table).map(({ row }) => row),
          );
        expect(read.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(each.length);
        const { context } = opened.json("context.json") as ContextFile;
        for (const { id, rows } of context.categories)
          expect(rows).toBe(each.filter(({ category }) => category === id).length);
        for (const at of tables) {
          const { rows } = opened.json(at) as TableFile;
          const [head = [], ...lines] = readCsv(opened.text(at.replace(/json$/u, "csv")));
          const titles = head.map(({ text }) => text.replace(/^'/u, ""));
          expect(lines.length).toBe(rows.length);
          rows.forEach(({ row }, index) => {
            for (const [column, value] of Object.entries(row))
              expect(valueOf(lines[index]?.[titles.indexOf(column)], value)).toEqual(value);
          });
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it("is the same when it was too much to keep and is read from the store again", async () => {
    const given = Array.from({ length: 3000 }, (_, id) =>
      id % 7 === 0 ? work(id, { file: { name: "a.txt", bytes: () => bytesOf(String(id)) } }) : work(id),
    );
    const sources = new Map([["notebook", notebook({ records: given })]]);
    const gather = async (left: number) => {
      const request: GatherRequest = {
        controller: HAMEAU,
        subject: PUPIL,
        takes: () => true,
        budget: { left },
      };
      const { stores } = await gatherCopy(sources, request);
      const [table] = stores[0]?.tables ?? [];
      if (table === undefined) throw new Error("no table");
      const rows: CopiedRow[] = [];
      for await (const page of table.spool.pages() ?? rowsAgain(sources, request, table)) rows.push(...page);
      return { kept: table.spool.pages() !== undefined, rows };
    };
    const [whole, again] = [await gather(1e9), await gather(100)];
    expect([whole.kept, again.kept]).toEqual([true, false]);
    expect(whole.rows).toHaveLength(3000);
    expect(again.rows).toEqual(whole.rows);
    expect(again.rows[7]?.file).toBe("files/notebook/a (2).txt");
  });
});

it("fails when a table that is read again has fewer rows than were counted (D10.1a)", async () => {
  const given = Array.from({ length: 900 }, (_, id) => work(id));
  const sources = new Map([["notebook", notebook({ records: () => given })]]);
  const request: GatherRequest = {
    controller: HAMEAU,
    subject: PUPIL,
    takes: () => true,
    budget: { left: 0 },
  };
  const { stores } = await gatherCopy(sources, request);
  const read = async () => {
    let rows = 0;
    for (const table of stores[0]?.tables ?? [])
      for await (const page of rowsAgain(sources, request, table)) rows += page.length;
    return rows;
  };
  given.push(work(900));
  expect(await read()).toBe(900);
  given.length = 899;
  await expect(read()).rejects.toMatchObject({ code: "EXPORT_STORE_FAILED" });
});

function valueOf(
  cell: { readonly quoted: boolean; readonly text: string } | undefined,
  like: Json,
): Json | undefined {
  if (cell === undefined) return undefined;
  const text = cell.quoted ? cell.text.replace(/^'/u, "") : cell.text;
  if (typeof like === "object" && like !== null) return JSON.parse(text) as Json;
  if (cell.quoted) return text;
  if (text === "") return null;
  return text === "true" || text === "false" ? text === "true" : Number(text);
}
