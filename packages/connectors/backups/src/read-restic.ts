/** A restic repository, read by the `restic` command: its snapshots restore each by itself, and none is another's base. */
import { execFile } from "node:child_process";
import { type Instant, instant } from "@preau/kernel";
import { z } from "zod";
import type { SeenBackup } from "./backup.ts";
import { fault } from "./errors.ts";

export interface ResticRepository {
  readonly repository: string;
  /** Of the process: RESTIC_PASSWORD_FILE and what the repository's own storage asks for. Never on the command line. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Snapshots with one of these tags alone; all when absent. */
  readonly tags?: readonly string[] | undefined;
}

const snapshots = z.array(
  z.object({
    id: z.string(),
    short_id: z.string().optional(),
    time: z.string(),
    tags: z.array(z.string()).nullish(),
  }),
);

const TIMEOUT_MS = 120_000;
const MOST_OUTPUT = 64 * 1024 * 1024;

/** @throws BACKUPS_STORE_UNREADABLE */
export async function readRestic(store: ResticRepository): Promise<readonly SeenBackup[]> {
  const { code, out } = await restic(store, ["snapshots", "--json"]);
  const read = code === 0 ? snapshots.safeParse(parsed(out)) : undefined;
  if (read?.success !== true)
    throw fault("BACKUPS_STORE_UNREADABLE", { place: "restic snapshots", clause: "DD.1" });
  const { tags } = store;
  return read.data
    .filter((each) => tags === undefined || tags.some((tag) => each.tags?.includes(tag)))
    .map(({ id, time }): SeenBackup => {
      const at: Instant = instant(Date.parse(time));
      return { id: id.slice(0, 8), startedAt: at, endedAt: at, kind: "alone", state: "whole" };
    });
}

/** Whether the repository's structure is whole; the data itself is not read again. */
export async function checkRestic(store: ResticRepository): Promise<boolean> {
  return (await restic(store, ["check", "--quiet"])).code === 0;
}

function restic(
  { repository, environment }: ResticRepository,
  arguments_: readonly string[],
): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve, reject) => {
    execFile(
      "restic",
      ["--no-lock", "--repo", repository, ...arguments_],
      {
        env: environment,
        timeout: TIMEOUT_MS,
        maxBuffer: MOST_OUTPUT,
        encoding: "utf8",
      },
      (error, out) => {
        if (error === null) resolve({ code: 0, out });
        else if (typeof error.code === "number") resolve({ code: error.code, out });
        else reject(fault("BACKUPS_STORE_UNREADABLE", { place: "restic", clause: "DD.1", cause: error }));
      },
    );
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? [];
  } catch {
    return undefined;
  }
}
