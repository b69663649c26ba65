/** One configured backup store, whatever made it. */
import path from "node:path";
import { type Place } from "@preau/calendar";
import { readPattern } from "./file-names.ts";
import type { BackupStoreOptions } from "./options.ts";
import { readDumpFolder, type SeenStore } from "./read-dump-folder.ts";
import { checkRestic, type ResticRepository, readRestic } from "./read-restic.ts";

export interface StoreReading {
  readonly place: Place;
  /** Folder that relative paths start from. */
  readonly from: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether its backups are read to their end. */
  readonly verify: boolean;
}

export interface ReadStore extends SeenStore {
  /** False when the tool that made it finds it damaged. */
  readonly isSound: boolean;
}

/** @throws BACKUPS_STORE_UNREADABLE, BACKUPS_BAD_PATTERN */
export async function readStore(
  store: Pick<BackupStoreOptions, "folder" | "pattern" | "restic" | "passwordFile" | "tags">,
  { place, from, environment, verify }: StoreReading,
): Promise<ReadStore> {
  if (store.restic !== undefined) {
    const repository: ResticRepository = {
      repository: /^[\w+.-]+:/.test(store.restic) ? store.restic : path.resolve(from, store.restic),
      environment: {
        ...environment,
        ...(store.passwordFile && { RESTIC_PASSWORD_FILE: path.resolve(from, store.passwordFile) }),
      },
      tags: store.tags,
    };
    const backups = await readRestic(repository);
    return { backups, notRecognised: [], isSound: !verify || (await checkRestic(repository)) };
  }
  const seen = await readDumpFolder({
    folder: path.resolve(from, store.folder ?? "."),
    place,
    verify,
    ...(store.pattern === undefined ? {} : { pattern: readPattern(store.pattern) }),
  });
  return { ...seen, isSound: true };
}
