/** The data map of Moodle that ships with this package. */
import { readFileSync } from "node:fs";
import { type DataMap, parseDataMap, withProjects } from "@preau/data-map";

const FILE = "moodle-4.5.yaml";
const PROJECTS = "moodle-4.5-projects.yaml";

let shipped: DataMap | undefined;

/**
 * The map for Moodle 4.5 to 5.1, read at the first call; what a site does not have is skipped.
 * @throws DATA_MAP_INVALID
 */
export function moodleMap(): DataMap {
  shipped ??= withProjects(parseDataMap(textOf(FILE), FILE), textOf(PROJECTS), PROJECTS);
  return shipped;
}

function textOf(file: string): string {
  return readFileSync(new URL(`../maps/${file}`, import.meta.url), "utf8");
}
