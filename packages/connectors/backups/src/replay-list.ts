/**
 * The list of whom to erase again after a restore, in a folder that stands outside every backup that it must survive.
 * Safe against a crash at any point, and for several processes at once. @clause D12.3
 */
import { createHash, createHmac } from "node:crypto";
import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { makeUnitOfWork, openDatabase } from "@preau/database";
import { type ControllerId, type Ground, isFault, type ReceiptId, type ReplayList } from "@preau/kernel";
import { readOrCreateSecret } from "@preau/keys";
import { fault } from "./errors.ts";
import { appendLines, type Head, KEY_FILE, readHead, readLines, replaceLines } from "./list-file.ts";

/** One line's worth: a mark under the list's key. */
interface Listed {
  readonly mark: string;
  readonly receipt: ReceiptId;
  readonly controller: ControllerId;
  readonly source: string;
  readonly ground: Ground;
}

/** What was read, and checked, up to a head: later lines are added to it. */
interface Content {
  readonly head: Head;
  readonly entries: Listed[];
  readonly lines: Set<string>;
  readonly grounds: Map<ControllerId, Map<string, Ground>>;
  readonly receipts: Set<ReceiptId>;
  readonly days: Map<ReceiptId, string>;
}

export interface FileReplayList extends ReplayList {
  readonly folder: string;
  /** Which list it is, without its key: undefined where there is none yet. */
  id(): string | undefined;
  /** How many entries, and how many of them have no day yet. @throws BACKUPS_LIST_MISSING, BACKUPS_LIST_BROKEN */
  count(): { readonly entries: number; readonly unsettled: number };
}

/** The list in that folder. Nothing is read or made before the first call; only writing makes it. */
export function openReplayList(folder: string): FileReplayList {
  let last: Content | undefined;

  const keyOf = (): Uint8Array => {
    const file = path.join(folder, KEY_FILE);
    if (!existsSync(file)) throw fault("BACKUPS_LIST_MISSING", { place: file });
    return translated("BACKUPS_LIST_BROKEN", () => readOrCreateSecret(file));
  };

  /** Undefined where nothing was ever written. */
  const content = (key: Uint8Array): Content | undefined => {
    for (;;) {
      const head = readHead(folder);
      if (head === undefined) return undefined;
      if (last?.head.chain === head.chain && isThere(folder, head)) return last;
      const known = last?.head.list === head.list && last.head.bytes <= head.bytes ? last : undefined;
      const lines = readLines(folder, key, head, known?.head);
      if (lines === undefined) continue; // it was written again in this very moment
      last = extend(known ?? emptyContent(head), head, lines);
      return last;
    }
  };

  const read = (): Content => {
    const key = keyOf();
    const found = translated("BACKUPS_LIST_MISSING", () => content(key));
    if (found === undefined) throw fault("BACKUPS_LIST_MISSING", { place: folder });
    return found;
  };

  /** One writer at a time, of all processes: the lock dies with the process that held it. */
  const write = async <T>(work: (key: Uint8Array) => T): Promise<T> => {
    try {
      makePrivateFolder(folder);
      const database = await openDatabase({ url: `sqlite:${path.join(folder, "lock.sqlite")}` });
      try {
        return await makeUnitOfWork(database).transaction(async () =>
          work(readOrCreateSecret(path.join(folder, KEY_FILE))),
        );
      } finally {
        await database.close();
      }
    } catch (cause) {
      if (isFault(cause, "BACKUPS_LIST_BROKEN")) throw cause;
      throw fault("BACKUPS_LIST_UNWRITABLE", { place: folder, clause: "D12.3", cause });
    }
  };

  return {
    folder,

    id: () =>
      existsSync(path.join(folder, KEY_FILE)) && readHead(folder) !== undefined
        ? createHash("sha256").update("preau.replay/1 id").update(keyOf()).digest("hex").slice(0, 32)
        : undefined,

    count: () => {
      const { entries, days } = read();
      return {
        entries: entries.length,
        unsettled: entries.filter(({ receipt }) => !days.has(receipt)).length,
      };
    },

    remember: async ({ marks, ...entry }) =>
      write((key) => {
        const known = content(key)?.lines;
        const lines = marks.map((mark) => lineOf({ ...entry, mark: hmacOf(key, entry.controller, mark) }));
        const fresh = [...new Set(lines)].filter((line) => known?.has(line) !== true);
        // An empty list is a list: it says that somebody looked, and nobody stands on it.
        if (fresh.length > 0 || known === undefined) appendLines(folder, key, fresh);
      }),

    settle: async (receipt, lastCopy) => {
      if (!existsSync(path.join(folder, KEY_FILE))) return; // nobody was ever remembered: no list is made for that
      await write((key) => {
        const found = content(key);
        if (found?.receipts.has(receipt) !== true) return;
        if (found.days.get(receipt) !== lastCopy) appendLines(folder, key, [`= ${receipt} ${lastCopy}`]);
      });
    },

    dropBefore: async (day) => {
      if (!existsSync(path.join(folder, KEY_FILE))) return 0;
      return write((key) => {
        const found = content(key);
        if (found === undefined) return 0;
        const isPast = ({ receipt }: Listed) => (found.days.get(receipt) ?? day) < day;
        const stay = found.entries.filter((entry) => !isPast(entry));
        const dropped = found.entries.length - stay.length;
        if (dropped === 0) return 0;
        const receipts = new Set(stay.map(({ receipt }) => receipt));
        const days = [...found.days].filter(([receipt]) => receipts.has(receipt));
        replaceLines(folder, key, [
          ...stay.map(lineOf),
          ...days.map(([receipt, date]) => `= ${receipt} ${date}`),
        ]);
        return dropped;
      });
    },

    sources: async (controller) => {
      const own = read().entries.filter((entry) => entry.controller === controller);
      return [...new Set(own.map(({ source }) => source))].sort();
    },

    find: async (controller, marks) => {
      const grounds = read().grounds.get(controller);
      const found = new Map<string, Ground>();
      if (grounds === undefined) return found;
      const key = keyOf();
      for (const mark of marks) {
        const ground = grounds.get(hmacOf(key, controller, mark));
        if (ground !== undefined) found.set(mark, ground);
      }
      return found;
    },
  };
}

