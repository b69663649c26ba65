/** The fields of a request against what the stores say that they hold. @clause S14 */
import type { Bilingual, ControllerId, Ports } from "@preau/kernel";

const FIELD = /^[A-Za-z0-9_.:-]{1,64}\.[A-Za-z0-9_:-]{1,64}$/;
export const MOST_FIELDS = 200;

type Sources = Pick<Ports, "sources">;

/** In order, once each; undefined for a list that is empty, too long, or no list of places. */
export function readFields(text: string): readonly string[] | undefined {
  const fields = [...new Set(text.split(/[\s,;]+/).filter((each) => each !== ""))].sort();
  return fields.length === 0 || fields.length > MOST_FIELDS || !fields.every((each) => FIELD.test(each))
    ? undefined
    : fields;
}

function splitField(field: string): readonly [table: string, column: string] {
  const dot = field.lastIndexOf(".");
  return [field.slice(0, dot), field.slice(dot + 1)];
}

/** Stores that hold data of this controller. */
function storesOf({ sources }: Sources, controller: ControllerId) {
  return [...sources.values()].filter(({ source }) => {
    const owner = source.describe().controller;
    return owner === undefined || owner === controller;
  });
}

/**
 * The first field that no store has. What stands in a table that a store has words for must be a column that it names;
 * a table without words is taken only while some store keeps its own to itself.
 */
export function unknownField(
  ports: Sources,
  controller: ControllerId,
  fields: readonly string[],
): string | undefined {
  const stores = storesOf(ports, controller);
  const silent = stores.length === 0 || stores.some(({ exports }) => exports?.words === undefined);
  return fields.find((field) => {
    const [table, column] = splitField(field);
    const tables = stores.flatMap(({ exports }) => exports?.words?.tables[table] ?? []);
    return tables.length === 0 ? !silent : !tables.some(({ columns }) => columns[column] !== undefined);
  });
}

/** What a field is called, where a store says it: its table's title and its own. */
export function titleOfField(
  ports: Sources,
  controller: ControllerId,
  field: string,
): readonly [table: Bilingual, column: Bilingual] | undefined {
  const [table, column] = splitField(field);
  for (const { exports } of storesOf(ports, controller)) {
    const words = exports?.words?.tables[table];
    const title = words?.columns[column]?.title;
    if (words !== undefined && title !== undefined) return [words.title, title];
  }
  return undefined;
}
