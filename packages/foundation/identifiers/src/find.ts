/** Finding identifiers in running text: a bounded shape first, the identifier's own check second. */

/** Where a value stands: UTF-16 offsets, `end` exclusive. */
export interface Found<T> {
  readonly start: number;
  readonly end: number;
  readonly value: T;
}

/**
 * Everything of that shape that parses, left to right, not overlapping. The shape must be global and of bounded length, so that
 * the work grows with the text. What does not parse is passed by one character, lest it hide a neighbour.
 */
export function findAll<T>(
  text: string,
  shape: RegExp,
  parse: (candidate: string) => T | undefined,
): readonly Found<T>[] {
  const found: Found<T>[] = [];
  const pattern = new RegExp(shape.source, shape.flags);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const value = parse(match[0]);
    if (value === undefined) {
      pattern.lastIndex = match.index + 1;
      continue;
    }
    found.push({ start: match.index, end: match.index + match[0].length, value });
  }
  return found;
}
