/** What a house keeps of its cases, read as a test asks for it. */
import { expect } from "vitest";
import { openWords } from "../src/case-seal.ts";
import { readCase } from "../src/store/cases.ts";
import { wordsOfCase } from "../src/store/words.ts";
import type { CaseId, SealedWords } from "../src/support-case.ts";
import type { SupportHouse } from "./support-house.ts";

/** The one case of the house; a second one, or none, fails the test. */
export async function onlyCaseOf(house: SupportHouse) {
  const rows = await house.cases();
  expect(rows).toHaveLength(1);
  const stored = await house.inUnit((unit) => readCase(unit, "all", String(rows[0]?.["id"])));
  if (stored === undefined) throw new Error("no case");
  return stored;
}

/** The words of a case that can still be opened. */
export function textsOfCase(house: SupportHouse, id: CaseId): Promise<readonly SealedWords[]> {
  return house.inUnit(async (unit) => {
    const found = await readCase(unit, "all", id);
    const words = found === undefined ? [] : await wordsOfCase(unit, found.line);
    const open = await Promise.all(words.map(({ line, sealed }) => openWords(house.ports, line, sealed)));
    return open.filter((each) => each !== undefined);
  });
}
