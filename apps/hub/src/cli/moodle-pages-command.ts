/**
 * `preau moodle check`: whether what Moodle's pages rest on holds in a live database. Run before and after an erasure, the
 * sums of what pages are arranged by are the same. Reads only. towards D12.2
 */
import { openDatabase } from "@preau/database";
import { readInvariants } from "@preau/moodle";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, logOf } from "./command-context.ts";
import { lmsPassword, sayWhenInClear } from "./erase-command.ts";
import type { MapCheckOptions } from "./moodle-map-options.ts";
import { moodleMapTexts } from "./moodle-map-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** 0 nothing is broken · 1 something is, named. */
export async function pagesCommand(
  context: CommandContext,
  { db, tablePrefix, json }: Pick<MapCheckOptions, "db" | "tablePrefix" | "json">,
): Promise<number> {
  sayWhenInClear(context, db);
  const database = await openDatabase({
    url: db,
    password: lmsPassword(context),
    log: logOf(context, "error"),
  });
  try {
    const found = [...(await readInvariants(database, tablePrefix))];
    const broken = found.filter(([{ is }, value]) => is === "count" && value > 0);
    const checks = found.map(([{ name, is, place }, value]) => ({ name, is, place, value }));
    const words = moodleMapTexts[terminalLanguage(context.environment)];
    const list = alignedTable(broken.map(([{ place }, value]) => [String(value).padStart(6), place]));
    if (json) {
      const answer = { schema: "preau.moodlePages/1", sound: broken.length === 0, checks };
      context.out(`${JSON.stringify(answer)}\n`);
    } else context.out(`${words.pages(found.length, broken.length)}\n${list}`);
    return broken.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}
