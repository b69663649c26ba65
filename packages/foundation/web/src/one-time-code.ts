/**
 * The second factor: time-based codes of six digits (RFC 6238, SHA-1, 30 seconds), as every authenticator knows them.
 * A code of the step before and of the step after is taken too; none twice.
 */

import { type Instant, millisOf } from "@preau/kernel";
import { Secret, TOTP } from "otpauth";

const PERIOD = 30;
const DIGITS = 6;
const WINDOW = 1;

/** A new secret of 160 bits, in base32: what an authenticator is given. */
export function newFactorSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The step in which an instant stands. */
export function stepOf(now: Instant): number {
  return Math.floor(millisOf(now) / 1000 / PERIOD);
}

/** The code of a step. */
export function codeOfStep(secret: string, step: number): string {
  return totp(secret).generate({ timestamp: step * PERIOD * 1000 });
}

/**
 * The step whose code this is, later than the last used one; undefined when it is none's. Whoever calls keeps the step
 * before anything opens.
 */
export function stepOfCode(secret: string, code: string, now: Instant, lastStep: number): number | undefined {
  const token = code.replaceAll(/[\s-]/g, "");
  if (!/^\d{6}$/.test(token)) return undefined;
  // Against the whole window whatever it finds; the library compares in constant time.
  const steps = [-WINDOW, 0, WINDOW].map((away) => stepOf(now) + away);
  const found = steps.filter(
    (step) => totp(secret).validate({ token, timestamp: step * PERIOD * 1000, window: 0 }) !== null,
  );
  return found.find((step) => step > lastStep);
}

/** What the authenticator scans. */
export function factorUri(secret: string, label: string, issuer: string): string {
  return new TOTP({ issuer, label, algorithm: "SHA1", digits: DIGITS, period: PERIOD, secret }).toString();
}

function totp(secret: string): TOTP {
  return new TOTP({ algorithm: "SHA1", digits: DIGITS, period: PERIOD, secret });
}
