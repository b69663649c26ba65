/**
 * Names that people gave, as paths of a package that every stock tool unpacks on Windows, macOS and Linux:
 *
 * - a part never leads out (`..`, absolute, drive letters), is never a device of Windows (`CON`, `aux.txt`), never ends in
 *   a dot or a space, never begins with a dot (hidden), and has none of `< > : " / \ | ? *`;
 * - control characters, and marks that turn the direction of a text around (`exe.fdp` shown as `pdf.exe`), go; letters of
 *   every script stay, in the form NFC;
 * - a part has 255 bytes of UTF-8 at most and keeps its ending, the folders together 600 bytes;
 * - no two paths are one where case, NFC/NFD, width or invisible characters do not count; a file is nobody's folder.
 * @clause DD.2, S8
 */

/** What a package holds already, folded: of a file the number that the next one of this name gets, of a folder 0. */
export type TakenPaths = Map<string, number>;

const MOST_BYTES = 255;
const MOST_FOLDER_BYTES = 600;
const MOST_ENDING_BYTES = 24;
const FOLDER = 0;

const FORBIDDEN = /[<>:"/\\|?*]/gu;
/** Left out: controls, direction marks, zero-width characters but the two joiners that scripts need, no characters at all. */
const UNSEEN =
  /[\p{Noncharacter_Code_Point}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
const BLANKS = /[\p{Cc}\p{Z}]+/gu;
/** Windows drops dots and spaces here; a joiner joins nothing. */
const END = /[. \u200C\u200D]+$/u;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(?:\.|$)/iu;

/**
 * A safe path that nothing else of the package has; it is taken from then on.
 * @param parts folders and name as people wrote them, each one part: a `/` within is no separator
 */
export function safePath(parts: readonly string[], taken: TakenPaths): string {
  const clean = parts.map(safePart);
  const folders: string[] = [];
  let bytes = 0;
  for (const part of clean.slice(0, -1)) {
    bytes += byteLength(part) + 1;
    // A tree deeper than systems open ends here: its files stand together, told apart by their numbers.
    if (bytes > MOST_FOLDER_BYTES) break;
    folders.push(freePart(folders, part, (mark) => mark === undefined || mark === FOLDER));
    taken.set(foldPath(folders.join("/")), FOLDER);
  }
  const name = freePart(folders, clean.at(-1) ?? "_", (mark) => mark === undefined);
  const path = [...folders, name].join("/");
  taken.set(foldPath(path), 2);
  return path;

  function freePart(within: readonly string[], part: string, isFree: (mark?: number) => boolean): string {
    const wanted = foldPath([...within, part].join("/"));
    const mark = taken.get(wanted);
    if (isFree(mark)) return part;
    for (let number = Math.max(2, mark ?? 2); ; number += 1) {
      const numbered = numberedPart(part, number);
      if (!isFree(taken.get(foldPath([...within, numbered].join("/"))))) continue;
      if (mark !== FOLDER) taken.set(wanted, number + 1);
      return numbered;
    }
  }
}

/** Two paths of one fold are one file somewhere: NTFS and APFS know no case, HFS+ no invisible characters. */
export function foldPath(path: string): string {
  return path
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC");
}

function safePart(part: string): string {
  const seen = part
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(UNSEEN, "")
    .replace(BLANKS, " ")
    .replace(FORBIDDEN, "_")
    .normalize("NFC");
  const trimmed = seen
    .replace(/^[ \u200C\u200D]+/u, "")
    .replace(/^\.+/u, "_")
    .replace(END, "");
  // What is left may be seen by nobody: a variation selector alone.
  const name = foldPath(trimmed) === "" ? "_" : trimmed;
  return cutPart(DEVICE.test(name) ? `_${name}` : name, MOST_BYTES);
}

function numberedPart(part: string, number: number): string {
  const [stem, ending] = splitEnding(part);
  const mark = ` (${number})`;
  return `${cutText(stem, MOST_BYTES - byteLength(mark + ending))}${mark}${ending}`;
}

function cutPart(part: string, bytes: number): string {
  if (byteLength(part) <= bytes) return part;
  const [stem, ending] = splitEnding(part);
  return `${cutText(stem, bytes - byteLength(ending))}${ending}`;
}

function splitEnding(part: string): readonly [string, string] {
  const dot = part.lastIndexOf(".");
  const ending = dot < 1 ? "" : part.slice(dot);
  return byteLength(ending) > MOST_ENDING_BYTES
    ? [part, ""]
    : [part.slice(0, part.length - ending.length), ending];
}

/** At most so many bytes, whole characters, no dot or space at the end. */
function cutText(text: string, bytes: number): string {
  let left = bytes;
  let cut = "";
  for (const character of text) {
    left -= byteLength(character);
    if (left < 0) break;
    cut += character;
  }
  return cut.replace(END, "");
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
