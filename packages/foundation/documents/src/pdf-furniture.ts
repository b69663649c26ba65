/** What stands on every page: the document's name at its head, the page's number at its foot. Nobody is read it aloud. */
import type { Document } from "./document.ts";
import type { Pdf } from "./pdf-fonts.ts";
import { breakLines, type TextLine } from "./pdf-lines.ts";
import { asArtifact, colours, contentWidth, drawLine, page, styles } from "./pdf-sheet.ts";
import { spellText } from "./spell.ts";
import { documentTexts } from "./texts.ts";

const HEAD_Y = 44;
const FOOT_Y = page.height - 50;

/** Draws it on all pages, once their number is known. */
export function drawFurniture(pdf: Pdf, { language, title, subtitle }: Document): void {
  const { start, count } = pdf.bufferedPageRange();
  const one = (text: string, width: number) => firstLine(pdf, spellText(text, language), width);
  const right = one(subtitle, contentWidth * 0.5);
  const left = one(title, contentWidth - (right?.width ?? 0) - 16);
  for (let at = 0; at < count; at += 1) {
    pdf.switchToPage(start + at);
    const number = one(documentTexts[language].pageOf(at + 1, count), contentWidth);
    if (at > 0) {
      artifact(pdf, "Top", () => {
        put(pdf, left, HEAD_Y);
        put(pdf, right, HEAD_Y, contentWidth);
        rule(pdf, HEAD_Y + 15);
      });
    }
    artifact(pdf, "Bottom", () => put(pdf, number, FOOT_Y, contentWidth));
  }
}

function artifact(pdf: Pdf, attached: "Top" | "Bottom", draw: () => void): void {
  asArtifact(pdf, draw, { type: "Pagination", attached: [attached] });
}

function put(pdf: Pdf, line: TextLine | undefined, y: number, alignEnd?: number): void {
  if (line === undefined) return;
  const where = { x: page.side, y, style: styles.furniture, colour: colours.soft };
  drawLine(pdf, line, { ...where, ...(alignEnd === undefined ? {} : { alignEnd }) });
}

function rule(pdf: Pdf, y: number): void {
  pdf
    .moveTo(page.side, y)
    .lineTo(page.width - page.side, y)
    .lineWidth(0.5)
    .strokeColor(colours.rule)
    .stroke();
}

/** As much of a text as fits on one line, and a sign that there is more. */
function firstLine(pdf: Pdf, text: string, width: number): TextLine | undefined {
  const whole = breakLines(pdf, [{ text, look: "plain" }], width, styles.furniture);
  if (whole.length < 2) return whole[0];
  const [cut] = breakLines(pdf, [{ text, look: "plain" }], width - 8, styles.furniture);
  const said = `${cut?.parts.map((part) => part.text).join("") ?? ""}…`;
  return breakLines(pdf, [{ text: said, look: "plain" }], width, styles.furniture)[0];
}
