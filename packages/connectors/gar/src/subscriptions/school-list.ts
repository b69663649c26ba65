/**
 * The list of schools as it is kept: one file of the data folder, fetched again when it is a day old, replaced whole or not
 * at all. Where it cannot be fetched, the last one stays in use.
 *
 *   line 1    {"schema":"preau.gar-schools/1","platform":url,"fetchedAt":instant,"schools":n,"primary":n} and spaces
 *   a line each  a school as JSON, its UAI first
 */
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { addHours, type Clock, type Instant, instant, isFault, type Log } from "@preau/kernel";
import { fault } from "../errors.ts";
import { readSchools, type School } from "./read-schools.ts";

export interface SchoolListOptions {
  /** Folder of the file; made with mode 0700 when it does not exist. */
  readonly folder: string;
  /** The service's address: the two platforms know different schools. */
  readonly platform: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The bytes of the list. */
  readonly fetch: () => Promise<AsyncIterable<Uint8Array>>;
}

export interface SchoolListFacts {
  readonly fetchedAt: Instant;
  readonly schools: number;
  /** Those of the first degree. */
  readonly primary: number;
}

export interface SchoolList {
  /** What is kept; undefined when nothing is, or it cannot be read. */
  kept(): Promise<SchoolListFacts | undefined>;
  /**
   * Fetches the list when none is kept or it is a day old; the last one stays when it cannot be fetched.
   * @throws what fetching throws when none is kept, GAR_SUBSCRIPTION_SCHOOLS_UNWRITABLE
   */
  fresh(): Promise<SchoolListFacts>;
  /** Fetches it now. @throws what fetching throws, GAR_SUBSCRIPTION_SCHOOLS_UNWRITABLE */
  refetched(): Promise<SchoolListFacts>;
  /** Those of the kept list that bear these UAIs; undefined when no list is kept. */
  find(uais: readonly string[]): Promise<ReadonlyMap<string, School> | undefined>;
}

const SCHEMA = "preau.gar-schools/1";
const FILE = "gar-schools.jsonl";
const FRESH_HOURS = 24;
/** The first line is written again at the end, when the counts are known: it keeps its length. */
const HEADER_BYTES = 512;
const BUFFER_BYTES = 262_144;

export function schoolList(options: SchoolListOptions): SchoolList {
  const { folder, platform, clock, log } = options;
  const file = path.join(folder, FILE);

  const kept = async () => {
    for await (const line of linesOf(file)) return factsIn(line, platform);
    return undefined;
  };
  const refetched = async () => {
    const fetchedAt = clock.now();
    const schools = readSchools(await options.fetch());
    const facts = await replaced(file, schools, (counts) => ({ fetchedAt, ...counts }), platform);
    log.info("gar.schoolsFetched", { schools: facts.schools });
    return facts;
  };
  return {
    kept,
    refetched,
    fresh: async () => {
      const known = await kept();
      if (known !== undefined && clock.now() < addHours(known.fetchedAt, FRESH_HOURS)) return known;
      try {
        return await refetched();
      } catch (error) {
        if (known === undefined) throw error;
        log.warn("gar.schoolsKept", { reason: isFault(error) ? error.code : "unexpected" });
        return known;
      }
    },
    find: async (uais) => {
      const wanted = new Set(uais);
      const found = new Map<string, School>();
      let facts: SchoolListFacts | undefined;
      for await (const line of linesOf(file)) {
        if (facts === undefined) {
          facts = factsIn(line, platform);
          if (facts === undefined) return undefined;
        } else if (wanted.has(line.slice(UAI_AT, UAI_AT + 8))) {
          const school = JSON.parse(line) as School;
          found.set(school.uai, school);
        }
        if (found.size === wanted.size) break;
      }
      return facts === undefined ? undefined : found;
    },
  };
}

/** Where the UAI stands in a line: `{"uai":"0350042F",…`. */
const UAI_AT = '{"uai":"'.length;

type Counts = Pick<SchoolListFacts, "schools" | "primary">;

/** Written under another name, then given its own: a reader sees the old list or the new one. */
async function replaced(
  file: string,
  schools: AsyncIterable<School>,
  factsOf: (counts: Counts) => SchoolListFacts,
  platform: string,
): Promise<SchoolListFacts> {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  let handle: FileHandle | undefined;
  try {
    const opened = await onDisk(async () => {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      return open(draft, "wx", 0o600);
    });
    handle = opened;
    const facts = factsOf(await poured(opened, schools));
    if (facts.schools === 0)
      throw fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place: "no school in the list" });
    const header = Buffer.from(headerOf(facts, platform));
    await onDisk(async () => {
      await opened.write(header, 0, header.length, 0);
      await opened.sync();
      await opened.close();
      await rename(draft, file);
    });
    return facts;
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

async function poured(handle: FileHandle, schools: AsyncIterable<School>): Promise<Counts> {
  const counts = { schools: 0, primary: 0 };
  let waiting = `${" ".repeat(HEADER_BYTES - 1)}\n`;
  const flush = async () => {
    await onDisk(() => handle.writeFile(waiting));
    waiting = "";
  };
  for await (const school of schools) {
    counts.schools += 1;
    if (school.nature.startsWith("1")) counts.primary += 1;
    waiting += `${JSON.stringify(school)}\n`;
    if (waiting.length >= BUFFER_BYTES) await flush();
  }
  await flush();
  return counts;
}

function headerOf(facts: SchoolListFacts, platform: string): string {
  const line = JSON.stringify({ schema: SCHEMA, platform, ...facts });
  return `${line.padEnd(HEADER_BYTES - 1)}\n`;
}

/** Undefined for a list of another platform, or what is no list. */
function factsIn(line: string, platform: string): SchoolListFacts | undefined {
  try {
    const read = JSON.parse(line) as Partial<SchoolListFacts> & { schema?: string; platform?: string };
    const { fetchedAt, schools, primary } = read;
    if (read.schema !== SCHEMA || read.platform !== platform) return undefined;
    if (fetchedAt === undefined || schools === undefined || primary === undefined) return undefined;
    return { fetchedAt: instant(fetchedAt), schools, primary };
  } catch {
    return undefined;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file, "utf8");
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    stream.destroy();
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw fault("GAR_SUBSCRIPTION_SCHOOLS_UNWRITABLE", { place: FILE, cause });
  }
}
