/** Conditions of a map as SQL: every name quoted by knex (`??`), every value bound or a checked whole number. */
import type { Parent, Scalar, Where } from "./map-schema.ts";
import type { ColumnClass } from "./read-schema.ts";

/** A piece of SQL with its bindings, as `knex.raw` takes it. */
export interface Sql {
  readonly text: string;
  readonly bindings: readonly (string | number | null)[];
}

/** Keys of the persons of a plan, as the person table has them: whole numbers, or texts. */
export type SubjectKeys = readonly (number | string)[];

interface Selector {
  readonly by: string;
  readonly where?: Where | undefined;
  readonly of?: Parent | undefined;
}

/** A selector that a site's schema has been read for: where the persons' keys stand at its end, and as what. */
export interface Located extends Selector {
  readonly end?: { readonly table: string; readonly column: string; readonly is: ColumnClass };
}

/** Whom statements are about. */
export interface KeyScope {
  readonly keys: SubjectKeys;
  /** Of the site's tables, for parents. */
  readonly prefix: string;
  /** Of a large plan: the only keys that stand in a column now, by `table.column`. */
  readonly narrowed?: ReadonlyMap<string, SubjectKeys> | undefined;
}

/** Rows that refer to one of the persons. */
export function refersTo(selector: Located, scope: KeyScope): Sql {
  const { end } = selector;
  const keys = (end && scope.narrowed?.get(`${end.table}.${end.column}`)) ?? scope.keys;
  if (keys.length === 0) return { text: "1 = 0", bindings: [] };
  return chain(selector, keys, scope.prefix, end?.is);
}

function chain(selector: Selector, keys: SubjectKeys, prefix: string, is: ColumnClass | undefined): Sql {
  const own =
    selector.of === undefined
      ? isOneOf(selector.by, keys, is)
      : joinSql(
          [
            {
              text: "?? in (select ?? from ?? where ",
              bindings: [selector.by, selector.of.column, prefix + selector.of.table],
            },
            chain(selector.of, keys, prefix, is),
            { text: ")", bindings: [] },
          ],
          "",
        );
  return joinSql([own, ...whereParts(selector.where)], " and ");
}

const WHOLE_NUMBER = /^-?\d{1,20}$/;
/** Texts without any sign of SQL, of knex or of escapes: they are written out too. */
const HARMLESS = /^[A-Za-z0-9_.@:+-]{1,255}$/;
/** MariaDB makes a list of 1,000 values and more into a join, which it plans badly below other conditions. */
const MOST_IN_A_LIST = 999;
/** A longer list stays whole: many short ones would be searched one after the other for each row. */
const MOST_IN_PARTS = 6_000;
const written = new WeakMap<SubjectKeys, Map<string, Lists>>();

/**
 * A column whose value is one of the keys. Whole numbers are written out: a plan of thousands of persons would run out of
 * bindings, and a bound text would be compared with a number as a fraction, without its last digits.
 * @param is what the column holds; absent when its values have the column's own form already
 */
export function isOneOf(column: string, keys: SubjectKeys, is?: ColumnClass): Sql {
  const { lists } = listOf(keys, is);
  if (lists.length === 0) return { text: "1 = 0", bindings: [] };
  const parts = lists.map(({ items, texts: bound }) => ({
    text: `?? in (${items})`,
    bindings: [column, ...bound],
  }));
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : anyOf(parts);
}

interface Lists {
  readonly lists: readonly { readonly items: string; readonly texts: readonly string[] }[];
}

/** Written once: a plan names the same persons in hundreds of conditions. */
function listOf(keys: SubjectKeys, is: ColumnClass | undefined): Lists {
  const forms = written.get(keys) ?? new Map<string, Lists>();
  written.set(keys, forms);
  const form = is ?? "own";
  const known = forms.get(form);
  if (known !== undefined) return known;
  const isNumber = (key: number | string) =>
    typeof key === "number" ? Number.isSafeInteger(key) : is === "number" && WHOLE_NUMBER.test(key);
  const numbers = is === "text" || is === "binary" ? [] : keys.filter(isNumber).map(String);
  const texts =
    is === "number"
      ? []
      : is === undefined
        ? keys.filter((key) => typeof key === "string")
        : keys.map(String);
  const all = [...numbers.map((number) => ({ number })), ...texts.map((text) => ({ text }))];
  const size = all.length > MOST_IN_PARTS ? all.length : MOST_IN_A_LIST;
  const lists = [];
  for (let start = 0; start < all.length; start += size) {
    const some = all.slice(start, start + size);
    lists.push({
      items: some
        .map((each) => ("number" in each ? each.number : HARMLESS.test(each.text) ? `'${each.text}'` : "?"))
        .join(","),
      texts: some.flatMap((each) => ("text" in each && !HARMLESS.test(each.text) ? [each.text] : [])),
    });
  }
  const made = { lists };
  forms.set(form, made);
  return made;
}

export function whereParts(where: Where | undefined): readonly Sql[] {
  return Object.entries(where ?? {}).map(([column, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return anyOf(
      values.map((each) =>
        each === null
          ? { text: "?? is null", bindings: [column] }
          : { text: "?? = ?", bindings: [column, bindable(each)] },
      ),
    );
  });
}

/** Booleans as both databases store them. */
export function bindable(value: Scalar): string | number | null {
  return typeof value === "boolean" ? Number(value) : value;
}

/** Any of the conditions; false for none. */
export function anyOf(parts: readonly Sql[]): Sql {
  if (parts.length === 0) return { text: "1 = 0", bindings: [] };
  const joined = joinSql(parts, ") or (");
  return { text: `((${joined.text}))`, bindings: joined.bindings };
}

/** All of the conditions. */
export function allOf(parts: readonly Sql[]): Sql {
  const joined = joinSql(parts, ") and (");
  return { text: `((${joined.text}))`, bindings: joined.bindings };
}

/** Not true: unlike SQL's NOT, an unknown comparison counts as not true. */
export function notTrue(part: Sql): Sql {
  return { text: `(case when ${part.text} then 0 else 1 end) = 1`, bindings: part.bindings };
}

export function joinSql(parts: readonly Sql[], between: string): Sql {
  return {
    text: parts.map((part) => part.text).join(between),
    bindings: parts.flatMap((part) => part.bindings),
  };
}

/** Characters of one statement, well below what servers take. */
const MOST_TEXT = 4_000_000;

export interface Union extends Sql {
  readonly parts: number;
}

/** Parts of a union in statements of at most `most` parts each; fewer where they are long. */
export function* unions(parts: Iterable<Sql>, most: number): Generator<Union> {
  let some: Sql[] = [];
  let size = 0;
  for (const part of parts) {
    if (some.length >= most || (some.length > 0 && size + part.text.length > MOST_TEXT)) {
      yield { ...joinSql(some, " union all "), parts: some.length };
      [some, size] = [[], 0];
    }
    some.push(part);
    size += part.text.length;
  }
  if (some.length > 0) yield { ...joinSql(some, " union all "), parts: some.length };
}
