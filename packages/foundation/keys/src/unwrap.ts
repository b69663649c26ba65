import { fault } from "./errors.ts";
import { type Ring, unwrapEpochKey, unwrapRing } from "./ring.ts";
import type { StateRow } from "./store/key-tables.ts";

/**
 * The ring of a state row, opened with the root key.
 * @throws KEYS_ROOT_WRONG, KEYS_STORE_BROKEN
 */
export function openState(rootKey: Uint8Array, state: StateRow): { epochKey: Buffer; ring: Ring } {
  const epochKey = unwrapEpochKey(rootKey, state.wrappedEpochKey, state.epoch);
  if (epochKey === undefined) throw fault("KEYS_ROOT_WRONG", { log: { epoch: state.epoch } });
  const ring = unwrapRing(epochKey, state.ring, state.epoch);
  if (ring === undefined)
    throw fault("KEYS_STORE_BROKEN", { place: "key_state", log: { epoch: state.epoch } });
  return { epochKey, ring };
}
