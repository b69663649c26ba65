/**
 * A JSON text without what it says about persons: every text is emptied and every number that is a planned person's key
 * becomes 0, so that keys and shape stay and the application can still read it.
 */
import type { Json } from "@preau/kernel";
import { textOf } from "./query.ts";

export interface JsonRedaction {
  /** Members that stay as they are. */
  readonly keep: readonly string[];
  /** What replaces a text that is not JSON. */
  readonly otherwise: string | number | null;
  /** Keys of the planned persons. */
  readonly persons: ReadonlySet<string>;
}

/** The redacted JSON text; empty cells stay as they are. */
export function redactJson(cell: unknown, redaction: JsonRedaction): string | number | null {
  const text = textOf(cell);
  if (text === undefined) return cell === "" ? "" : null;
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    return redaction.otherwise;
  }
  return JSON.stringify(redacted(parsed, redaction));
}

function redacted(value: Json, redaction: JsonRedaction): Json {
  if (typeof value === "string") return "";
  if (typeof value === "number") return redaction.persons.has(String(value)) ? 0 : value;
  if (value === null || typeof value === "boolean") return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => redacted(each, redaction));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      // A key can be data too: submitted fields by name. Only plain identifiers pass.
      /^[A-Za-z_][A-Za-z0-9_]{0,40}$/.test(key) && !redaction.persons.has(key) ? key : "",
      redaction.keep.includes(key) ? member : redacted(member, redaction),
    ]),
  );
}
