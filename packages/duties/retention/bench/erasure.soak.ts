/** 200 erasures killed at moments of chance (times the scale), on SQLite and, where it is installed, on MariaDB. */
import { join } from "node:path";
import { makeFolder, mariaDbSkipReason, startMariaDb } from "@preau/testing";
import { type KilledErasures, killErasures } from "../test/kill-erasures.ts";

const RUNS = 200;
const WITHIN_MS = 600;

export async function soak({
  seed,
  scale,
}: {
  readonly seed: number;
  readonly scale: number;
}): Promise<Readonly<Record<string, KilledErasures | string>>> {
  const times = Math.max(1, Math.round(RUNS * scale));
  const folder = makeFolder();
  const file = (name: string) => `sqlite:${join(folder.path, name)}`;
  try {
    const sqlite = await killErasures({
      urls: [file("data.sqlite"), file("keys.sqlite"), file("school.sqlite")],
      ...{ times, withinMs: WITHIN_MS, seed },
    });
    const server = await startMariaDb();
    if (server === undefined) return { sqlite, mariadb: mariaDbSkipReason() ?? "not run" };
    try {
      const [data, school] = [await server.freshSchema(), await server.freshSchema()];
      const urls = [data.url, file("keys-of-mariadb.sqlite"), school.url] as const;
      return { sqlite, mariadb: await killErasures({ urls, times, withinMs: WITHIN_MS, seed }) };
    } finally {
      await server.stop();
    }
  } finally {
    folder.remove();
  }
}
