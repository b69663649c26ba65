/** Documents of texts that nobody wishes for: markup, other scripts, no spaces, far too many rows. */
import { cell, definitions, folded, heading, list, note, paragraph, table } from "../src/compose.ts";
import type { Block, Document } from "../src/document.ts";
import { at } from "./reference-source.ts";

export const hostileTexts: Readonly<Record<string, string>> = {
  script: "<script>alert(1)</script>",
  image: '"><img src=x onerror=alert(1)>',
  entity: "&lt;b&gt; &amp; &#60;",
  pipes: "a | b || c",
  backticks: "`code` ``` fence",
  markdown: "# not a heading **nor** _bold_ [a](http://evil.example) ![b](c) ~~d~~",
  listMark: "- 1. + * item",
  rule: "---",
  formula: "=1+1",
  rightToLeft: "שלום עולם and مرحبا بالعالم",
  reversed: "good \u202Etxt.exe\u202C end",
  emoji: "école 👩‍🏫 😀 🇫🇷",
  chinese: "漢字 学校",
  combining: "e\u0301cole n\u0303",
  longWord: "anticonstitutionnellement".repeat(12),
  noBreak: "1\u202f234\u202f567,89\u00a0€ ≤ 30 ‑ “x” «\u00a0y\u00a0»",
  surrogate: "half \ud83d end",
  control: "a\u0000b\u0007c\u001b[31md",
  lines: "one\ntwo\r\nthree\tfour",
  empty: "",
};

export function documentOf(blocks: readonly Block[], more: Partial<Document> = {}): Document {
  return {
    language: "fr",
    title: "Essai",
    subtitle: "",
    facts: [],
    blocks,
    gaps: [],
    madeAt: at,
    ...more,
  };
}

/** The text in every place that a document has. */
export function everywhere(text: string): Document {
  return documentOf(
    [
      heading(2, text, [text]),
      paragraph(text, text),
      note(text),
      list([[text]]),
      definitions([{ term: text, value: [[text], [text]], clause: text }]),
      table(text, [text, "b"], [[cell(text), [[text], [text]]]], text),
      folded(text, [heading(3, text), paragraph(text)]),
    ],
    { title: text, subtitle: text, contents: true },
  );
}

export function longTable(rows: number, words = 3): Document {
  return documentOf([
    heading(2, "Un long tableau"),
    table(
      "Lignes",
      ["Ligne", "Texte", ">Nombre"],
      Array.from({ length: rows }, (_, at) => [
        cell(`ligne-${at}`),
        cell(Array.from({ length: words }, (_word, index) => `mot${at}x${index}`).join(" ")),
        cell({ kind: "figure", number: at * 1_234 }),
      ]),
      "",
    ),
  ]);
}
