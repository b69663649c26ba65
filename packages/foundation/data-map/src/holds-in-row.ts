/** A condition of a map, asked of a row that has been read. */
import type { JsonObject } from "@preau/kernel";
import type { Where } from "./map-words.ts";

/** Whether each column has the value, or one of the values; numbers and their texts are the same. */
export function holdsInRow(condition: Where | undefined, row: JsonObject): boolean {
  return Object.entries(condition ?? {}).every(([column, wanted]) => {
    const value = row[column] ?? null;
    if (typeof value === "object") return value === null && [wanted].flat().includes(null);
    return [wanted]
      .flat()
      .some(
        (each) => each !== null && String(value) === String(typeof each === "boolean" ? Number(each) : each),
      );
  });
}
