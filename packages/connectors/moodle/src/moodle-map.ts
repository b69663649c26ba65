/** The data map of Moodle that ships with this package. */
import { readFileSync } from "node:fs";
import { type DataMap, parseDataMap } from "@preau/data-map";

const FILE = "moodle-4.5.yaml";

/**
 * Reads the map for Moodle 4.5 to 5.1; what a site does not have is skipped.
 * @throws DATA_MAP_INVALID
 */
export function moodleMap(): DataMap {
  return parseDataMap(readFileSync(new URL(`../maps/${FILE}`, import.meta.url), "utf8"), FILE);
}
