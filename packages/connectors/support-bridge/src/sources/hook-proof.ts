/** What every supplier's hooks are verified with: secrets in constant time, their own time, their JSON once for all spellings. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type Instant, millisOf } from "@preau/kernel";
import type { Hook } from "./source.ts";

/** A header that stands once; undefined otherwise. */
export function headerOf({ headers }: Hook, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

export function macOf(secret: string | Buffer, ...parts: readonly (string | Buffer)[]): Buffer {
  const mac = createHmac("sha256", secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** Whether one of them is that one. As long for any answer: every pair is compared, through their hashes. */
export function isOneOf(given: readonly Buffer[], wanted: readonly Buffer[]): boolean {
  const wantedHashes = wanted.map(hashOf);
  let found = false;
  for (const each of given.map(hashOf))
    for (const hash of wantedHashes) found = timingSafeEqual(each, hash) || found;
  return found;
}

/** A secret in the address is all that such a hook has. */
export function isAddressed({ query }: Hook, secrets: readonly string[]): boolean {
  const given = query["key"];
  return (
    typeof given === "string" &&
    isOneOf(
      [Buffer.from(given)],
      secrets.map((each) => Buffer.from(each)),
    )
  );
}

/** Milliseconds since 1970 out of seconds (10 digits) or milliseconds (13). */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:\d{10}|\d{13})$/.test(text)) return undefined;
  return Number(text) * (text.length === 10 ? 1_000 : 1);
}

export function isFresh(time: number | undefined, now: Instant, freshForMs: number): boolean {
  return time !== undefined && Math.abs(millisOf(now) - time) <= freshForMs;
}

export type Members = Readonly<Record<string, unknown>>;

/** The object of a body; undefined for what is none. Whatever its spelling, it is the same object. */
export function objectOf(body: Buffer): Members | undefined {
  try {
    return membersOf(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  } catch {
    return undefined;
  }
}

export function membersOf(value: unknown): Members | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Members)
    : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Of whatever parsed: one for all spellings. Undefined where it is nested deeper than anybody writes. */
export function digestOf(value: unknown): string | undefined {
  try {
    return hashOf(Buffer.from(JSON.stringify(sorted(value)))).toString("hex");
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  const members = membersOf(value);
  if (members === undefined) return value;
  return Object.keys(members)
    .sort()
    .map((name) => [name, sorted(members[name])]);
}

function hashOf(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
