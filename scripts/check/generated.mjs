import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Compares a generated file with what is committed; with `fix`, writes it.
 *
 * @param {string} root
 * @param {string} file
 * @param {string} wanted
 * @param {boolean} fix
 * @returns {import("./findings.mjs").Finding[]}
 */
export function compareGenerated(root, file, wanted, fix) {
  const full = path.join(root, file);
  const found = existsSync(full) ? readFileSync(full, "utf8") : undefined;
  if (found === wanted) return [];
  if (fix) {
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, wanted);
    return [];
  }
  const remedy = "run: npm run check -- --fix";
  if (found === undefined) return [{ file, message: "is missing", remedy }];
  const [have, want] = [found.split("\n"), wanted.split("\n")];
  const index = want.findIndex((line, i) => line !== have[i]);
  const line = (index === -1 ? want.length : index) + 1;
  return [{ file, line, message: `differs from the sources: ${want[line - 1] || have[line - 1]}`, remedy }];
}

/** A cell of a Markdown table. */
export function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ").trim();
}
