/** The map that a command works with: the one that ships, or a site's own, and what a file adds to it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type DataMap, extendDataMap, parseDataMap } from "@preau/data-map";
import { moodleMap } from "@preau/moodle";
import { fault } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";

export interface MapFiles {
  /** Instead of the map that ships. */
  readonly map?: string;
  /** `tables:` to add. */
  readonly mapExtra?: string;
}

/** @throws HUB_FILE_UNREADABLE, DATA_MAP_INVALID with line and column */
export function readMoodleMap({ cwd }: Pick<CommandContext, "cwd">, { map, mapExtra }: MapFiles): DataMap {
  const read = (file: string) => {
    try {
      return readFileSync(path.resolve(cwd, file), "utf8");
    } catch (cause) {
      throw fault("HUB_FILE_UNREADABLE", { place: path.basename(file), cause });
    }
  };
  const base = map === undefined ? moodleMap() : parseDataMap(read(map), path.basename(map));
  return mapExtra === undefined ? base : extendDataMap(base, read(mapExtra), path.basename(mapExtra));
}
