/**
 * The files of a person's rows: named, sized, typed, and read from the file store when they are asked for. Where others
 * are withheld, a file whose content names somebody else, or cannot be read to its end, is set aside: the school decides.
 * @clause D10.1a
 */
import { constants, existsSync, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { RowFiles } from "@preau/data-map";
import type { JsonObject, RecordFile } from "@preau/kernel";
import { isPacked, lookIntoFile } from "./packed-texts.ts";

const CHUNK = 1 << 18;
/** A larger file is searched in windows, as text. */
const SEARCHED_WHOLE = 32 * 1024 * 1024;
/** Longest name that may be cut by the border of two windows, in bytes. */
const OVERLAP = 1024;

/** @param moodledata `$CFG->dataroot`, or the folder that is its `filedir` */
export function personFiles(moodledata: string): RowFiles {
  const inside = join(moodledata, "filedir");
  const filedir = existsSync(inside) ? inside : moodledata;
  return {
    table: "files",
    fileOf: async (row, isNaming) => {
      const name = textOf(row, "filename");
      if (name === "." || name === "") return undefined;
      const type = textOf(row, "mimetype");
      const known = {
        name: name.replaceAll(/[\p{Cc}/\\]/gu, "_"),
        size: Number(row["filesize"] ?? 0),
        ...(type === "" ? {} : { type }),
      };
      const path = pathOf(filedir, textOf(row, "contenthash"));
      // A reference has its content in another system.
      const size = path === undefined || filled(row["referencefileid"]) ? undefined : await sizeOf(path);
      if (path === undefined || size === undefined) return notGiven(known, "missing");
      if (isNaming !== undefined && (await isNamingOthers(path, size, isNaming)))
        return notGiven(known, "namesOthers");
      return { ...known, size, bytes: () => contentOf(path) };
    },
  };
}

function notGiven(
  known: Pick<RecordFile, "name" | "size" | "type">,
  why: NonNullable<RecordFile["notGiven"]>,
): RecordFile {
  return { ...known, notGiven: why, bytes: nothing };
}

async function isNamingOthers(
  path: string,
  size: number,
  isNaming: (text: string) => boolean,
): Promise<boolean> {
  if (size <= SEARCHED_WHOLE) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of contentOf(path)) chunks.push(chunk);
    return lookIntoFile(Buffer.concat(chunks), isNaming) !== "clear";
  }
  let tail = Buffer.alloc(0);
  for await (const chunk of contentOf(path)) {
    // Too large to be opened: whether it names others, nobody here knows.
    if (tail.length === 0 && isPacked(Buffer.from(chunk))) return true;
    const window = Buffer.concat([tail, chunk]);
    if (isNaming(window.toString("utf8"))) return true;
    tail = Buffer.from(window.subarray(-OVERLAP));
  }
  return false;
}

function pathOf(filedir: string, hash: string): string | undefined {
  return /^[0-9a-f]{40}$/.test(hash) ? join(filedir, hash.slice(0, 2), hash.slice(2, 4), hash) : undefined;
}

/** A link is not followed. */
async function sizeOf(path: string): Promise<number | undefined> {
  const found = await withFile(path, (file) => file.stat());
  return found?.isFile() === true ? found.size : undefined;
}

async function withFile(
  path: string,
  work: (file: Awaited<ReturnType<typeof open>>) => Promise<Stats>,
): Promise<Stats | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  );
  try {
    return file && (await work(file));
  } finally {
    await file?.close();
  }
}

async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function textOf(row: JsonObject, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : "";
}

function filled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 0;
}

// biome-ignore lint/suspicious/useAwait: a stream of nothing
async function* nothing(): AsyncGenerator<Uint8Array> {}
