import type { Json } from "@preau/kernel";
import { readCsv } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvHead, csvRows, harmless } from "../src/csv-rows.ts";

const dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u200B=1", "＝1", "'=1"];

describe("rows as CSV (D10.1a)", () => {
  it.each(dangerous)("gives %j an apostrophe that can be taken off again", (text) => {
    expect(harmless(text)).toBe(`'${text}`);
    expect(readCsv(csvRows([[text]]))).toEqual([[{ quoted: true, text: `'${text}` }]]);
  });

  it("leaves numbers and other texts as they are", () => {
    expect(csvRows([[-5, "a=b", 'L’été; "là"', true, null, "", ["x", 1]]])).toBe(
      '-5;"a=b";"L’été; ""là""";true;;"";"[""x"",1]"\r\n',
    );
  });

  it("begins with a byte-order mark, once, and harmless titles", () => {
    expect(csvHead(["id", "=cmd"])).toBe('\uFEFF"id";"\'=cmd"\r\n');
    expect(csvRows([["a"]])).toBe('"a"\r\n');
  });

  it("gives every value back", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom(...dangerous),
    );
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const read = readCsv(csvRows(rows)).map((row) => row.map(valueOf));
        expect(read).toEqual(rows.map((row) => row.map((each) => (Object.is(each, -0) ? 0 : each))));
      }),
    );
  });
});

/** What the format's description says: a text is quoted, one apostrophe in front is taken off. */
function valueOf({ quoted, text }: { readonly quoted: boolean; readonly text: string }): Json {
  if (quoted) return text.startsWith("'") ? text.slice(1) : text;
  if (text === "") return null;
  return text === "true" || text === "false" ? text === "true" : Number(text);
}
