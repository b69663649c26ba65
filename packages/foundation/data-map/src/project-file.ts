/** The projects of a map that stand in a file of their own beside it: `projects:` is long where an application is large. */
import { z } from "zod";
import type { DataMap } from "./map-schema.ts";
import { textSchema } from "./map-words.ts";
import { readYaml } from "./parse-map.ts";
import { lintProjects } from "./project-lint.ts";
import { projectsSchema } from "./project-schema.ts";

const fileSchema = projectsSchema.extend({
  /** The id of the map. */
  map: textSchema,
});

/**
 * The map with these projects.
 * @param source the YAML text: `map: ID`, and what would stand under `projects:`
 * @param file its name, for the place of errors
 * @throws DATA_MAP_INVALID with `file:line:column`
 */
export function withProjects(map: DataMap, source: string, file = "projects of the map"): DataMap {
  const { map: id, ...projects } = readYaml(source, file, fileSchema, (value: z.infer<typeof fileSchema>) => [
    ...(value.map === map.id
      ? []
      : [{ path: ["map"], message: `are the projects of another map than ${map.id}` }]),
    // The paths of the findings begin in the map; here they begin in the file.
    ...lintProjects({ ...map, projects: value }).map(({ path, message }) => ({
      path: path.slice(1),
      message,
    })),
  ]);
  return id === map.id ? { ...map, projects } : map;
}
