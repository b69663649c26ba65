/** One pupil's copies, and what a reader sees of them. */
import type { PersonalRecord } from "@preau/kernel";
import type { ContextFile } from "../src/access-context-form.ts";
import { type House, makeHouse } from "./copy-house.ts";
import { bytesOf, notebook, work } from "./copy-notebook.ts";
import type { Opened } from "./copy-open.ts";

export const message = (body: string): PersonalRecord => ({
  ...{ where: "message", category: "messages", purpose: "support" },
  row: { id: 1, sent: "2026-03-01T08:00:00Z", body },
});
export const setting: PersonalRecord = {
  ...{ where: "setting", category: "technical", purpose: "traceability" },
  row: { id: 1, key: "theme", value: "dark" },
};
export const essay = work(90, {
  file: { name: "../exposé à l’oral.txt", size: 13, bytes: () => bytesOf("L’été arrive") },
});
export const shared = work(91, {
  file: { name: "Devoir de Rodolphe.txt", notGiven: "namesOthers", bytes: () => bytesOf("") },
});
export const lost = work(92, { file: { name: "perdu.txt", notGiven: "missing", bytes: () => bytesOf("") } });

export async function pupilHouse(records: readonly PersonalRecord[]): Promise<House> {
  return makeHouse({ sources: [notebook({ records, facts: { role: "pupil", origin: "outsideGar" } })] });
}
/** What a reader sees: without tags, entities decoded, spaces that do not break as spaces. */
export const seen = (opened: Opened) =>
  opened
    .text("index.html")
    .replaceAll(/<style>[^<]*<\/style>|<[^>]*>/gu, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll(/[\s\u00A0\u202F]+/gu, " ");
export const contextOf = (opened: Opened) => opened.json("context.json") as ContextFile;
