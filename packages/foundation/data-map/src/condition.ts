/** Conditions of a map as SQL: every name quoted by knex (`??`), every value bound or a checked whole number. */
import type { Parent, Scalar, Where } from "./map-schema.ts";

/** A piece of SQL with its bindings, as `knex.raw` takes it. */
export interface Sql {
  readonly text: string;
  readonly bindings: readonly (string | number | null)[];
}

/** Keys of the persons of a plan, as the person table has them: whole numbers, or texts. */
export type SubjectKeys = readonly (number | string)[];

export interface Selector {
  readonly by: string;
  readonly where?: Where | undefined;
  readonly of?: Parent | undefined;
}

/** Rows that refer to one of the persons. @param prefix of the site's tables, for parents */
export function refersTo(selector: Selector, keys: SubjectKeys, prefix: string): Sql {
  const own =
    selector.of === undefined
      ? isOneOf(selector.by, keys)
      : joinSql(
          [
            {
              text: "?? in (select ?? from ?? where ",
              bindings: [selector.by, selector.of.column, prefix + selector.of.table],
            },
            refersTo(selector.of, keys, prefix),
            { text: ")", bindings: [] },
          ],
          "",
        );
  return joinSql([own, ...whereParts(selector.where)], " and ");
}

/** A column whose value is one of the persons' keys. */
export function isOneOf(column: string, keys: SubjectKeys): Sql {
  if (keys.length === 0) return { text: "1 = 0", bindings: [] };
  const numbers = keys.filter((key) => Number.isSafeInteger(key));
  const texts = keys.filter((key) => typeof key === "string");
  // Whole numbers are written out: a plan of thousands of persons would run out of bindings.
  const items = [...numbers.map(String), ...texts.map(() => "?")].join(",");
  return { text: `?? in (${items})`, bindings: [column, ...texts] };
}

function whereParts(where: Where | undefined): readonly Sql[] {
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
