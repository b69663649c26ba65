/** A secret that stands in a file of its owner's alone. */
import { readFile, stat } from "node:fs/promises";
import { isFault } from "@preau/kernel";
import { fault } from "./errors.ts";

/** What the file says, without space around it. @throws MAIL_BAD_OPTIONS where it is empty, cannot be read, or others may read it */
export async function readSecret(file: string, option: string): Promise<string> {
  const place = `plugins.mailer.${option}`;
  try {
    const { mode } = await stat(file);
    const isOpen = process.platform !== "win32" && (mode & 0o077) !== 0;
    const text = (await readFile(file, "utf8")).trim();
    if (isOpen || text === "")
      throw fault("MAIL_BAD_OPTIONS", { place: `${place}: empty, or open to others` });
    return text;
  } catch (cause) {
    throw isFault(cause) ? cause : fault("MAIL_BAD_OPTIONS", { place, cause });
  }
}

/** The first line of it. @throws MAIL_BAD_OPTIONS */
export async function readSecretLine(file: string, option: string): Promise<string> {
  const [line = ""] = (await readSecret(file, option)).split(/\r?\n/, 1);
  return line.trim();
}
