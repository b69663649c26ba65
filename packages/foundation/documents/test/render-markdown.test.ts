import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annexB } from "../src/annex-b.ts";
import { cleanText } from "../src/clean-text.ts";
import { cell, table } from "../src/compose.ts";
import { renderMarkdown } from "../src/render-markdown.ts";
import { documentOf, everywhere, hostileTexts } from "./hostile-document.ts";
import { source } from "./reference-source.ts";

/** What a reader of the Markdown would see. */
const seen = (markdown: string) => markdown.replaceAll(/\\([!-/:-@[-`{-~])/gu, "$1");
const flat = (text: string) => text.replaceAll(/[\s\u00a0\u202f]+/gu, " ").trim();

describe("a document as Markdown", () => {
  it("has headings, clauses and tables", () => {
    const lines = renderMarkdown(annexB(source("en"))).split("\n");
    expect(lines[0]).toBe("# Annex B – Processing entrusted");
    expect(lines).toContain("## Plume, assessing and following what pupils learn [DB.K.p]");
    expect(lines).toContain("| Data subjects | Data | Purposes | Clause |");
    expect(lines).toContain(
      "| **Pupil**<br>through GAR | *Nothing is listed: the sign-in is refused.* | – | [DB.K.gar-pupil] |",
    );
  });

  it.each(Object.entries(hostileTexts))("keeps %s as text, wherever it stands", (_name, text) => {
    const markdown = renderMarkdown(everywhere(text));
    expect(markdown).not.toMatch(/(?<!\\)<(?!br>)/u);
    expect(markdown).not.toMatch(/(?<!\\)`/u);
    expect(markdown).not.toMatch(/(?<!\\)\]\(/u);
    for (const line of markdown.split("\n")) {
      const bars = line.match(/(?<!\\)\|/gu)?.length ?? 0;
      expect([0, 3]).toContain(bars);
    }
    const said = flat(seen(markdown.replaceAll("**", "")));
    const wanted = flat(cleanText(text));
    expect(said.split(wanted).length - 1).toBeGreaterThanOrEqual(8);
  });

  it("never begins a line with what would make it something else", () => {
    for (const text of ["- a", "+ a", "# a", "1. a", "12) a", "===", "---", "> a", "    a"]) {
      const [, , line] = renderMarkdown(documentOf([{ kind: "paragraph", line: [text], clauses: [] }])).split(
        "\n",
      );
      expect(line).not.toMatch(/^\s*(?:[-+#=>]|\d+[.)])/u);
    }
  });

  it("loses no cell (property)", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }), (rows) => {
        const cells = rows.map((row) => row.map((each) => cell(each)));
        const markdown = renderMarkdown(documentOf([table("t", ["a", "b"], cells, "")], { language: "en" }));
        const lines = markdown.trimEnd().split("\n").slice(-rows.length);
        lines.forEach((line, at) => {
          // An even number of backslashes before a bar belongs to the cell.
          const found = line.slice(2, -2).split(/(?<=(?<!\\)(?:\\\\)*) \| /u);
          expect(found.map((each) => flat(seen(each)))).toEqual(
            rows[at]?.map((each) => flat(cleanText(each))),
          );
        });
      }),
      { numRuns: 300, examples: [[[["\\", " "]]]] },
    );
  });
});
