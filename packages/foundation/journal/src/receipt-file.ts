/**
 * The file of a receipt, written in one way only: JSON with keys in order, two spaces a level, one newline at the end.
 * A file in any other layout is not ours, so that no byte of it can be changed unseen.
 */
import type { Json, JsonObject } from "@preau/kernel";

/** The file of these fields. */
export function writeReceiptFile(fields: JsonObject): string {
  return `${pretty(fields, "")}\n`;
}

/** Levels at most. */
const DEEPEST = 16;

/** The proof, and what the closing entry committed to: all other fields. Undefined for any other text. */
export function readReceiptFile(
  text: string,
): { readonly proof: string; readonly content: JsonObject } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const fields = JSON.parse(text) as JsonObject;
    if (writeReceiptFile(fields) !== text) return undefined;
    const { proof, ...content } = fields;
    if (typeof proof !== "string" || content["schema"] !== "preau.receipt/1") return undefined;
    return { proof, content };
  } catch {
    return undefined;
  }
}

/** Counts brackets in the layout of `writeReceiptFile`, where a line never opens two. */
function isTooDeep(text: string): boolean {
  return text.includes(`\n${"  ".repeat(DEEPEST)}`) || /[[{]{2}/.test(text.slice(0, 64));
}

/** By hand: in an object of JavaScript's, keys that look like numbers stand first, whatever the order they came in. */
function pretty(value: Json, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    return enclosed(
      "[",
      "]",
      indent,
      value.map((each) => pretty(each, inner)),
    );
  }
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}: ${pretty(value[key] as Json, inner)}`);
  return enclosed("{", "}", indent, members);
}

function enclosed(open: string, close: string, indent: string, members: readonly string[]): string {
  if (members.length === 0) return open + close;
  return `${open}\n${members.map((each) => `${indent}  ${each}`).join(",\n")}\n${indent}${close}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
