/**
 * The code by which somebody shows a teacher which request is theirs: eight characters of Crockford's base 32, 40 bits of
 * chance, said in two groups. Of it a keyed hash is kept, under the controller's key: a code of another controller is
 * found nowhere, and a copy of the database holds none.
 */
import { randomBytes } from "node:crypto";
import type { ControllerId } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 8;

/** Eight characters, each drawn evenly: 32 divides 256. */
export function newCode(fill: (length: number) => Uint8Array = randomBytes): string {
  return Array.from(fill(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}

/** As it is shown and read aloud: `7Q4K-M0TX`. */
export function sayCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** What was typed, as it was drawn: case, spaces and hyphens mean nothing, O is 0, I and L are 1. Undefined for no code. */
export function readCode(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\u2010-\u2015-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return code.length === LENGTH && Array.from(code).every((each) => ALPHABET.includes(each))
    ? code
    : undefined;
}

type Vault = Pick<KeyStore, "mac">;

/** 64 hexadecimal digits. */
export function hashCode(vault: Vault, controller: ControllerId, code: string): Promise<string> {
  return macOf(vault, controller, "gar.relink", code);
}

/** Keyed hashes of schools (UAI), in an order that says nothing of them. */
export async function hashSchools(
  vault: Vault,
  controller: ControllerId,
  schools: readonly string[],
): Promise<readonly string[]> {
  const hashes = await Promise.all(
    [...new Set(schools)].map((school) => macOf(vault, controller, "gar.school", school)),
  );
  return hashes.sort();
}

async function macOf(vault: Vault, controller: ControllerId, label: string, text: string): Promise<string> {
  const scope = { controller, kind: "controller", id: controller } as const;
  return (await vault.mac(scope, label, text)).toString("hex");
}
