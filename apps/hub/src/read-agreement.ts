/** The agreement in force, read from its folder. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Agreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { isFault } from "@preau/kernel";
import { fault } from "./errors.ts";

const FILES = /^(?:agreement\.yaml|text\.(?:fr|en)\.md)$/;
/** Far above what a text or its rules may be; those say themselves, with a diagnostic, when they are too long. */
const MOST_BYTES = 8 << 20;

/**
 * Reads the files of an agreement's folder; the agreement that ships with Préau when none is named.
 * @throws HUB_FILE_UNREADABLE, AGREEMENT_INVALID with its diagnostics
 */
export function readAgreement(folder: string | undefined): Agreement {
  return readAgreementFolder(readAgreementFiles(folder));
}

/** The texts of a folder's files by name. @throws HUB_FILE_UNREADABLE, HUB_FILE_TOO_LARGE */
export function readAgreementFiles(folder: string | undefined): ReadonlyMap<string, string> {
  const from = folder ?? fileURLToPath(referenceFolder);
  const files = new Map<string, string>();
  try {
    for (const name of readdirSync(from)) {
      if (!FILES.test(name)) continue;
      const file = path.join(from, name);
      if (statSync(file).size > MOST_BYTES) throw fault("HUB_FILE_TOO_LARGE", { place: name });
      files.set(name, readFileSync(file, "utf8"));
    }
  } catch (cause) {
    throw isFault(cause) ? cause : fault("HUB_FILE_UNREADABLE", { place: path.basename(from), cause });
  }
  return files;
}
