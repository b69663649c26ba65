/**
 * Ten codes for who has lost the second factor: 80 random bits each in Crockford's base 32, shown once, kept as keyed
 * hashes, each good once.
 */
import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const CODES = 10;
const LENGTH = 16;
const SHAPE = /^[0-9a-hjkmnp-tv-z]{16}$/;

/** New ones, as they are shown: `0a1b-2c3d-4e5f-6g7h`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES }, () =>
    [...randomBytes(LENGTH)]
      .map((byte) => ALPHABET.charAt(byte & 31))
      .join("")
      .replaceAll(/(.{4})(?=.)/g, "$1-"),
  );
}

/** The one spelling of what was typed: Crockford reads o as 0, i and l as 1. Undefined for what is no such code. */
export function spellRecoveryCode(text: string): string | undefined {
  const spelled = text.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
  return SHAPE.test(spelled) ? spelled : undefined;
}
