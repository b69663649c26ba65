/**
 * The whole of each store in the hand-back, beside the rows by person: its database as a dump behind zstd, its file archive as
 * the store keeps it. A dump that was not committed is begun anew: half of one is nothing.
 * @clause D6.2c
 */
import { compressDump } from "@preau/database";
import {
  type Clock,
  type ControllerId,
  type Json,
  millisOf,
  type NotCovered,
  type RegisteredSource,
} from "@preau/kernel";
import type { HandBackFolder } from "./return-or-delete-folder.ts";

/** Within the lease of a walk: whoever writes a large file says in time that it is still at it. */
const BREATH_MS = 15_000;
/** Files of an archive between two commits, and bytes. */
const FILES = 2000;
const BYTES = 256 * 2 ** 20;

export interface RestitutionRun {
  readonly controller: ControllerId;
  readonly folder: HandBackFolder;
  readonly clock: Clock;
  /** Committed with what is written here: where the rows by person stand. */
  readonly cursor: Json;
  readonly signal?: AbortSignal | undefined;
  readonly mayGoOn: () => Promise<void>;
}

/** What the manifest says of one store's restitution. */
export interface RestitutionNote {
  readonly databases: readonly { readonly path: string; readonly load: string }[];
  /** Files of the archive. */
  readonly archived: number;
  readonly notCovered: readonly NotCovered[];
}

/**
 * Writes dumps and archive of one store; undefined where it gives none to this controller.
 * @throws what a dump or a file throws: what was committed stays
 * @clause D6.2c
 */
export async function writeRestitution(
  id: string,
  { exports }: RegisteredSource,
  run: RestitutionRun,
): Promise<RestitutionNote | undefined> {
  const { controller, folder, cursor, signal, mayGoOn } = run;
  const restitution = await exports?.restitution(controller);
  if (restitution === undefined) return undefined;
  const databases: { path: string; load: string }[] = [];
  for (const dump of restitution.dumps) {
    await mayGoOn();
    const bytes = () => breathing(compressDump(dump, signal), run);
    databases.push({ path: await folder.whole(id, `database/${dump.name}.zst`, bytes), load: dump.load });
    await folder.commit(cursor);
  }
  let [archived, missing, files, size] = [0, 0, 0, 0];
  for await (const { name, bytes, notGiven, size: known = 0 } of restitution.files(signal)) {
    signal?.throwIfAborted();
    if (notGiven !== undefined) {
      missing += 1;
      continue;
    }
    await folder.whole(id, `archive/${name}`, () => breathing(bytes(), run));
    archived += 1;
    files += 1;
    size += known;
    if (files < FILES && size < BYTES) continue;
    [files, size] = [0, 0];
    await mayGoOn();
    await folder.commit(cursor);
  }
  await folder.commit(cursor);
  return { databases, archived, notCovered: [...restitution.notCovered, ...notInStore(missing)] };
}

async function* breathing(
  bytes: AsyncIterable<Uint8Array>,
  { clock, mayGoOn }: RestitutionRun,
): AsyncGenerator<Uint8Array> {
  let asked = millisOf(clock.now());
  for await (const chunk of bytes) {
    yield chunk;
    const now = millisOf(clock.now());
    if (now - asked < BREATH_MS) continue;
    asked = now;
    await mayGoOn();
  }
}

function notInStore(files: number): readonly NotCovered[] {
  if (files === 0) return [];
  return [
    {
      what: `${files} files of the archive`,
      why: "the application names them and its file store lacks them, or a link stands in their place, which is not followed",
    },
  ];
}
