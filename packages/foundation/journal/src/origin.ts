import type { LogName } from "@preau/kernel";
import { fault } from "./errors.ts";
import { isKeyName } from "./signed-note.ts";

/**
 * The origin of one log: the first line of its checkpoints and the name of its key.
 * @throws JOURNAL_BAD_ORIGIN
 */
export function originOf(journal: string, log: LogName): string {
  const origin = `${journal}/${log}`;
  if (journal === "" || !isKeyName(origin)) throw fault("JOURNAL_BAD_ORIGIN");
  return origin;
}

/** Under which name a log signs up to which number its entries are gone: never taken for one of its checkpoints. */
export function minimumOrigin(origin: string): string {
  return `${origin}/minimum`;
}
