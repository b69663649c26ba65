/** The account between two starts: a file for its owner alone, written a moment after a change and at the end. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { type AccountState, emptyAccount, readAccount, writeAccount } from "./account-state.ts";
import type { Left } from "./agenda.ts";

export interface AccountFile {
  readonly state: AccountState;
  readonly left: Left;
  /** From now on the file is written, with what is still to come. */
  keep(left: () => Left): void;
  close(): Promise<void>;
}

const EVERY = 3_000; // milliseconds

export async function openAccountFile(path: string): Promise<AccountFile> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  const { state, left } =
    text === undefined ? { state: emptyAccount(), left: { pending: [], ahead: 0 } } : readAccount(text);
  let written = text;
  let timer: NodeJS.Timeout | undefined;
  let current = () => left;
  let writing = Promise.resolve();
  const write = () => {
    writing = writing.then(async () => {
      const now = writeAccount(state, current());
      if (now === written) return;
      await writeFile(`${path}.new`, now, { mode: 0o600 });
      await rename(`${path}.new`, path);
      written = now;
    });
    return writing;
  };
  return {
    state,
    left,
    keep: (from) => {
      current = from;
      timer = setInterval(() => void write(), EVERY);
      timer.unref();
    },
    close: async () => {
      clearInterval(timer);
      await write();
    },
  };
}
