/** A map's words from their YAML, and as the face of exports gives them. */
import type { ColumnWords, RecordWords, TableWords } from "@preau/kernel";
import type { DataMap } from "./map-schema.ts";
import { type MapFinding, readYaml } from "./parse-map.ts";
import { type MapWords, mapWordsSchema, type TitleOf } from "./record-words-schema.ts";

/**
 * Reads and checks the words of a map.
 * @param file its name, for the place of errors
 * @throws DATA_MAP_INVALID with `file:line:column` when the file is no words, or speaks of tables that the map does not know
 */
export function parseMapWords(source: string, map: DataMap, file = "words of the map"): MapWords {
  return readYaml(source, file, mapWordsSchema, (words) => lintWords(words, map));
}

function lintWords(words: MapWords, map: DataMap): readonly MapFinding[] {
  const findings: MapFinding[] = [];
  if (words.map !== map.id)
    findings.push({ path: ["map"], message: `are the words of another map than ${map.id}` });
  const categories = new Set(Object.values(map.tables).map(({ category }) => category));
  for (const category of Object.keys(words.categories))
    if (!categories.has(category))
      findings.push({ path: ["categories", category], message: "no table of the map has it" });
  for (const [name, table] of Object.entries(words.tables)) {
    const known = map.tables[name];
    if (known === undefined) {
      findings.push({ path: ["tables", name], message: "the map does not know this table" });
      continue;
    }
    for (const [column, reference] of Object.entries(table.goesWith))
      if (column === reference)
        findings.push({ path: ["tables", name, "goesWith", column], message: "goes with itself" });
  }
  const persons = map.subject.table;
  const titles = [words.names, ...Object.values(words.tables).map(({ names }) => names)];
  const isPerson = (title: TitleOf) =>
    title.table === persons || ("of" in title && title.of?.table === persons);
  if (titles.some((names) => Object.values(names).some((list) => list.some(isPerson))))
    findings.push({
      path: ["names"],
      message: `${persons} holds persons: what a reference is called is never a person`,
    });
  return findings;
}

/** The words by the names that tables have on a site. */
export function recordWordsOf(words: MapWords, tablePrefix: string): RecordWords {
  const tables: Record<string, TableWords> = {};
  for (const [name, { title, columns }] of Object.entries(words.tables)) {
    if (title === undefined) continue;
    tables[tablePrefix + name] = {
      title,
      columns: Object.fromEntries(
        Object.entries(columns).map(([column, { fr, en, form, choices }]): [string, ColumnWords] => [
          column,
          {
            title: { fr, en },
            ...(form === undefined ? {} : { form }),
            ...(choices === undefined ? {} : { choices }),
          },
        ]),
      ),
    };
  }
  return { tables, categories: words.categories };
}
