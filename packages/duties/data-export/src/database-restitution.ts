/**
 * Everything that a controller's stores hold, given back whole: each database as a dump behind zstd, each file archive as it
 * stands, and how to restore both with stock tools.
 *
 *     README.html  LISEZMOI.html  restore.txt
 *     database/moodle.sql.zst            loaded by `zstd -dc … | mariadb …`
 *     files/<store>/…                    in the store's own order
 *     files-not-given.csv  files-renamed.csv   only where there is something to say
 *
 * Nothing is copied before it is asked for: a dump of many gigabytes passes through in pieces.
 * @clause S8, D6.2c
 */

import { compressDump } from "@preau/database";
import { csvHead, csvRows } from "@preau/documents";
import type { ControllerId, Dump, JsonObject, Language, NotCovered, RecordFile } from "@preau/kernel";
import { restitutionReadme, restoreCommands } from "./database-restitution-readme.ts";
import { restitutionTexts } from "./database-restitution-texts.ts";
import { fault } from "./errors.ts";
import type { ExportPorts } from "./export-ports.ts";
import type { PackageContent, PackageEntry } from "./package-content.ts";
import { type RestitutedStore, restitutedStores } from "./restituted-stores.ts";
import { safePath, type TakenPaths } from "./safe-path.ts";

export interface RestitutionRequest {
  readonly controller: ControllerId;
  /** One store alone; all of the controller's when absent. */
  readonly store?: string | undefined;
  /** Whose reader comes first. */
  readonly language: Language;
}

/** One dump and where it stands in the package. */
export interface PlacedDump {
  readonly store: string;
  readonly path: string;
  readonly dump: Dump;
}

interface FileCounts {
  given: number;
  bytes: number;
  notGiven: number;
  renamed: number;
}

/**
 * The content of the package. Its entries throw EXPORT_NO_DATABASE where the controller has no store that can be given back:
 * another controller's stores are none of its own.
 * @clause S8
 */
export function databaseRestitution(
  ports: Pick<ExportPorts, "clock" | "sources">,
  request: RestitutionRequest,
): PackageContent {
  let stores: readonly RestitutedStore[] = [];
  let dumps: readonly PlacedDump[] = [];
  const counts = new Map<string, FileCounts>();
  return {
    kind: "database",
    entries: async function* (signal) {
      stores = await restitutedStores(ports.sources, request);
      if (stores.every(({ restitution }) => restitution === undefined))
        throw fault("EXPORT_NO_DATABASE", { clause: "S8" });
      dumps = placed(stores);
      counts.clear();
      yield* instructions(dumps, stores, { language: request.language, madeAt: ports.clock.now() });
      for (const { path, dump } of dumps)
        yield { path, bytes: (stop) => compressDump(dump, stop), packed: true, skip: () => undefined };
      yield* filesOf(stores, counts, request.language, signal);
    },
    facts: () => factsOf(stores, dumps, counts),
  };
}

function placed(stores: readonly RestitutedStore[]): readonly PlacedDump[] {
  const taken: TakenPaths = new Map();
  const names = stores.flatMap(({ id, restitution }) =>
    (restitution?.dumps ?? []).map((dump) => ({ id, dump })),
  );
  return names.map(({ id, dump }) => {
    const isAlone = names.filter((other) => other.dump.name === dump.name).length === 1;
    const name = isAlone ? dump.name : `${id}-${dump.name}`;
    return { store: id, dump, path: safePath(["database", `${name}.zst`], taken) };
  });
}

function* instructions(
  dumps: readonly PlacedDump[],
  stores: readonly RestitutedStore[],
  { language, madeAt }: { language: Language; madeAt: ReturnType<ExportPorts["clock"]["now"]> },
): Generator<PackageEntry> {
  const pages = { fr: "LISEZMOI.html", en: "README.html" } as const;
  for (const each of language === "fr" ? (["fr", "en"] as const) : (["en", "fr"] as const)) {
    const page = restitutionReadme({ dumps, stores, language: each, madeAt });
    yield { path: pages[each], bytes: () => once(page) };
  }
  yield { path: "restore.txt", bytes: () => once(restoreCommands(dumps, stores)) };
}

