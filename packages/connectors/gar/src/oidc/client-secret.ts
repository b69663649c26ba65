import { readFile, stat } from "node:fs/promises";
import { isFault } from "@preau/kernel";
import { fault } from "../errors.ts";

/** The first line of the file, read at each use: a new secret needs no restart. @throws GAR_SECRET_UNREADABLE */
export async function clientSecret(file: string): Promise<string> {
  try {
    const { mode } = await stat(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      const octal = (mode & 0o777).toString(8);
      throw fault("GAR_SECRET_UNREADABLE", { place: `${file}: mode ${octal}, open to others (chmod 600)` });
    }
    const [line = ""] = (await readFile(file, "utf8")).split(/\r?\n/, 1);
    if (line.trim() === "") throw fault("GAR_SECRET_UNREADABLE", { place: `${file}: empty` });
    return line.trim();
  } catch (cause) {
    throw isFault(cause) ? cause : fault("GAR_SECRET_UNREADABLE", { place: file, cause });
  }
}
