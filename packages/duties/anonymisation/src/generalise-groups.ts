/** Values of closed lists: as they are, those that the plan lists, or in the plan's groups. Spellings of one value are one. */
import { type Ladder, type Raw, UNREADABLE } from "./generalise-ladder.ts";

export interface Groups {
  readonly levels: readonly Readonly<Record<string, readonly string[]>>[];
  readonly otherwise?: string | undefined;
}

/** The values as they are: whether they are few enough is seen when all have been read. */
export const plainLadder: Ladder = {
  height: 1,
  base: (value) => foldedOf(value),
  at: (_level, base) => base,
};

export function listLadder(values: readonly string[]): Ladder {
  const known = new Map(values.map((value) => [foldedOf(value), value] as const));
  return {
    height: 1,
    base: (value) => {
      const folded = foldedOf(value);
      return folded === null ? null : (known.get(folded) ?? UNREADABLE);
    },
    at: (_level, base) => base,
  };
}

export function groupLadder({ levels, otherwise }: Groups): Ladder {
  const maps = levels.map(
    (level) =>
      new Map(
        Object.entries(level).flatMap(([group, members]) =>
          members.map((member) => [foldedOf(member), group] as const),
        ),
      ),
  );
  return {
    height: levels.length,
    base: (value) => {
      const folded = foldedOf(value);
      return folded === null ? null : (maps[0]?.get(folded) ?? otherwise ?? UNREADABLE);
    },
    // A group that a level does not name stays as it is.
    at: (level, base) =>
      maps.slice(1, level + 1).reduce((group, map) => map.get(foldedOf(group)) ?? group, base as string),
  };
}

/** `6e A`, `6E  A` and their decomposed forms are one value, and so are 12 and "12"; nothing is no value. */
export function foldedOf(value: Raw): string | null {
  if (value === null) return null;
  const folded = spellingOf(value).toLowerCase();
  return folded === "" ? null : folded;
}

/** Without what is not seen. */
export function spellingOf(value: Exclude<Raw, null>): string {
  return String(value)
    .normalize("NFKC")
    .replaceAll(/\p{Cf}|[\uFE00-\uFE0F]/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
