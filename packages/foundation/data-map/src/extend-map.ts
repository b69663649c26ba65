/**
 * A site's own additions to a map that ships with Préau: a file with `tables:` alone, so that an entry which a stopped
 * plan prints can be added without touching the map itself.
 */
import { lintMap } from "./lint-map.ts";
import { type DataMap, extensionSchema, type MapExtension, type MapTable } from "./map-schema.ts";
import { type MapFinding, readYaml } from "./parse-map.ts";

/**
 * Adds the tables, rows, texts and names of a file to a map. A rule or a word of the file stands beside those of the map;
 * of a column that both speak of, the file's word counts.
 * @param file its name, for the place of errors
 * @throws DATA_MAP_INVALID with `file:line:column`
 */
export function extendDataMap(map: DataMap, source: string, file = "additions to the map"): DataMap {
  let extended = map;
  readYaml(source, file, extensionSchema, (extension) => {
    const findings = Object.entries(extension.tables).flatMap(([name, table]) =>
      lackingIn(map.tables[name], table).map((message): MapFinding => ({ path: ["tables", name], message })),
    );
    if (findings.length > 0) return findings;
    extended = merged(map, extension);
    return lintMap(extended);
  });
  return extended;
}

type Addition = MapExtension["tables"][string];

function lackingIn(known: MapTable | undefined, table: Addition): readonly string[] {
  if (known === undefined) {
    return [
      ...(table.category === undefined ? ["a table that the map does not name needs a category"] : []),
      ...(table.purpose === undefined ? ["a table that the map does not name needs a purpose"] : []),
    ];
  }
  return typeof known.texts === "string" && typeof table.texts === "object"
    ? [`the map's word for all texts of this table is ${known.texts}: give one word for all of them`]
    : [];
}

function merged(map: DataMap, extension: MapExtension): DataMap {
  const tables = { ...map.tables };
  for (const [name, table] of Object.entries(extension.tables)) {
    const known = tables[name];
    const category = table.category ?? known?.category;
    const purpose = table.purpose ?? known?.purpose;
    if (category === undefined || purpose === undefined) continue; // lackingIn has said so
    const texts =
      typeof known?.texts === "object" && typeof table.texts === "object"
        ? { ...known.texts, ...table.texts }
        : (table.texts ?? known?.texts);
    tables[name] = {
      category,
      purpose,
      rows: [...table.rows, ...(known?.rows ?? [])],
      notReferences: [...new Set([...(known?.notReferences ?? []), ...table.notReferences])],
      ...(texts === undefined ? {} : { texts }),
    };
  }
  return { ...map, referenceNames: [...map.referenceNames, ...extension.referenceNames], tables };
}
