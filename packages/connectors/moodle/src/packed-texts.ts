/**
 * The texts that a file holds, as far as they can be read without a program of its own: plain text in UTF-8, UTF-16 or
 * Latin-1, the XML within office documents and other ZIP archives, the strings of a PDF's pages, gzip. Bounded: what
 * opens to more than `MOST` bytes, or lies deeper than three layers, is left.
 */
import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

const MOST = 48 * 1024 * 1024;
const MOST_ENTRIES = 5_000;
const LAYERS = 3;
const TEXT_ENTRY =
  /\.(?:xml|rels|txt|html?|xhtml|csv|tsv|json|md|tex|rtf|svg|js|css|ics|vcf|eml|log)$|(?:^|\/)[^.]+$/i;

/** Calls for each text until one is true; whether one was. */
export function someText(bytes: Buffer, is: (text: string) => boolean, layers = LAYERS): boolean {
  const head = bytes.toString("latin1", 0, 4);
  if (head === "PK\u0003\u0004") return layers > 0 && someZipText(bytes, is, layers - 1);
  if (head.startsWith("\u001f\u008b"))
    return layers > 0 && someText(opened(bytes, gunzipSync), is, layers - 1);
  if (head === "%PDF") return somePdfText(bytes, is);
  if (head.startsWith("\u00ff\u00fe")) return is(bytes.toString("utf16le"));
  if (head.startsWith("\u00fe\u00ff")) return is(swapped(bytes).toString("utf16le"));
  const text = bytes.toString("utf8");
  // Bytes that are no UTF-8 may be Latin-1.
  return is(text) || (text.includes("\uFFFD") && is(bytes.toString("latin1")));
}

function someZipText(bytes: Buffer, is: (text: string) => boolean, layers: number): boolean {
  let size = 0;
  for (const { name, content } of zipEntries(bytes)) {
    if (is(name)) return true;
    const isText = TEXT_ENTRY.test(name);
    if (!isText && !/\.(?:zip|docx|xlsx|pptx|od[tsp]|epub|h5p|gz|pdf)$/i.test(name)) continue;
    const inner = content();
    size += inner.length;
    if (size > MOST) return false;
    if (isText ? is(inner.toString("utf8")) : someText(inner, is, layers)) return true;
  }
  return false;
}

interface ZipEntry {
  readonly name: string;
  readonly content: () => Buffer;
}

/** By the directory at the end of the archive (PKWARE APPNOTE 4.3.12). Archives of more than 4 GiB are left. */
function* zipEntries(bytes: Buffer): Generator<ZipEntry> {
  const end = bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  if (end < 0 || end + 20 > bytes.length) return;
  let at = bytes.readUInt32LE(end + 16);
  for (let count = 0; count < MOST_ENTRIES && at + 46 <= bytes.length; count += 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) return;
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const nameSize = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameSize);
    at += 46 + nameSize + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const content = () => {
      if (local + 30 > bytes.length) return Buffer.alloc(0);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const data = bytes.subarray(start, start + packed);
      return method === 0 ? data : method === 8 ? opened(data, inflateRawSync) : Buffer.alloc(0);
    };
    yield { name, content };
  }
}

/** Strings of a PDF: those of its information, and those that its pages show, packed or not. */
function somePdfText(bytes: Buffer, is: (text: string) => boolean): boolean {
  if (is(stringsOf(bytes.toString("latin1")))) return true;
  for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", at + 6)) {
    if (bytes.toString("latin1", at - 3, at) === "end") continue;
    const start = at + 6 + (bytes[at + 6] === 13 ? 2 : 1);
    const end = bytes.indexOf("endstream", start);
    if (end < 0) return false;
    const strings = stringsOf(opened(bytes.subarray(start, end), inflateSync).toString("latin1"));
    if (strings !== "" && is(strings)) return true;
    at = end;
  }
  return false;
}

/** Pieces of one word stand in one bracket; a move to another place, or another line, is a space. */
function stringsOf(code: string): string {
  let out = "";
  for (const [piece] of code.matchAll(
    /\((?:\\[^]|[^\\()])*\)|<[0-9A-Fa-f\s]{4,}>|\b(?:Td|TD|Tm|T\*|ET)\b|[\]'"]/g,
  )) {
    if (piece.startsWith("(")) out += literal(piece.slice(1, -1));
    else if (piece.startsWith("<")) out += hexadecimal(piece.slice(1, -1));
    else if (piece.startsWith("T") || piece === "ET") out += " ";
  }
  return out;
}

function literal(text: string): string {
  const plain = text
    .replace(/\\(\d{1,3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8) & 255))
    .replace(/\\\r?\n/g, "")
    .replace(/\\([^])/g, "$1");
  return plain.startsWith("\u00fe\u00ff") ? swapped(Buffer.from(plain, "latin1")).toString("utf16le") : plain;
}

function hexadecimal(text: string): string {
  const bytes = Buffer.from(text.replaceAll(/\s/g, ""), "hex");
  return bytes.length % 2 === 0 && bytes.length > 1 && bytes[0] === 0
    ? swapped(bytes).toString("utf16le")
    : bytes.toString("latin1");
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}

/** Empty for what is broken, or opens to more than is read. */
function opened(bytes: Buffer, by: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer): Buffer {
  try {
    return by(bytes, { maxOutputLength: MOST });
  } catch {
    return Buffer.alloc(0);
  }
}
