/** The coverage of a folder, and short forms of what it finds. */
import { checkCoverage } from "../src/coverage.ts";
import type { Diagnostic } from "../src/index.ts";
import { locateAgreementFolder } from "../src/read-agreement-folder.ts";

export type Files = ReadonlyMap<string, string>;

/** What the coverage finds in a folder. */
export function check(files: Files): readonly Diagnostic[] {
  const { agreement, source } = locateAgreementFolder(files);
  return checkCoverage(agreement, source);
}
export const brief = (found: readonly Diagnostic[]) =>
  found.map(({ code, file, line, clause }) => `${code} ${file}:${line} ${clause ?? "–"}`);
/** The rules that the sentences name. */
export const rulesIn = (found: readonly Diagnostic[]) =>
  new Set(
    found.flatMap(({ says }) =>
      [...says.en.matchAll(/ule `([\w.]+)`|or `([\w.]+)`/g)].map((each) => each[1] ?? each[2]),
    ),
  );
