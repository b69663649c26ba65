/**
 * With what a package is locked: public keys of age, or a passphrase that stands in a file or is typed. Nothing is written
 * in the clear because an option was forgotten.
 * @clause DD.2
 */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import type { Protection } from "@preau/data-export";
import { sealFile } from "@preau/keys";
import { fault } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";
import { readHidden } from "./export-secret.ts";
import { exportTexts } from "./export-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface ProtectionArguments {
  readonly recipient?: readonly string[];
  readonly recipientsFile?: string;
  readonly passphraseFile?: string;
  readonly passphrase?: boolean;
  readonly container?: string;
  readonly unencrypted?: boolean;
}

const MOST_BYTES = 65_536;
const LEAST_CHARACTERS = 12;

/** @throws HUB_EXPORT_UNPROTECTED, HUB_SECRET_OPEN, HUB_SECRET_WEAK, HUB_BAD_ARGUMENT, HUB_FILE_UNREADABLE */
export async function readProtection(
  context: CommandContext,
  given: ProtectionArguments,
): Promise<Protection> {
  const { recipient = [], recipientsFile, passphraseFile, passphrase, container, unencrypted } = given;
  const keys = recipient.length > 0 || recipientsFile !== undefined;
  const ways = [keys, passphraseFile !== undefined, passphrase === true, unencrypted === true];
  const chosen = ways.filter(Boolean).length;
  if (chosen === 0) throw fault("HUB_EXPORT_UNPROTECTED", { clause: "DD.2" });
  if (chosen > 1) throw fault("HUB_BAD_ARGUMENT", { place: "--recipient|--passphrase-file|--unencrypted" });
  if (container !== undefined && (keys || unencrypted === true || !isContainer(container)))
    throw fault("HUB_BAD_ARGUMENT", { place: "--container zip|age" });
  if (keys) return forKeys([...recipient, ...keysIn(context, recipientsFile)]);
  if (unencrypted === true) {
    context.err(`preau: ${exportTexts[terminalLanguage(context.environment)].inClear}\n`);
    return { kind: "none" };
  }
  const secret = passphraseFile === undefined ? await asked(context) : inFile(context, passphraseFile);
  if (Array.from(secret).length < LEAST_CHARACTERS) throw fault("HUB_SECRET_WEAK");
  return container === "age" ? { kind: "age", passphrase: secret } : { kind: "zip", passphrase: secret };
}

/** A key that is none is noticed before a store is opened: nothing is sealed here. @throws KEYS_AGE_RECIPIENT */
async function forKeys(recipients: readonly string[]): Promise<Protection> {
  const sealed = await sealFile(Readable.from([]), { recipients });
  await sealed[Symbol.asyncIterator]().return?.();
  return { kind: "age", recipients };
}

function isContainer(word: string): word is "zip" | "age" {
  return word === "zip" || word === "age";
}

/** Lines of a file as age reads it: `#` begins a comment. */
function keysIn(context: CommandContext, file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  const lines = readSmall(context, file, "--recipients-file").split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

function inFile(context: CommandContext, file: string): string {
  return readSmall(context, file, "--passphrase-file", { secret: true }).split(/\r?\n/, 1)[0] ?? "";
}

/** The file's mode is asked of the file that is open: it cannot be exchanged in between. */
function readSmall(
  { cwd }: CommandContext,
  file: string,
  place: string,
  { secret = false }: { readonly secret?: boolean } = {},
): string {
  let handle: number | undefined;
  try {
    handle = openSync(path.resolve(cwd, file), "r");
    const { mode, size } = fstatSync(handle);
    if (secret && (mode & 0o077) !== 0) throw fault("HUB_SECRET_OPEN", { place });
    if (size > MOST_BYTES) throw fault("HUB_FILE_TOO_LARGE", { place });
    return readFileSync(handle, "utf8").replace(/^\uFEFF/u, "");
  } catch (cause) {
    if (cause instanceof Error && "syscall" in cause) throw fault("HUB_FILE_UNREADABLE", { place, cause });
    throw cause;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

const NO_TERMINAL = {
  en: "There is no terminal to ask at: name a file with --passphrase-file.",
  fr: "Il n’y a pas de terminal où la demander\u202f: nommez un fichier par --passphrase-file.",
};

/** Twice, without echo. @throws HUB_EXPORT_UNPROTECTED where nobody can be asked */
async function asked(context: CommandContext): Promise<string> {
  const words = exportTexts[terminalLanguage(context.environment)];
  const first = await readHidden(context, words.askPassphrase);
  const second = first === undefined ? undefined : await readHidden(context, words.askAgain);
  if (first === undefined || second === undefined)
    throw fault("HUB_EXPORT_UNPROTECTED", { clause: "DD.2", place: "--passphrase", remedy: NO_TERMINAL });
  if (first !== second) throw fault("HUB_SECRET_DIFFERS");
  return first;
}
