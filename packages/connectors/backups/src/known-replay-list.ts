/**
 * A replay list that the installation's own database knows: a list that was lost, or taken for another, is noticed before
 * anything is written to a new and empty one. @clause D12.3
 */
import type { Clock, ReplayList, UnitOfWork } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { FileReplayList } from "./replay-list.ts";
import { listsWritten, noteList } from "./store/replay-lists.ts";

export interface KnownReplayList extends ReplayList {
  /**
   * Whether the list is the one that was written to.
   * @throws BACKUPS_LIST_MISSING, BACKUPS_LIST_OTHER, BACKUPS_LIST_BROKEN
   */
  assertThere(): Promise<void>;
}

export function knownReplayList(
  list: FileReplayList,
  { unitOfWork, clock }: { readonly unitOfWork: UnitOfWork; readonly clock: Clock },
): KnownReplayList {
  const assertThere = async (): Promise<void> => {
    const known = await unitOfWork.transaction((unit) => listsWritten(unit));
    if (known.length === 0) return;
    const id = list.id();
    if (id === undefined) throw fault("BACKUPS_LIST_MISSING", { place: list.folder, clause: "D12.3" });
    if (!known.includes(id)) throw fault("BACKUPS_LIST_OTHER", { place: list.folder, clause: "D12.3" });
    list.count();
  };
  return {
    ...list,
    assertThere,
    remember: async (entry) => {
      await assertThere();
      await list.remember(entry);
      const id = list.id();
      if (id !== undefined) await unitOfWork.transaction((unit) => noteList(unit, id, clock.now()));
    },
  };
}
