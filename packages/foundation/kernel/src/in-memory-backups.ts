/** The in-memory references of what is known of backups, and of the list to erase again after a restore. */
import type { BackupCatalogue, ReplayEntry, ReplayList } from "./backups.ts";
import type { ControllerId, ReceiptId } from "./ids.ts";
import type { Ground } from "./personal-data-source.ts";

/** A catalogue that has seen no backups; or one that answers what it is given, by source. */
export function inMemoryBackupCatalogue(
  answers: Readonly<Record<string, Awaited<ReturnType<BackupCatalogue["lastCopy"]>>>> = {},
): BackupCatalogue {
  return { lastCopy: async ({ source }) => answers[source] };
}

/** A list in memory. It seals nothing: nothing is at rest. */
export function inMemoryReplayList(): ReplayList {
  const entries = new Map<string, Omit<ReplayEntry, "marks"> & { readonly mark: string }>();
  const days = new Map<ReceiptId, string>();
  const of = (controller: ControllerId) =>
    [...entries.values()].filter((entry) => entry.controller === controller);

  return {
    remember: async ({ marks, ...entry }) => {
      for (const mark of marks)
        entries.set(JSON.stringify([entry.controller, entry.receipt, mark]), { ...entry, mark });
    },
    settle: async (receipt, lastCopy) => {
      if ([...entries.values()].some((entry) => entry.receipt === receipt)) days.set(receipt, lastCopy);
    },
    dropBefore: async (day) => {
      let dropped = 0;
      for (const [key, { receipt }] of entries) {
        const last = days.get(receipt);
        if (last === undefined || last >= day) continue;
        entries.delete(key);
        dropped += 1;
      }
      return dropped;
    },
    sources: async (controller) => [...new Set(of(controller).map(({ source }) => source))].sort(),
    find: async (controller, marks) => {
      const asked = new Set(marks);
      const found = new Map<string, Ground>();
      for (const { mark, ground } of of(controller)) if (asked.has(mark)) found.set(mark, ground);
      return found;
    },
  };
}
