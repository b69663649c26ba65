/** The agreement in force, read from its folder. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Agreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { fault } from "./errors.ts";

/**
 * Reads the files of an agreement's folder; the agreement that ships with Préau when none is named.
 * @throws HUB_FILE_UNREADABLE, AGREEMENT_INVALID with its diagnostics
 */
export function readAgreement(folder: string | undefined): Agreement {
  return readAgreementFolder(readAgreementFiles(folder));
}

/** The texts of a folder's files by name. @throws HUB_FILE_UNREADABLE */
export function readAgreementFiles(folder: string | undefined): ReadonlyMap<string, string> {
  const from = folder ?? fileURLToPath(referenceFolder);
  const files = new Map<string, string>();
  try {
    for (const name of readdirSync(from)) {
      if (/\.(yaml|md)$/.test(name)) files.set(name, readFileSync(path.join(from, name), "utf8"));
    }
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: path.basename(from), cause });
  }
  return files;
}
