/**
 * The file of a receipt, written in one way only: JSON with keys in order, two spaces a level, one newline at the end.
 * A file in any other layout is not ours, so that no byte of it can be changed unseen.
 */
import type { Json, JsonObject } from "@preau/kernel";

/** The file of these fields. */
export function writeReceiptFile(fields: JsonObject): string {
  return `${JSON.stringify(inOrder(fields), null, 2)}\n`;
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

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as JsonObject;
  const ordered = Object.create(null) as Record<string, Json>; // so that "__proto__" is a key like any other
  for (const key of Object.keys(fields).sort()) ordered[key] = inOrder(fields[key] as Json);
  return ordered;
}
