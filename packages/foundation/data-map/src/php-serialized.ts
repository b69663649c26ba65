/** PHP's `serialize` format: read, changed in its texts and numbers, and written with the lengths that it needs. */

export type PhpValue =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "number"; readonly text: string }
  /** Null, booleans, fractions, references: kept as written. */
  | { readonly is: "other"; readonly text: string }
  | {
      readonly is: "list";
      readonly name?: string;
      readonly members: readonly (readonly [PhpValue, PhpValue])[];
    };

const MOST_DEPTH = 40;

/** The value that a text is; undefined when it is none, or holds more. */
export function readPhp(text: string): PhpValue | undefined {
  if (!/^(?:[aO]:\d+:|s:\d+:")/.test(text)) return undefined;
  const bytes = Buffer.from(text, "utf8");
  let at = 0;
  const upTo = (sign: string): string => {
    const end = bytes.indexOf(sign, at);
    if (end < 0 || end - at > 40) throw new RangeError("not PHP");
    const part = bytes.toString("latin1", at, end);
    at = end + sign.length;
    return part;
  };
  const take = (sign: string) => {
    if (bytes.toString("latin1", at, at + sign.length) !== sign) throw new RangeError("not PHP");
    at += sign.length;
  };
  const texted = (end: string): string => {
    const length = Number(upTo(":"));
    take('"');
    const part = bytes.toString("utf8", at, at + length);
    at += length;
    take(end);
    return part;
  };
  const value = (depth: number): PhpValue => {
    if (depth > MOST_DEPTH) throw new RangeError("too deep");
    const start = at;
    const kind = bytes.toString("latin1", at, at + 2);
    at += 2;
    if (kind === "s:") return { is: "text", text: texted('";') };
    if (kind === "i:") return { is: "number", text: upTo(";") };
    if (kind === "N;") return { is: "other", text: kind };
    if (["b:", "d:", "r:", "R:"].includes(kind)) return { is: "other", text: `${kind}${upTo(";")};` };
    if (kind !== "a:" && kind !== "O:") throw new RangeError(`not PHP at ${start}`);
    const name = kind === "O:" ? texted('":') : undefined;
    const size = Number(upTo(":"));
    take("{");
    const members: [PhpValue, PhpValue][] = [];
    for (let index = 0; index < size; index += 1) members.push([value(depth + 1), value(depth + 1)]);
    take("}");
    return { is: "list", members, ...(name === undefined ? {} : { name }) };
  };
  try {
    const read = value(0);
    return at === bytes.length ? read : undefined;
  } catch {
    return undefined;
  }
}

export function writePhp(value: PhpValue): string {
  if (value.is === "text") return `s:${Buffer.byteLength(value.text)}:"${value.text}";`;
  if (value.is === "number") return `i:${value.text};`;
  if (value.is === "other") return value.text;
  const members = value.members.map(([key, member]) => writePhp(key) + writePhp(member)).join("");
  const head = value.name === undefined ? "a" : `O:${Buffer.byteLength(value.name)}:"${value.name}"`;
  return `${head}:${value.members.length}:{${members}}`;
}
