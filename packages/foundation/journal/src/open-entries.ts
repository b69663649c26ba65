import type { ControllerId, JournalEntry } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { controllerScope, openSlot } from "./slot.ts";
import type { EntryRow } from "./store/entry-table.ts";

/** Entries as their readers see them: a slot whose key is destroyed, or whose payload is, is absent. */
export async function openEntries(
  keyStore: KeyStore,
  controller: ControllerId,
  rows: readonly EntryRow[],
): Promise<readonly JournalEntry[]> {
  const own = controllerScope(controller);
  const keyIds = new Set(rows.flatMap(({ slots }) => [slots.actor?.key, slots.subject?.key]));
  const named = [...keyIds].filter((id) => typeof id === "string");
  const withController = await keyStore.withKeys(
    [own],
    (keyOf) =>
      rows.map(({ header, slots }) => {
        const key = keyOf(own);
        const sealed = slots.controller?.sealed;
        return key && sealed ? { payload: openSlot(key, header.id, "controller", sealed) } : {};
      }),
    { create: false },
  );
  return keyStore.withKeyIds(named, (keyOf) =>
    rows.map((row, at) => {
      const open = (slot: "actor" | "subject") => {
        const { key: keyId, sealed } = row.slots[slot] ?? { key: null, sealed: null };
        const key = keyId === null ? undefined : keyOf(keyId);
        return key && sealed ? { [slot]: openSlot(key, row.header.id, slot, sealed) } : {};
      };
      const { commitments: _, ...header } = row.header;
      return {
        ...header,
        ...(row.index === undefined ? {} : { index: row.index }),
        ...open("actor"),
        ...open("subject"),
        ...withController[at],
      };
    }),
  );
}
