/**
 * Compares the table of public holidays, day by day, with a copy of the official open data, and prints what it found:
 *
 *   node --conditions=@preau/source packages/foundation/calendar/test/programs/compare-open-data.ts DIR COMMIT DATE
 *
 * DIR holds the data set's `data/json/`, COMMIT and DATE name its version. What is printed is `reference/open-data.json`
 * as long as nothing differs. Exit 1 when a day does.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { regions } from "../../src/index.ts";
import { tableDays } from "../table-days.ts";

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");

const [folder, commit, date] = process.argv.slice(2);
if (folder === undefined || commit === undefined || date === undefined) {
  process.stderr.write("compare-open-data DIR COMMIT DATE\n");
  process.exit(2);
}

let differences = 0;
let compared = 0;
const files = regions.map((region) => {
  const file = `data/json/${region}.json`;
  const bytes = readFileSync(path.join(folder, file));
  const official = new Set(Object.keys(JSON.parse(bytes.toString("utf8")) as Record<string, string>));
  const ours = new Set(tableDays(region));
  const [first, last] = [Date.UTC(2006, 0, 1), Date.UTC(2031, 11, 31)];
  for (let at = first; at <= last; at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    compared += 1;
    if (official.has(day) === ours.has(day)) continue;
    differences += 1;
    process.stderr.write(`${region} ${day}: ${official.has(day) ? "official alone" : "ours alone"}\n`);
  }
  const days = [...official].filter((day) => day >= "2006" && day < "2032").sort();
  return { region, file, sha256: sha256(bytes), holidays: days.length, daysSha256: sha256(days.join("\n")) };
});
const report = {
  dataSet: "Jours fériés en France",
  publisher: "Etalab, direction interministérielle du numérique",
  address: "https://github.com/etalab/jours-feries-france-data",
  licence: "Licence Ouverte / Open Licence 2.0",
  commit,
  date,
  years: [2006, 2031],
  daysCompared: compared,
  differences,
  files,
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = differences === 0 ? 0 : 1;
