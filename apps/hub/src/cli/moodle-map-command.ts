/** `preau moodle map check`: what of a live Moodle the map has no word for, with the entry to add for each. Writes nothing. */
import { checkDrift, looseEnds, readSchema } from "@preau/data-map";
import { openDatabase } from "@preau/database";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, logOf } from "./command-context.ts";
import { lmsPassword, sayWhenInClear } from "./erase-command.ts";
import { readMoodleMap } from "./moodle-map-file.ts";
import type { MapCheckOptions } from "./moodle-map-options.ts";
import { moodleMapTexts } from "./moodle-map-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** 0 the map has a word for everything · 1 it has not. @throws every refusal; a database without Moodle is one */
export async function mapCheckCommand(context: CommandContext, options: MapCheckOptions): Promise<number> {
  const map = readMoodleMap(context, options);
  sayWhenInClear(context, options.db);
  const log = logOf(context, "error");
  const database = await openDatabase({ url: options.db, password: lmsPassword(context), log });
  try {
    const schema = await readSchema(database);
    const ends = looseEnds(map, schema, options.tablePrefix);
    const drift = checkDrift(map, schema, options.tablePrefix);
    const answer = {
      schema: "preau.mapCheck/1",
      map: map.id,
      tables: { site: schema.size, map: Object.keys(map.tables).length },
      complete: ends.length === 0,
      toAdd: ends,
      skipped: { tables: drift.missingTables, columns: drift.missingColumns },
    };
    if (options.json) context.out(`${JSON.stringify(answer)}\n`);
    else context.out(say(answer, moodleMapTexts[terminalLanguage(context.environment)]));
    return answer.complete ? 0 : 1;
  } finally {
    await database.close();
  }
}

interface Answer {
  readonly map: string;
  readonly tables: { readonly site: number; readonly map: number };
  readonly toAdd: ReturnType<typeof looseEnds>;
  readonly skipped: { readonly tables: readonly string[]; readonly columns: readonly string[] };
}

function say(answer: Answer, words: (typeof moodleMapTexts)["en"]): string {
  const facts = alignedTable([
    [words.map, answer.map],
    [words.siteTables, String(answer.tables.site)],
    [words.mapTables, String(answer.tables.map)],
    [words.skipped, `${answer.skipped.tables.length} · ${answer.skipped.columns.length}`],
  ]);
  if (answer.toAdd.length === 0) return `${facts}\n${words.complete}\n`;
  const found = answer.toAdd.map(({ table, references, texts }) => [
    table,
    references.length === 0 ? "–" : references.join(", "),
    texts.length === 0 ? "–" : texts.join(", "),
  ]);
  const list = alignedTable([[words.table, words.references, words.texts], ...found]);
  const entries = answer.toAdd.map(({ entry }) => entry).join("\n");
  return `${facts}\n${words.toAdd(answer.toAdd.length)}\n\n${list}\n${words.howTo}\n\ntables:\n${entries}\n`;
}
