/**
 * The values that take the place of personal data. A strategy with one fixed value also says which rows still need it,
 * so that what has been done once is not found again.
 */
import { type Id, type Json } from "@preau/kernel";
import type { AnonymiseRule } from "./compile-map.ts";
import { bindable, type Sql } from "./condition.ts";
import type { Scalar, Strategy } from "./map-schema.ts";
import type { SchemaColumn, SchemaTable } from "./read-schema.ts";
import { redactJson } from "./redact-json.ts";

/** What stands for one person in one plan. Made of chance alone: nobody can compute it from the person. */
export interface PersonToken {
  readonly text: string;
  readonly number: number;
}

/** A token from an id of 80 random bits. The number is of 50 of them: both databases and JSON hold it exactly. */
export function tokenFrom(id: Id<"anon">): PersonToken {
  const text = id.slice("anon_".length);
  let number = 0;
  for (const character of text.slice(-10))
    number = (number * 32 + Number.parseInt(digit(character), 32)) % 2 ** 50;
  return { text, number };
}

function digit(crockford: string): string {
  return "0123456789abcdefghijklmnopqrstuv".charAt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(crockford));
}

export interface Replacement {
  /** The new value of a cell. */
  value(old: unknown, person: number | string | undefined): string | number | null;
  /** It depends on the old value, which must therefore be read. */
  readonly reads: boolean;
}

export interface ReplacementContext {
  readonly table: SchemaTable;
  readonly tokens: ReadonlyMap<string, PersonToken>;
  /** Values read on the site when planning, by `lookupKey`. */
  readonly lookups: ReadonlyMap<string, Scalar>;
}

/** How a strategy changes one column. */
export function replacement(strategy: Strategy, column: string, context: ReplacementContext): Replacement {
  const fixed = fixedValue(strategy, column, context);
  if (fixed !== undefined) return { reads: false, value: () => fixed };
  const limit = lengthOf(context.table.columns.get(column));
  const tokenOf = (person: number | string | undefined) => context.tokens.get(String(person));
  if (strategy === "numberToken") {
    const type = context.table.columns.get(column)?.type ?? "";
    return { reads: false, value: (_old, person) => numberFor(type, tokenOf(person)?.number ?? 0) };
  }
  if (strategy === "token" || (typeof strategy === "object" && strategy !== null && "token" in strategy)) {
    const prefix = strategy === "token" ? "" : strategy.token;
    return {
      reads: false,
      value: (_old, person) => (prefix + (tokenOf(person)?.text ?? "")).slice(0, limit),
    };
  }
  if (typeof strategy === "object" && strategy !== null && "jsonRedact" in strategy) {
    const { keep, otherwise } = strategy.jsonRedact;
    const persons = new Set(context.tokens.keys());
    return {
      reads: true,
      value: (old) => redactJson(old, { keep, otherwise: bindable(otherwise), persons }),
    };
  }
  return { reads: false, value: () => null };
}

/**
 * A random number below -1,000,000,000, where no application keeps its persons, as wide as the column allows; 0 where it
 * allows no such number.
 */
function numberFor(type: string, random: number): number {
  if (/unsigned|tinyint|smallint|mediumint|decimal|float|double/.test(type)) return 0;
  return -1_000_000_001 - (type.startsWith("bigint") ? random : random % 1_000_000_000);
}

/** The one value that a strategy gives to every row of this column; undefined when it differs. */
function fixedValue(
  strategy: Strategy,
  column: string,
  { table, lookups }: Pick<ReplacementContext, "table" | "lookups">,
): string | number | null | undefined {
  if (strategy === null) return null;
  if (strategy === "empty") return emptyOf(table.columns.get(column));
  if (typeof strategy !== "object") return undefined;
  if ("constant" in strategy) return bindable(strategy.constant);
  if ("lookup" in strategy) return bindable(lookups.get(lookupKey(strategy.lookup)) ?? null);
  return undefined;
}

export function lookupKey(lookup: {
  readonly table: string;
  readonly column: string;
  readonly where: Json;
}): string {
  return JSON.stringify([lookup.table, lookup.column, lookup.where]);
}

export function emptyOf(column: SchemaColumn | undefined): string | number | null {
  if (column === undefined || column.nullable) return null;
  return column.is === "number" ? 0 : "";
}

function lengthOf(column: SchemaColumn | undefined): number | undefined {
  const length = /\((\d+)\)/.exec(column?.type ?? "")?.[1];
  return length === undefined ? undefined : Number(length);
}

/**
 * Which rows a rule has still to change, beyond its reference: none when the reference itself changes; otherwise those
 * that differ from its fixed values.
 */
export function stillNeeds(
  { rule, set }: AnonymiseRule,
  context: Pick<ReplacementContext, "table" | "lookups">,
): readonly Sql[] {
  if (rule.by in set && rule.of === undefined) return [];
  const differs = Object.entries(set).flatMap(([column, strategy]) => {
    const fixed = fixedValue(strategy, column, context);
    if (fixed === undefined) return [];
    if (fixed === null) return [{ text: "?? is not null", bindings: [column] }];
    return [{ text: "?? is null or ?? <> ?", bindings: [column, column, fixed] }];
  });
  if (differs.length === 0) return [];
  return [
    {
      text: differs.map((part) => `(${part.text})`).join(" or "),
      bindings: differs.flatMap((part) => part.bindings),
    },
  ];
}
