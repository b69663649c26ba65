/** JSON values, and the one spelling of them that hashes and signatures use. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/**
 * Canonical JSON: keys sorted by UTF-16 code units, no space, numbers as ECMAScript prints them (RFC 8785 for the
 * values that JSON.stringify can print; NaN, infinities and undefined are refused).
 * @throws TypeError for what JSON cannot hold
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("a number that JSON cannot hold");
    return JSON.stringify(value);
  }
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const parts = Object.keys(value)
      .sort()
      .map((key) => {
        const member = value[key];
        if (member === undefined) throw new TypeError("a value that JSON cannot hold");
        return `${JSON.stringify(key)}:${canonicalJson(member)}`;
      });
    return `{${parts.join(",")}}`;
  }
  throw new TypeError("a value that JSON cannot hold");
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
