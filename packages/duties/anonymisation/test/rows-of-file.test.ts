import { writeFileSync } from "node:fs";
import path from "node:path";
import type { JsonObject } from "@preau/kernel";
import { isFault } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsOfFile } from "../src/index.ts";

const CSV = "ville;élève\r\nSaint-Étienne;Zoé\r\nAngers;Noël\r\n";
const ROWS = [
  { ville: "Saint-Étienne", élève: "Zoé" },
  { ville: "Angers", élève: "Noël" },
];

describe("rows of a file", () => {
  const folder = () => temporaryFolder();
  const fileOf = (bytes: string | Uint8Array) => {
    const file = path.join(folder(), "rows");
    writeFileSync(file, bytes);
    return file;
  };
  const read = async (bytes: string | Uint8Array, columns?: readonly string[]) => {
    const rows: JsonObject[] = [];
    for await (const row of rowsOfFile(fileOf(bytes), columns === undefined ? {} : { columns }))
      rows.push(row);
    return rows;
  };
  const refused = async (bytes: string | Uint8Array, columns?: readonly string[]) => {
    try {
      await read(bytes, columns);
    } catch (error) {
      if (isFault(error, "ANONYMISATION_FILE_BAD")) return { place: error.place, text: error.message };
      throw error;
    }
    return undefined;
  };
  const windows = (text: string) => Buffer.from(text, "latin1");

  it.each([
    ["UTF-8", Buffer.from(CSV)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${CSV}`)],
    ["UTF-16 little-endian", Buffer.from(`\uFEFF${CSV}`, "utf16le")],
    ["UTF-16 big-endian", Buffer.from(`\uFEFF${CSV}`, "utf16le").swap16()],
    ["Windows-1252", windows(CSV)],
    ["commas", CSV.replaceAll(";", ",")],
    ["tabs and line feeds", CSV.replaceAll(";", "\t").replaceAll("\r\n", "\n")],
    ["old line ends", CSV.replaceAll("\r\n", "\r")],
    ["no line end at the end", CSV.trimEnd()],
    ["quotes", '"ville";"élève"\r\n"Saint-Étienne";"Zoé"\r\nAngers;"Noël"\r\n'],
    ["NDJSON", ROWS.map((row) => `${JSON.stringify(row)}\n`).join("")],
    ["NDJSON with a mark", `\uFEFF${ROWS.map((row) => JSON.stringify(row)).join("\r\n")}`],
  ])("reads %s", async (_, bytes) => {
    expect(await read(bytes)).toEqual(ROWS);
  });

  it("knows Windows-1252 by an accent wherever the piece of the file ends", async () => {
    for (const before of [(1 << 18) - 3, (1 << 18) - 2, (1 << 18) - 1, 1 << 18, (1 << 18) + 1]) {
      const filler = "a".repeat(before - 5);
      for (const encode of [windows, (text: string) => Buffer.from(text)])
        expect(await read(encode(`x;y\n${filler};é;\n`.replace(";\n", "\n")))).toEqual([
          { x: filler, y: "é" },
        ]);
    }
    expect(await read(windows("x\né"))).toEqual([{ x: "é" }]);
  });

  it("gives the columns that are asked for, in that order, and an empty cell as no value", async () => {
    expect(await read("a;b;c\n1;;3\n", ["c", "b"])).toEqual([{ c: "3", b: null }]);
    expect(await read('{"a":1,"b":true}\n{"a":2}\n', ["b"])).toEqual([{ b: true }, { b: null }]);
    expect(await read("only\nx\n")).toEqual([{ only: "x" }]);
    expect(await read('a;b\n"two\nlines";x\n')).toEqual([{ a: "two\nlines", b: "x" }]);
  });

  it("refuses what is ragged, damaged or none, with its line, and quotes nothing of it", async () => {
    expect((await refused("a;b\n1;2\nsecret;\n3;4;secret\n"))?.place).toBe("line 4");
    expect((await refused("a;b\n1;2\nsecret\n"))?.text).not.toContain("secret");
    expect((await refused('a;b\n1;"never closed\n2;3\n'))?.place).toMatch(/^line \d/);
    expect((await refused("a;a\n1;2\n"))?.place).toBe("line 1");
    expect((await refused("a;\n1;2\n"))?.place).toBe("line 1");
    expect((await refused(""))?.place).toBe("line 1");
    expect((await refused("a;b\n1;2\n", ["c"]))?.place).toBe("column c");
    expect((await refused('{"a":1}\n{"a":secret}\n'))?.place).toBe("line 2");
    expect((await refused('{"a":1}\n{"a":1,"b":2}\n'))?.place).toBe("line 2");
    expect((await refused('{"a":{"b":1}}\n'))?.place).toBe("line 1");
    expect((await refused(Buffer.from(CSV, "utf16le")))?.place).toBe("encoding");
    const damaged = Buffer.concat([
      Buffer.from(`${CSV}Élève é;à`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from("ù"),
    ]);
    expect((await refused(damaged))?.place).toBe("encoding");
    await expect(
      refused("a\n1\n").then(() => rowsOfFile("/nowhere/rows")[Symbol.asyncIterator]().next()),
    ).rejects.toMatchObject({
      code: "ANONYMISATION_FILE_BAD",
    });
  });

  it("reads back whatever a spreadsheet writes", async () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\0"));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(";", ",", "\t"),
        async (rows, separator) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = [["a", "b"], ...rows].map((row) => row.map(quote).join(separator)).join("\r\n");
          expect(await read(text)).toEqual(rows.map(([a, b]) => ({ a: a || null, b: b || null })));
        },
      ),
      { numRuns: 100, examples: [[[["\uFFFD", ""]], ";"]] },
    );
  });
});
