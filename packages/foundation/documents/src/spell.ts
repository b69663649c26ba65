/** A piece of a document as text of one language, and how it stands out. Every renderer spells through here. */
import { sayDay, sayDuration } from "@preau/calendar";
import type { Language } from "@preau/kernel";
import { cleanText, typesetFrench } from "./clean-text.ts";
import type { Cell, Line, Piece } from "./document.ts";
import { sayDate, sayFigure, sayMoment, saySiret } from "./say-date.ts";

export type Look = "plain" | "strong" | "soft" | "unknown" | "clause";

export interface Span {
  readonly text: string;
  readonly look: Look;
}

export function spell(piece: Piece, language: Language): Span {
  if (typeof piece === "string") return { text: spellText(piece, language), look: "plain" };
  switch (piece.kind) {
    case "strong":
    case "soft":
    case "unknown":
      return { text: spellText(piece.text, language), look: piece.kind };
    case "clause":
      return { text: cleanText(piece.id), look: "clause" };
    case "day":
      return { text: sayDate(piece.date, language), look: "plain" };
    case "fullDay":
      return { text: sayDay(piece.date, language), look: "plain" };
    case "moment":
      return { text: sayMoment(piece.at, piece.zone, language), look: "plain" };
    case "period":
      return { text: sayDuration(piece.duration, language), look: "plain" };
    case "figure":
      return { text: sayFigure(piece.number, language), look: "plain" };
    case "siret":
      return { text: saySiret(cleanText(piece.digits)), look: "plain" };
  }
}

export function spellText(text: string, language: Language): string {
  const clean = cleanText(text);
  return language === "fr" ? typesetFrench(clean) : clean;
}

/** The text of a line, without its looks. */
export function spellLine(line: Line, language: Language): string {
  return line.map((piece) => spell(piece, language).text).join("");
}

/** The lines that hold something. */
export function linesOf(cell: Cell): Cell {
  return cell.filter((line) => line.some((piece) => piece !== ""));
}
