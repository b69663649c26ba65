/**
 * The texts that a file holds, as far as they can be read without a program of its own: plain text in UTF-8, UTF-16 or
 * Latin-1, mails, the XML within office documents and other ZIP archives, PDF, gzip. Bounded; what is locked, lies too
 * deep, opens to too much, or is packed in another way is said to be unread.
 */
import { gunzipSync, inflateRawSync } from "node:zlib";
import { OpenBudget } from "./open-budget.ts";
import { somePdfText } from "./pdf-texts.ts";

const LAYERS = 3;
const TEXT_ENTRY =
  /\.(?:xml|rels|txt|html?|xhtml|csv|tsv|json|md|tex|rtf|svg|js|css|ics|vcf|eml|log)$|(?:^|\/)[^.]+$/i;
const PACKED_ENTRY = /\.(?:zip|docx|xlsx|pptx|od[tsp]|epub|h5p|gz|pdf|rar|7z)$/i;
/** Archives in forms that are not opened. */
const OTHER_ARCHIVE = ["7z\u00bc\u00af", "Rar!"];
const MAIL = /^content-transfer-encoding:\s*(?:base64|quoted-printable)/im;
const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;
/** RFC 5322 ends a line at 998 characters. */
const LONGEST_LINE = 1_000;

/** `named`: a text was one of those looked for. `unread`: none was, and there is more than was read. */
export type Looked = "named" | "clear" | "unread";

/** Whether a file's text is packed, by its first bytes: its bytes alone say nothing of it. */
export function isPacked(head: Buffer): boolean {
  const first = head.toString("latin1", 0, 4);
  return ["PK\u0003\u0004", "%PDF", ...OTHER_ARCHIVE].includes(first) || first.startsWith("\u001f\u008b");
}

/** Looks at each text of a file until one is. */
export function lookIntoFile(bytes: Buffer, is: (text: string) => boolean): Looked {
  const budget = new OpenBudget();
  if (someText(bytes, { is, budget, layers: LAYERS })) return "named";
  return budget.unread ? "unread" : "clear";
}

interface Look {
  readonly is: (text: string) => boolean;
  readonly budget: OpenBudget;
  readonly layers: number;
}

function someText(bytes: Buffer, look: Look): boolean {
  const { is, budget, layers } = look;
  const head = bytes.toString("latin1", 0, 4);
  const isZip = head === "PK\u0003\u0004";
  const isGzip = head.startsWith("\u001f\u008b");
  if (OTHER_ARCHIVE.includes(head) || ((isZip || isGzip) && layers <= 0)) {
    budget.unread = true;
    return false;
  }
  const inner = { ...look, layers: layers - 1 };
  if (isZip) return someZipText(bytes, inner);
  if (isGzip) return someText(budget.open(bytes, gunzipSync), inner);
  if (head === "%PDF") return somePdfText(bytes, is, budget);
  if (head.startsWith("\u00ff\u00fe")) return is(bytes.toString("utf16le"));
  if (head.startsWith("\u00fe\u00ff"))
    return is(
      Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
        .swap16()
        .toString("utf16le"),
    );
  const text = bytes.toString("utf8");
  // Bytes that are no UTF-8 may be Latin-1.
  if (is(text) || (text.includes("\uFFFD") && is(bytes.toString("latin1")))) return true;
  return layers > 0 && MAIL.test(text) && someMailText(text, inner);
}

/** The parts of a mail (RFC 2045) in which its text is written in other signs. */
function someMailText(text: string, look: Look): boolean {
  const quoted = text
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/(?:=[0-9A-Fa-f]{2})+/g, (run) =>
      Buffer.from(run.replaceAll("=", ""), "hex").toString("utf8"),
    );
  if (look.is(quoted)) return true;
  let lines: string[] = [];
  for (const line of [...text.split(/\r?\n/), ""]) {
    if (BASE64_LINE.test(line.slice(0, LONGEST_LINE))) {
      if (line.length > LONGEST_LINE) look.budget.unread = true;
      lines.push(line);
      continue;
    }
    if (lines.length === 0) continue;
    const part = Buffer.from(lines.join(""), "base64");
    lines = [];
    if (!look.budget.takePart() || !look.budget.take(part.length)) return false;
    if (someText(part, look)) return true;
  }
  return false;
}

function someZipText(bytes: Buffer, look: Look): boolean {
  for (const { name, content } of zipEntries(bytes, look.budget)) {
    if (look.is(name)) return true;
    const isText = TEXT_ENTRY.test(name);
    if (!isText && !PACKED_ENTRY.test(name)) continue;
    const inner = content();
    if (isText ? look.is(inner.toString("utf8")) : someText(inner, look)) return true;
  }
  return false;
}

interface ZipEntry {
  readonly name: string;
  readonly content: () => Buffer;
}

/** By the directory at the end of the archive (PKWARE APPNOTE 4.3.12). Archives of more than 4 GiB are left. */
function* zipEntries(bytes: Buffer, budget: OpenBudget): Generator<ZipEntry> {
  const end = bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  const count = end < 0 || end + 20 > bytes.length ? undefined : bytes.readUInt16LE(end + 10);
  let at = count === undefined ? bytes.length : bytes.readUInt32LE(end + 16);
  for (let index = 0; count === undefined || index < count; index += 1) {
    if (count === undefined || at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) {
      budget.unread = true;
      return;
    }
    if (!budget.takePart()) return;
    const isLocked = (bytes.readUInt16LE(at + 8) & 1) === 1;
    if (isLocked) budget.unread = true;
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const nameSize = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameSize);
    at += 46 + nameSize + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    yield { name, content: () => contentAt(bytes, { local, packed, method, isLocked }, budget) };
  }
}

interface Place {
  readonly local: number;
  readonly packed: number;
  readonly method: number;
  readonly isLocked: boolean;
}

function contentAt(bytes: Buffer, { local, packed, method, isLocked }: Place, budget: OpenBudget): Buffer {
  if (isLocked) return Buffer.alloc(0);
  if (local + 30 > bytes.length || (method !== 0 && method !== 8)) {
    budget.unread = true;
    return Buffer.alloc(0);
  }
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + packed);
  if (method === 8) return budget.open(data, inflateRawSync);
  return budget.take(data.length) ? data : Buffer.alloc(0);
}