interface FileLine {
  readonly store: string;
  readonly name: string;
  readonly said: string;
}

async function* filesOf(
  stores: readonly RestitutedStore[],
  counts: Map<string, FileCounts>,
  language: Language,
  signal?: AbortSignal,
): AsyncGenerator<PackageEntry> {
  const taken: TakenPaths = new Map();
  const [missing, renamed]: [FileLine[], FileLine[]] = [[], []];
  const texts = restitutionTexts[language];
  for (const { id, restitution } of stores) {
    if (restitution === undefined) continue;
    const count = { given: 0, bytes: 0, notGiven: 0, renamed: 0 };
    counts.set(id, count);
    for await (const file of restitution.files(signal)) {
      signal?.throwIfAborted();
      if (file.notGiven !== undefined) {
        count.notGiven += 1;
        missing.push({ store: id, name: file.name, said: texts.notGiven[file.notGiven] });
        continue;
      }
      const wanted = `files/${id}/${file.name}`;
      const path = isContentHash(wanted) ? wanted : safePath(["files", id, ...file.name.split("/")], taken);
      if (path !== wanted) {
        count.renamed += 1;
        renamed.push({ store: id, name: file.name, said: path });
      }
      count.given += 1;
      yield {
        path,
        bytes: () => counted(file, count),
        skip: (bytes) => {
          count.bytes += bytes;
        },
        ...(isPacked(file) ? { packed: true } : {}),
      };
    }
  }
  for (const [path, lines, said] of [
    ["files-not-given.csv", missing, texts.reason],
    ["files-renamed.csv", renamed, texts.pathHere],
  ] as const) {
    if (lines.length === 0) continue;
    const head = csvHead([texts.store, texts.nameThere, said]);
    yield {
      path,
      bytes: () => once(head + csvRows(lines.map((line) => [line.store, line.name, line.said]))),
    };
  }
}

/** Safe as it is, and a hundred thousand of them need not be remembered: the container looks for two of one name. */
function isContentHash(path: string): boolean {
  return /^files\/[a-z0-9-]+\/filedir\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{40}$/.test(path);
}

function isPacked({ name, type = "" }: RecordFile): boolean {
  return (
    /^(image\/(jpeg|png|webp)|video\/|audio\/|application\/(zip|gzip|x-7z|vnd\.openxml))/.test(type) ||
    /\.(jpe?g|png|webp|mp[34]|zip|gz|zst|7z|docx|xlsx|pptx|od[tsp]|mbz)$/i.test(name)
  );
}

async function* counted(file: RecordFile, count: FileCounts): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.bytes()) {
    count.bytes += chunk.length;
    yield chunk;
  }
}

// biome-ignore lint/suspicious/useAwait: a stream of one
async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** What the manifest says: counts and places, nobody's name. */
function factsOf(
  stores: readonly RestitutedStore[],
  dumps: readonly PlacedDump[],
  counts: ReadonlyMap<string, FileCounts>,
): JsonObject {
  return {
    stores: stores.map(({ id, title, restitution, notCovered }) => ({
      store: id,
      title: { ...title },
      restituted: restitution !== undefined,
      databases: dumps
        .filter(({ store }) => store === id)
        .map(({ path, dump }) => ({ path, load: dump.load, compression: "zstd" })),
      files: { ...(counts.get(id) ?? { given: 0, bytes: 0, notGiven: 0, renamed: 0 }) },
      notCovered: notCovered.map(({ places, ...each }: NotCovered) => ({
        ...each,
        ...(places === undefined ? {} : { places: [...places] }),
      })),
    })),
  };
}
