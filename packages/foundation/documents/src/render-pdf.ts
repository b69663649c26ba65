/**
 * A document as a tagged PDF on A4: headings, lists and tables are marked as such, fonts are embedded, language and title
 * are set, headings are bookmarks. The same document makes the same bytes. It is made after PDF/UA-1's rules, but no
 * validator has looked at it: it says of itself that it is tagged, and not that it conforms.
 */
import { millisOf } from "@preau/kernel";
import { unfold } from "./compose.ts";
import type { Document } from "./document.ts";
import { drawBlock, drawEntries, drawText, spansOf } from "./pdf-blocks.ts";
import { type Pdf, registerFonts } from "./pdf-fonts.ts";
import { drawFurniture } from "./pdf-furniture.ts";
import { colours, contentWidth, page, type Sheet, styles } from "./pdf-sheet.ts";
import { within } from "./pdf-tags.ts";
import { spellText } from "./spell.ts";

const locales = { fr: "fr-FR", en: "en-GB" } as const;

export async function renderPdf(document: Document): Promise<Uint8Array> {
  const pdf = await open(document);
  registerFonts(pdf);
  const bytes = collect(pdf);
  pdf.addPage();
  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const sheet: Sheet = { pdf, language: document.language, bookmarks: [pdf.outline], y: page.top - 14 };
  const spans = (text: string) => spansOf(sheet, [text]);
  drawText(sheet, within(pdf, root, "H1"), "H1", spans(document.title), {
    style: styles.title,
    width: contentWidth,
  });
  if (document.subtitle !== "") {
    sheet.y += 2;
    drawText(sheet, within(pdf, root, "P"), "P", spans(document.subtitle), {
      style: styles.subtitle,
      colour: colours.soft,
      width: contentWidth,
    });
  }
  sheet.y += 14;
  drawEntries(sheet, root, document.facts);
  const blocks = unfold(document.blocks);
  blocks.forEach((block, at) => {
    drawBlock(sheet, root, block, blocks.slice(at + 1, at + 5));
  });
  drawFurniture(pdf, document);
  root.end();
  pdf.end();
  return bytes;
}

/** pdfkit is read when the first PDF is made: a program that makes none does without its memory. */
async function open({ language, title, subtitle, madeAt }: Document): Promise<Pdf> {
  const { default: PDFDocument } = await import("pdfkit");
  const made = new Date(millisOf(madeAt));
  const named = [title, subtitle].filter((each) => each !== "").join(" – ");
  const options = {
    size: [page.width, page.height] as [number, number],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    lang: locales[language],
    displayTitle: true,
    info: {
      Title: spellText(named, language),
      Producer: "Préau",
      Creator: "Préau",
      CreationDate: made,
      ModDate: made,
    },
  };
  // `PDF/UA` is newer than the types.
  return new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions);
}

function collect(pdf: Pdf): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => void chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on("error", reject);
  });
}
