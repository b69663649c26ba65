/**
 * Signed notes with Ed25519 (c2sp.org/signed-note): a text, an empty line, signature lines
 * `— <key name> base64(key ID || signature)`. Verifier keys are `<key name>+<hex key ID>+<base64(0x01 || public key)>`.
 */
import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";

const ED25519 = 1;

/** Who signed: a name and what its signatures are verified with. */
export interface VerifierKey {
  readonly name: string;
  /** 4 bytes. */
  readonly id: Buffer;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Buffer;
}

interface SignatureLine {
  readonly name: string;
  readonly id: Buffer;
  readonly signature: Buffer;
}

export interface SignedNote {
  /** With its last newline. */
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  const id = hash(
    "sha256",
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]),
    "buffer",
  );
  return { name, id: id.subarray(0, 4), publicKey: Buffer.from(publicKey) };
}

export function writeVkey({ name, id, publicKey }: VerifierKey): string {
  const encoded = Buffer.concat([Buffer.of(ED25519), publicKey]).toString("base64");
  return `${name}+${id.toString("hex")}+${encoded}`;
}

/** Reads a verifier key; undefined when it is not one, is not Ed25519, or its id is not that of its key. */
export function readVkey(text: string): VerifierKey | undefined {
  const [name = "", id = "", encoded = "", ...more] = splitTwice(text);
  const bytes = readBase64(encoded);
  if (more.length > 0 || !isKeyName(name) || bytes?.length !== 33 || bytes[0] !== ED25519) return undefined;
  const key = verifierKey(name, bytes.subarray(1));
  return key.id.toString("hex") === id ? key : undefined;
}

/** Names without Unicode spaces, control characters or plus signs, of at most 200 characters. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Z}\p{C}]{1,200}$/u.test(name);
}

export function writeSignature(key: VerifierKey, signature: Uint8Array): string {
  return `— ${key.name} ${Buffer.concat([key.id, signature]).toString("base64")}\n`;
}

/** At most that many signature lines are read. */
const MOST_SIGNATURES = 64;

/** Reads a note's form; undefined when it is not one. Nothing is verified. */
export function readNote(note: string): SignedNote | undefined {
  if (/[\u0000-\u0009\u000b-\u001f\ud800-\udfff]/u.test(note)) return undefined;
  const blank = note.lastIndexOf("\n\n");
  if (blank < 0 || !note.endsWith("\n")) return undefined;
  const lines = note.slice(blank + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return undefined;
  const signatures: SignatureLine[] = [];
  for (const line of lines) {
    const parts = line.split(" ");
    const [dash, name = "", encoded = ""] = parts;
    const bytes = readBase64(encoded);
    if (parts.length !== 3 || dash !== "—" || !isKeyName(name) || bytes === undefined || bytes.length < 5) {
      return undefined;
    }
    signatures.push({ name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return { text: note.slice(0, blank + 1), signatures };
}

/** True when that key has signed the note, and no signature of that key is wrong. Other keys' signatures are ignored. */
export function isSignedBy(note: SignedNote, key: VerifierKey): boolean {
  const mine = note.signatures.filter((each) => each.name === key.name && each.id.equals(key.id));
  const publicKey = ed25519PublicKey(key.publicKey);
  return (
    mine.length > 0 && mine.every((each) => verify(null, Buffer.from(note.text), publicKey, each.signature))
  );
}

/** Standard base64 with padding, written in its one way; undefined otherwise. */
export function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

function ed25519PublicKey(bytes: Buffer): KeyObject {
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes]);
  return createPublicKey({ key: spki, format: "der", type: "spki" });
}

/** Base64 may hold plus signs: only the first two part the fields. */
function splitTwice(text: string): readonly string[] {
  const first = text.indexOf("+");
  const second = text.indexOf("+", first + 1);
  if (first < 0 || second < 0) return [];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}
