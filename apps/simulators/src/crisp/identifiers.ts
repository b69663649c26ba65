/** Identifiers as the desk makes them: version 4 UUIDs, sessions with a prefix, fingerprints as whole numbers. */
import { randomBytes, randomInt } from "node:crypto";

export function uuid(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function newSessionId(): string {
  return `session_${uuid()}`;
}

export function isSessionId(text: string): boolean {
  return /^session_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Seconds, then five digits of chance: below 2^53. */
export function newFingerprint(nowMillis: number): number {
  return Math.floor(nowMillis / 1000) * 100_000 + randomInt(100_000);
}
