/**
 * The texts of a PDF (ISO 32000): strings of its information and its pages, its metadata, and the glyph numbers of
 * embedded fonts by the table with which readers copy text (`ToUnicode`). Pictures and fonts are passed over.
 */
import { inflateSync } from "node:zlib";
import type { OpenBudget } from "./open-budget.ts";

/** Fonts of one document whose tables are tried. */
const MOST_FONTS = 64;
const PASSED_OVER =
  /\/Subtype\s*\/Image\b|\/Length1\b|\/FontFile|\/Subtype\s*\/(?:Type1C|CIDFontType0C|OpenType)\b/;
const PIECE =
  /\((?:\\[^]|[^\\()]){0,32000}\)|<[0-9A-Fa-f\s]{2,64000}>|(-?[\d.]{1,20})\s{1,8}T[dD]\b|\b(?:T[dDm]\b|T\*|ET\b)|[\]'"]/g;
/** Words, or letters of one word: which, the distance says. Both are tried. */
const MOVES_ON_THE_LINE = /\s-?0+(?:\.0*)?\s+T[dD]\b/;
const LONGEST_DICTIONARY = 2_000;

/** Glyph number → text; numbers take one byte or two. */
interface Font {
  readonly width: 1 | 2;
  readonly texts: ReadonlyMap<number, string>;
}

/** Calls for each text until one is true; whether one was. What was not read, `budget` knows. */
export function somePdfText(bytes: Buffer, is: (text: string) => boolean, budget: OpenBudget): boolean {
  const raw = bytes.toString("latin1");
  if (/\/Encrypt\s{1,8}\d{1,10}\s{1,8}\d{1,5}\s{1,8}R/.test(raw)) budget.unread = true;
  for (let at = raw.indexOf("<?xpacket begin"); at >= 0; at = raw.indexOf("<?xpacket begin", at)) {
    const end = raw.indexOf("<?xpacket end", at);
    if (end < 0) break;
    if (is(bytes.toString("utf8", at, end))) return true;
    at = end;
  }
  const streams = [raw, ...streamsOf(bytes, raw, budget)];
  const fonts = streams.flatMap((stream) => fontOf(stream) ?? []);
  if (fonts.length > MOST_FONTS) budget.unread = true;
  for (const stream of streams) {
    for (const font of [undefined, ...fonts.slice(0, MOST_FONTS)]) {
      // Each font is one more reading of the whole stream.
      if (font !== undefined && !budget.take(Math.ceil(stream.length / 8))) return false;
      for (const beside of MOVES_ON_THE_LINE.test(stream) ? ["", " "] : [""]) {
        const text = stringsOf(stream, font, beside);
        if (/\S/.test(text) && is(text)) return true;
      }
    }
  }
  return false;
}

function streamsOf(bytes: Buffer, raw: string, budget: OpenBudget): readonly string[] {
  const streams: string[] = [];
  for (let at = raw.indexOf("stream"); at >= 0; at = raw.indexOf("stream", at + 6)) {
    const start = at + 6 + (bytes[at + 6] === 13 ? 2 : 1);
    const end = raw.indexOf("endstream", start);
    if (end < 0) break;
    const dictionary = raw.slice(Math.max(0, at - LONGEST_DICTIONARY), at);
    const own = dictionary.slice(dictionary.lastIndexOf(" obj") + 1);
    at = end + 3;
    if (PASSED_OVER.test(own)) continue;
    const opened = budget.open(bytes.subarray(start, end), inflateSync);
    if (opened.length > 0) streams.push(opened.toString("latin1"));
  }
  return streams;
}

/** The table of a font; undefined for what is none. */
function fontOf(stream: string): Font | undefined {
  if (!stream.includes("begincmap")) return undefined;
  const texts = new Map<number, string>();
  const lines = /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>(?:\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\]))?/g;
  for (const [, kind, block = ""] of stream.matchAll(/beginbf(char|range)([^]*?)endbf/g)) {
    for (const [, from = "", to = "", first, list] of block.matchAll(
      kind === "char" ? /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g : lines,
    )) {
      const start = Number.parseInt(from, 16);
      if (kind === "char") texts.set(start, wide(to));
      const last = Math.min(Number.parseInt(to, 16), start + 0xffff);
      if (kind !== "range") continue;
      const each = [...(list ?? "").matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, text = ""]) => wide(text));
      const base = first === undefined ? undefined : wide(first);
      for (let code = start; code <= last; code += 1) {
        const text =
          base === undefined
            ? each[code - start]
            : base.slice(0, -1) + String.fromCharCode(base.charCodeAt(base.length - 1) + code - start);
        if (text !== undefined) texts.set(code, text);
      }
    }
  }
  const [, bound = "0000"] = /begincodespacerange\s*<([0-9A-Fa-f]+)>/.exec(stream) ?? [];
  return { width: bound.length <= 2 ? 1 : 2, texts };
}

/** Pieces of one word stand in one bracket, or beside each other; another line is a space. @param beside between moves on one line */
function stringsOf(code: string, font: Font | undefined, beside: string): string {
  let out = "";
  for (const [piece, down] of code.matchAll(PIECE)) {
    if (piece.startsWith("(")) out += shown(literal(piece.slice(1, -1)), font);
    else if (piece.startsWith("<")) out += shown(Buffer.from(piece.replaceAll(/[\s<>]/g, ""), "hex"), font);
    else if (down !== undefined && Number(down) === 0) out += beside;
    else if (piece.endsWith("d") || piece.endsWith("D") || piece.startsWith("T") || piece === "ET")
      out += " ";
  }
  return out;
}

function shown(bytes: Buffer, font: Font | undefined): string {
  if (font === undefined) {
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return wide(bytes.toString("hex", 2));
    return bytes.length > 1 && bytes[0] === 0 ? wide(bytes.toString("hex")) : bytes.toString("latin1");
  }
  let out = "";
  for (let at = 0; at + font.width <= bytes.length; at += font.width)
    out += font.texts.get(font.width === 1 ? (bytes[at] ?? 0) : bytes.readUInt16BE(at)) ?? "";
  return out;
}

function literal(text: string): Buffer {
  const plain = text
    .replace(/\\(\d{1,3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8) & 255))
    .replace(/\\\r?\n/g, "")
    .replace(/\\([^])/g, "$1");
  return Buffer.from(plain, "latin1");
}

/** UTF-16, most significant byte first, in hexadecimal. */
function wide(hexadecimal: string): string {
  const bytes = Buffer.from(hexadecimal, "hex");
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    .swap16()
    .toString("utf16le");
}