const WORD = "[!-~]+";
const ENTRY = new RegExp(`^\\+ ([0-9a-f]{64}) (${WORD}) (${WORD}) (${WORD}) (${WORD})$`);
const DAY = new RegExp(`^= (${WORD}) (\\d{4}-\\d{2}-\\d{2})$`);

function lineOf({ mark, receipt, controller, source, ground }: Listed): string {
  const line = `+ ${mark} ${receipt} ${controller} ${source} ${ground}`;
  if (!ENTRY.test(line)) throw fault("BACKUPS_LIST_UNWRITABLE", { place: "source" });
  return line;
}

function emptyContent(head: Head): Content {
  return {
    ...{ head, entries: [], lines: new Set(), grounds: new Map() },
    ...{ receipts: new Set(), days: new Map() },
  };
}

/** @throws BACKUPS_LIST_BROKEN: a line that the chain holds and no version of ours wrote */
function extend(content: Content, head: Head, lines: readonly string[]): Content {
  for (const line of lines) {
    const [, mark, receipt, controller, source, ground] = ENTRY.exec(line) ?? [];
    const [, settled, day] = DAY.exec(line) ?? [];
    if (mark !== undefined) {
      const entry = { mark, receipt, controller, source, ground } as Listed; // lineOf wrote it
      content.entries.push(entry);
      content.lines.add(line);
      content.receipts.add(entry.receipt);
      const grounds = content.grounds.get(entry.controller) ?? new Map<string, Ground>();
      content.grounds.set(entry.controller, grounds.set(mark, entry.ground));
    } else if (settled !== undefined && day !== undefined) content.days.set(settled as ReceiptId, day);
    else throw fault("BACKUPS_LIST_BROKEN", { place: "line" });
  }
  return { ...content, head };
}

function hmacOf(key: Uint8Array, controller: ControllerId, mark: string): string {
  return createHmac("sha256", key)
    .update(JSON.stringify([controller, mark]))
    .digest("hex");
}

/** What is kept in memory still stands on the disk: a list that was shortened since is not to be trusted. */
function isThere(folder: string, { list, bytes }: Head): boolean {
  return (statSync(path.join(folder, list), { throwIfNoEntry: false })?.size ?? -1) >= bytes;
}

function makePrivateFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error; // another process made it at the same moment
  }
}

function translated<T>(code: "BACKUPS_LIST_MISSING" | "BACKUPS_LIST_BROKEN", work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isFault(cause) && cause.code.startsWith("BACKUPS_")) throw cause;
    throw fault(code, { place: KEY_FILE, cause });
  }
}
