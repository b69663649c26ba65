/** A store that fails fails the copy: its own error is the cause, and goes no further than the operational log. */
import { isFault, type PreauError } from "@preau/kernel";
import { fault } from "./errors.ts";

/** What a store yields. @throws EXPORT_STORE_FAILED, the store's own faults, and what aborts the signal */
export async function* orStoreFailed<T>(
  store: string,
  items: AsyncIterable<T>,
  signal?: AbortSignal,
): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (signal?.aborted === true || isFault(error)) throw error;
    throw storeFailed(store, error);
  }
}

export function storeFailed(store: string, cause: unknown): PreauError {
  return isFault(cause) ? cause : fault("EXPORT_STORE_FAILED", { place: store, clause: "D10.1a", cause });
}
