/**
 * Looks for a person in a text that must not hold one: an address, a header, a log line. Names, identifiers, school codes, addresses
 * and classes are found as they stand, without their accents, percent-encoded, in JSON escapes, in Base64 and deflated within it,
 * and all of that three deep.
 */
import { inflateRawSync, inflateSync } from "node:zlib";

export interface Trace {
  /** Name of the attribute. */
  readonly what: string;
  /** Folded. */
  readonly text: string;
}

/** Attributes by the GAR's names. Values that are too short to be told from chance are left out. */
export type Attributes = Readonly<Record<string, readonly string[]>>;

const PERSONAL = "IDO UAI NOM PRE P_MEL DIV GRO DIV_APP P_MAT".split(" ");
const SHORTEST = 6;
const DEEPEST = 3;
const LONGEST_INFLATED = 65_536;

export function tracesOf(attributes: Attributes): readonly Trace[] {
  return PERSONAL.flatMap((what) => (attributes[what] ?? []).flatMap((value) => partsOf(what, value)))
    .map(({ what, text }) => ({ what, text: folded(text) }))
    .filter(({ text }) => text.length >= SHORTEST);
}

/** A value, and what it is put together from: half an IDO, code and label of a class, the words of a name. */
function partsOf(what: string, value: string): readonly Trace[] {
  const half = what === "IDO" ? [value.slice(0, 64), value.slice(64)] : [];
  const parts = value.split(/##|\|\||@/);
  const words = what === "NOM" || what === "PRE" ? value.split(/[ '’-]/) : [];
  return [...new Set([value, ...half, ...parts, ...words])].map((text) => ({ what, text }));
}

/** Names of the attributes of which something is in the text. */
export function findTraces(text: string, traces: readonly Trace[]): readonly string[] {
  const found = new Set<string>();
  for (const reading of readings(text)) {
    const plain = folded(reading);
    for (const trace of traces) if (plain.includes(trace.text)) found.add(trace.what);
  }
  return [...found];
}

/** What no text holds, and nearly all bytes that are none: there is nothing further in it. */
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** The text, and whatever it may be an encoding of. */
function readings(text: string): ReadonlySet<string> {
  const all = new Set([text]);
  let layer = [text];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const found = layer.flatMap((each) => [...decodings(each)]).filter((each) => !all.has(each));
    for (const each of found) all.add(each);
    layer = [...new Set(found)].filter((each) => !NO_TEXT.test(each));
  }
  return all;
}

function* decodings(text: string): Iterable<string> {
  yield percentDecoded(text);
  yield text.replaceAll("+", " ");
  yield text.replaceAll(/\\u([0-9a-f]{4})/gi, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  for (const token of base64Tokens(text)) yield* textsOf(Buffer.from(token, "base64"));
}

/** Each run of Base64 or base64url, with `/` as a letter of it and as what stands between two. */
function base64Tokens(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/[\w+/-]{8,}/g), ...text.matchAll(/[\w+-]{8,}/g)].map(([token]) => token));
}

function* textsOf(bytes: Buffer): Iterable<string> {
  yield bytes.toString("utf8");
  yield bytes.toString("latin1");
  for (const inflate of [inflateRawSync, inflateSync]) {
    try {
      yield inflate(bytes, { maxOutputLength: LONGEST_INFLATED }).toString("utf8");
    } catch {
      // Not deflated.
    }
  }
}

function percentDecoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"),
  );
}

/** Without accents, and in small letters. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
}
