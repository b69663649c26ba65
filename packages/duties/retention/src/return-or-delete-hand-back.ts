/**
 * The hand-back: everything that the stores hold of everybody of a controller, person by person, and each store whole where it
 * can be given whole; written into a folder, resumable, with a manifest. @clause D6.2c
 */
import type { ControllerId, JsonObject, NotCovered, RegisteredSource } from "@preau/kernel";
import type { ContractEnd, HandBackNote } from "./contract-end.ts";
import { storesWithDoors } from "./contract-end-doors.ts";
import { DIRECTORY, type NamedPerson, namingStores, pageOfPersons } from "./contract-end-persons.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { type HandBackFolder, openHandBackFolder } from "./return-or-delete-folder.ts";
import { type RestitutionNote, writeRestitution } from "./return-or-delete-restitution.ts";

/** Persons between two commits. */
const PAGE = 50;

interface Cursor {
  readonly store: string;
  readonly after: string | null;
  readonly persons: number;
}

export interface HandBackOptions {
  readonly signal?: AbortSignal | undefined;
  /** Asked before every page: throws when the walk was taken over or taken back. */
  readonly mayGoOn: () => Promise<void>;
}

/**
 * Writes it, or goes on with it.
 * @throws RETENTION_HAND_BACK_FOLDER, and a store's own errors: what was committed stays
 * @clause D6.2c
 */
export async function handBackInto(
  ports: RetentionPorts,
  end: Pick<ContractEnd, "id" | "controller" | "contract">,
  out: string,
  options: HandBackOptions,
): Promise<HandBackNote> {
  const folder = await openHandBackFolder(out, end.id);
  try {
    return await write(ports, end, folder, options);
  } finally {
    await folder.close();
  }
}

async function write(
  ports: RetentionPorts,
  { id, controller, contract }: Pick<ContractEnd, "id" | "controller" | "contract">,
  folder: HandBackFolder,
  { signal, mayGoOn }: HandBackOptions,
): Promise<HandBackNote> {
  const stores = namingStores(ports, controller);
  const from = folder.cursor as unknown as Cursor | undefined;
  let persons = from?.persons ?? 0;
  const start = from === undefined ? 0 : stores.indexOf(from.store) + (from.after === null ? 1 : 0);
  for (const store of stores.slice(Math.max(0, start))) {
    for (let after = store === from?.store ? (from.after ?? undefined) : undefined; ; ) {
      signal?.throwIfAborted();
      await mayGoOn();
      const page = await pageOfPersons(ports, { controller, store, after, limit: PAGE });
      for (const person of page.persons) {
        if (!person.named) persons += 1;
        await writePerson(ports, controller, store, person, folder);
      }
      await folder.commit({ store, after: page.cursor, persons } satisfies Cursor);
      if (page.cursor === null) break;
      after = page.cursor;
    }
  }
  const held = holding(ports.sources, controller);
  const cursor: Cursor = { store: stores.at(-1) ?? "", after: null, persons };
  const whole = new Map<string, RestitutionNote>();
  for (const [store, source] of held) {
    const run = { controller, folder, clock: ports.clock, cursor: { ...cursor }, signal, mayGoOn };
    const note = await writeRestitution(store, source, run);
    if (note !== undefined) whole.set(store, note);
  }
  const at = ports.clock.now();
  const { sha256, files } = await folder.finish({
    end: id,
    controller,
    contract,
    agreement: ports.agreements.hashOf(controller),
    madeAt: at,
    persons,
    stores: held.map(([store, { source }]) => ({
      store,
      title: { ...source.describe().title },
      categories: [...source.describe().categories],
      ...wholeOf(whole.get(store)),
    })),
    notCovered: [
      ...notReturned(ports, controller),
      ...[...whole.values()].flatMap(({ notCovered }) => notCovered),
    ].map((each) => ({ ...each, places: [...(each.places ?? [])] })),
  });
  const tables = files.flatMap(({ path, rows }) => {
    const [store = "", table = ""] = path.split("/");
    return rows === undefined ? [] : [{ store, table: table.replace(/\.ndjson$/, ""), rows }];
  });
  return {
    manifest: `sha256:${sha256}`,
    at,
    persons,
    rows: tables.reduce((sum, each) => sum + each.rows, 0),
    files: files.length,
    bytes: files.reduce((sum, each) => sum + each.bytes, 0),
    tables,
  };
}

/** Where the dumps of a store stand and how they are loaded; how many files its archive has. */
function wholeOf(note: RestitutionNote | undefined): JsonObject {
  if (note === undefined) return {};
  return { databases: note.databases.map((each) => ({ ...each })), archived: note.archived };
}

/**
 * A person's own account comes from the store that names it; all the other stores answer once, where the person is named
 * first.
 */
async function writePerson(
  ports: RetentionPorts,
  controller: ControllerId,
  store: string,
  person: NamedPerson,
  folder: HandBackFolder,
): Promise<void> {
  const withAccounts = new Set(storesWithDoors(ports.sources, controller).map(([id]) => id));
  for (const [id, { source }] of holding(ports.sources, controller)) {
    const isFirst = !person.named;
    const isOwn = withAccounts.has(id) ? id === store || (store === DIRECTORY && isFirst) : isFirst;
    if (!isOwn) continue;
    const { subject, identifiers } = person;
    for await (const record of source.collect({ controller, subject: { subject, identifiers } })) {
      const { where, category, purpose, row, file } = record;
      const written = file === undefined ? undefined : await folder.file(id, file.name, file.bytes());
      await folder.row(id, where, {
        subject,
        category,
        purpose,
        row,
        ...(written === undefined || file === undefined ? {} : { file: { name: file.name, ...written } }),
      });
    }
  }
}

function holding(
  sources: ReadonlyMap<string, RegisteredSource>,
  controller: ControllerId,
): readonly (readonly [string, RegisteredSource])[] {
  return [...sources].filter(([, { source }]) => {
    const only = source.describe().controller;
    return only === undefined || only === controller;
  });
}

/** What no store can give back. */
export function notReturned(
  ports: Pick<RetentionPorts, "sources" | "subjects">,
  controller: ControllerId,
): readonly NotCovered[] {
  const ofStores = holding(ports.sources, controller).flatMap(
    ([, { source }]) => source.describe().notCovered,
  );
  const nameless: readonly NotCovered[] =
    ports.subjects.list === undefined
      ? [{ what: "persons without an account", why: "the directory cannot list whom it knows" }]
      : [];
  return [...ofStores, ...nameless];
}
