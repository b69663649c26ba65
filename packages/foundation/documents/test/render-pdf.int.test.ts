import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annexes } from "../src/annexes.ts";
import { cleanText } from "../src/clean-text.ts";
import { cell, heading, paragraph, table } from "../src/compose.ts";
import { controllerExtract } from "../src/controller-extract.ts";
import { recordOfProcessing } from "../src/record-of-processing.ts";
import { renderPdf } from "../src/render-pdf.ts";
import { documentOf, everywhere, hostileTexts, longTable } from "./hostile-document.ts";
import { fonts, info, popplerSkipReason, rawPages, structure, text } from "./poppler.ts";
import { linesOfDocument, schoolSource, source } from "./reference-source.ts";

/** Without any space: where lines break is not what is asked. */
const solid = (said: string) => said.normalize("NFC").replaceAll(/[\s\u00a0\u202f]+/gu, "");
const reason = popplerSkipReason();

describe.skipIf(reason !== undefined)("a document as PDF", () => {
  it("is tagged, titled, in its language, with every font embedded as a subset", async () => {
    for (const language of ["fr", "en"] as const) {
      const pdf = await renderPdf(annexes(source(language)));
      const said = info(pdf);
      expect(said).toMatch(/^Tagged: +yes$/mu);
      expect(said).toContain(language === "fr" ? "Annexes de l’accord" : "Annexes to the");
      expect(said).toMatch(/^CreationDate: .*2026/mu);
      expect(Buffer.from(pdf).toString("latin1")).toContain(
        language === "fr" ? "/Lang (fr-FR)" : "/Lang (en-GB)",
      );
      expect(fonts(pdf).length).toBeGreaterThan(1);
      for (const font of fonts(pdf)) expect(font).toMatch(/^[A-Z]{6}\+DejaVu\S+ .* yes yes yes /u);
    }
  });

  it("claims no conformance that nobody has checked", async () => {
    const bytes = Buffer.from(await renderPdf(annexes(source()))).toString("latin1");
    expect(bytes).not.toContain("pdfuaid");
    expect(bytes).not.toContain("pdfaid");
  });

  it("tags headings, lists and tables, with the headings of columns and rows", async () => {
    const tree = structure(await renderPdf(recordOfProcessing(schoolSource())));
    const count = (tag: string) => tree.match(new RegExp(`^ *${tag}(?: |$)`, "gmu"))?.length ?? 0;
    expect([count("Document"), count("H1")]).toEqual([1, 1]);
    for (const tag of ["H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody"])
      expect([tag, count(tag)]).not.toEqual([tag, 0]);
    expect(count("THead")).toBe(count("Table"));
    const bytes = Buffer.from(await renderPdf(longTable(3))).toString("latin1");
    expect(bytes.match(/\/Scope \/Column/gu)).toHaveLength(3);
    expect(bytes.match(/\/Scope \/Row/gu)).toHaveLength(3);
  });

  it("says everything that the document says, in both languages", async () => {
    for (const document of [
      annexes(source("en")),
      recordOfProcessing(schoolSource("fr")),
      controllerExtract(schoolSource("fr")),
      controllerExtract(schoolSource("en")),
    ]) {
      const drawn = solid(rawPages(await renderPdf(document)).join(""));
      for (const line of linesOfDocument(document)) {
        for (const part of line.replace(/^#+ /u, "").split(/ [|/] | \[|\]/u)) {
          expect(drawn).toContain(solid(part));
        }
      }
    }
  });

  it("writes French figures, periods and pages as French does", async () => {
    const pdf = await renderPdf(longTable(60));
    const said = text(pdf);
    expect(said).toMatch(/^1[ \u202f]234$/mu);
    expect(said).toMatch(/page 1 sur [2-9]/u);
    const english = await renderPdf({ ...longTable(60), language: "en" });
    expect(text(english)).toMatch(/1,234[\s\S]*page 1 of/u);
  });

  it("makes the same bytes of the same document, whatever was made in between", async () => {
    const one = await renderPdf(annexes(source()));
    // The sign for these two letters is also a letter of its own: each document has to say which it drew.
    await renderPdf(
      documentOf([paragraph("\ufb01n"), ...Object.values(hostileTexts).map((each) => paragraph(each))]),
    );
    expect(Buffer.compare(one, await renderPdf(annexes(source())))).toBe(0);
  });

  it.each(Object.entries(hostileTexts))("draws %s whole, wherever it stands", async (name, hostile) => {
    const pdf = await renderPdf(everywhere(hostile));
    const drawn = rawPages(pdf).join("");
    if (name !== "rightToLeft") expect(drawn).not.toMatch(/[\u202a-\u202e]/u);
    // Words read from the right are put in order by the reader's own rules: each is looked for by itself.
    const words = cleanText(hostile).split(" ");
    for (const word of words) {
      const wanted = solid(word);
      if (wanted !== "") expect(solid(drawn).split(wanted).length - 1).toBeGreaterThanOrEqual(8);
    }
  });

  it("repeats the headings of a table on each page, for the eye alone", async () => {
    const pdf = await renderPdf(longTable(300));
    const pages = rawPages(pdf);
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) expect(page).toMatch(/^Ligne Texte Nombre$/mu);
    const tree = structure(pdf);
    expect(tree.match(/^ *THead/gmu)).toHaveLength(1);
    expect(tree.match(/"Ligne/gu)).toHaveLength(1);
    for (let at = 0; at < 300; at += 1) {
      const holders = pages.filter((page) => page.includes(`mot${at}x0 `));
      expect(holders).toHaveLength(1);
      expect(holders[0]).toContain(`mot${at}x2`);
    }
  });

  it("cuts a row only where it is taller than a page, and loses none of it", async () => {
    const pages = rawPages(await renderPdf(longTable(4, 1_500)));
    const all = pages.join("\n");
    for (let at = 0; at < 4; at += 1) {
      for (let word = 0; word < 1_500; word += 1)
        expect(all).toMatch(new RegExp(`\\bmot${at}x${word}\\b`, "u"));
    }
  });

  it("leaves no heading alone at the foot of a page", async () => {
    for (let lines = 19; lines < 32; lines += 1) {
      const filler = Array.from({ length: lines }, (_, at) => paragraph(`ligne ${at}`));
      const pdf = await renderPdf(
        documentOf([
          ...filler,
          heading(2, "Titre seul"),
          heading(3, "Sous-titre"),
          table("t", ["colonne", "autre"], [[cell("valeur"), cell("x")]], ""),
        ]),
      );
      const page = rawPages(pdf).find((each) => each.includes("Titre seul"));
      expect(page).toContain("Sous-titre");
      expect(page).toContain("valeur");
    }
  });

  it("loses no cell (property)", async () => {
    const word = fc.string({
      unit: fc.constantFrom(...Array.from("abcéàœ0123456789-/’«»(|)<>&漢😀")),
      minLength: 1,
      maxLength: 90,
    });
    const cells = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
    const rows = fc.array(fc.tuple(cells, cells, cells), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const block = table(
          "t",
          ["a", "b", "c"],
          all.map((row) => row.map((each) => cell(each))),
          "",
        );
        const drawn = solid(rawPages(await renderPdf(documentOf([block], { language: "en" }))).join(""));
        for (const each of all.flat()) expect(drawn).toContain(solid(each));
      }),
      { numRuns: 25 },
    );
  });
});
