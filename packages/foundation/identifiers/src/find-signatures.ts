/** Who signed: the short lines after a closing, and a last line that is nothing but a name. */
import type { NameReader } from "./name-reader.ts";
import { CLOSINGS } from "./name-signs.ts";
import { ORDINARY } from "./word-classes.ts";

const MOST_LINES = 4;
const MOST_WORDS = 5;

export function markSignatures(reader: NameReader): void {
  const { plain, words } = reader;
  CLOSINGS.lastIndex = 0;
  let first = 0;
  for (let closing = CLOSINGS.exec(plain); closing !== null; closing = CLOSINGS.exec(plain)) {
    const after = closing.index + closing[0].length;
    while (first < words.length && (words[first]?.start ?? 0) < after) first += 1;
    if (first === words.length) break;
    markLines(reader, first, plain.slice(after, words[first]?.start).includes("\n"));
  }
  lastLine(reader);
}

function markLines(reader: NameReader, first: number, fresh: boolean): void {
  const { words } = reader;
  let index = first;
  for (let line = 0; line < MOST_LINES && index < words.length; line += 1) {
    const start = index;
    while (index + 1 < words.length && !reader.gap(index).includes("\n")) index += 1;
    const size = index - start + 1;
    index += 1;
    if (size > MOST_WORDS) {
      if (line > 0 || fresh) return;
      continue;
    }
    const small = (line > 0 || fresh) && size <= 3;
    for (let each = start; each < start + size; each += 1) {
      const word = words[each];
      if (word === undefined) continue;
      if (
        reader.isNameLike(each) ||
        reader.isGivenLarge(each) ||
        (small && word.shape === "low" && word.text.length > 1 && !reader.is(each, ORDINARY))
      )
        reader.mark(each);
    }
  }
}

function lastLine(reader: NameReader): void {
  const { plain, words } = reader;
  let first = words.length - 1;
  while (first > 0 && !reader.gap(first - 1).includes("\n")) first -= 1;
  if (first <= 0 || words.length - first > 3) return;
  if (/[?!:]/.test(plain.slice(words[first]?.start))) return;
  let all = true;
  for (let index = first; index < words.length; index += 1) all &&= reader.isNameLike(index);
  if (all) for (let index = first; index < words.length; index += 1) reader.mark(index);
}
