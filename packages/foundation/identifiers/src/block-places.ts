/** "collège Jean Moulin", "Saint-Denis", "Victor Hugo", "Louis XIV" name nobody of this school. */
import { type NameReader, NUMERAL } from "./name-reader.ts";
import { isFamous } from "./name-signs.ts";
import { CIVILITY, PARTICLE, PLACE_AFTER, PLACE_BEFORE, PLACE_LINK } from "./word-classes.ts";

const SAINT = /^(?:saint|sainte|st|ste|san|santa|sao)$/;
const LONGEST = 5;

export function blockPlaces(reader: NameReader, index: number): void {
  if (!reader.isLarge(index) || reader.isBlocked(index)) return;
  const { words } = reader;
  if (reader.isClose(index - 1) && SAINT.test(words[index - 1]?.low ?? "") && !reader.is(index - 2, CIVILITY))
    reader.block(index, index);
  const last = lastOfRun(reader, index);
  if (houseBefore(reader, index) || houseAfter(reader, index, last)) {
    reader.block(index, last);
    return;
  }
  if (NUMERAL.test(words[index + 1]?.text ?? "") && reader.gap(index) === " ") reader.block(index, index + 1);
  let squeezed = "";
  for (let each = index; each <= index + LONGEST && each < words.length; each += 1) {
    squeezed += words[each]?.low ?? "";
    if (each > index && isFamous(squeezed)) reader.block(index, each);
    if (!reader.isClose(each)) return;
  }
}

/** The words written large that go on from there, over particles. */
function lastOfRun(reader: NameReader, index: number): number {
  let last = index;
  while (last < index + LONGEST && reader.isClose(last)) {
    if (reader.isLarge(last + 1)) last += 1;
    else if (reader.is(last + 1, PARTICLE) && reader.isClose(last + 1) && reader.isLarge(last + 2)) last += 2;
    else break;
  }
  return last;
}

function houseBefore(reader: NameReader, index: number): boolean {
  let before = index - 1;
  while (before > index - 4 && reader.is(before, PLACE_LINK) && reader.isClose(before)) before -= 1;
  return reader.is(before, PLACE_BEFORE) && /^[ '-]+$/.test(reader.gap(before));
}

function houseAfter(reader: NameReader, index: number, last: number): boolean {
  for (let each = index + 1; each <= last; each += 1) if (reader.is(each, PLACE_AFTER)) return true;
  return reader.gap(last) === " " && reader.is(last + 1, PLACE_AFTER);
}
