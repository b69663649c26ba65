/** What a reader calls the parts of the map that ships with this package. */
import { readFileSync } from "node:fs";
import { type DataMap, type MapWords, parseMapWords } from "@preau/data-map";

const FILE = "moodle-4.5-words.yaml";

const read = new WeakMap<DataMap, MapWords>();

/**
 * The words, read at the first call with a map.
 * @param map the map that ships with this package, or one that extends it
 * @throws DATA_MAP_INVALID
 */
export function moodleWords(map: DataMap): MapWords {
  const known = read.get(map);
  if (known !== undefined) return known;
  const words = parseMapWords(readFileSync(new URL(`../maps/${FILE}`, import.meta.url), "utf8"), map, FILE);
  read.set(map, words);
  return words;
}
