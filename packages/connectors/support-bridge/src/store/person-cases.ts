/** The SQL of one person's own cases, and of their words that wait to be read. */
import { inUnit } from "@preau/database";
import type { ControllerId, SubjectId, Unit } from "@preau/kernel";
import { SOMEBODY_ELSES } from "../somebody-elses.ts";
import type { WordsId } from "../support-case.ts";
import { CASE, type CaseRow, caseOf, type StoredCase } from "./cases.ts";
import { WORDS, type WordsRow } from "./words.ts";

/** Written in the hub, or kept there from the desk, by the person alone; latest first. */
export async function ownCasesOf(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<readonly StoredCase[]> {
  const rows = await inUnit(unit)<CaseRow>(CASE)
    .where({ controller, subject, side: "hub" })
    .where((own) => void own.whereNull("reason").orWhereNotIn("reason", SOMEBODY_ELSES))
    .orderBy([
      { column: "last_at", order: "desc" },
      { column: "id", order: "desc" },
    ]);
  return rows.map((row) => ({ line: caseOf(row), ...(row.sealed === null ? {} : { sealed: row.sealed }) }));
}

/** The person's own case that is not over, held until the unit ends. */
export async function lockOpenFormCase(
  unit: Unit,
  {
    controller,
    subject,
    product,
  }: { readonly controller: ControllerId; readonly subject: SubjectId; readonly product: string },
): Promise<StoredCase | undefined> {
  const row = await inUnit(unit)<CaseRow>(CASE)
    .where({ controller, subject, product, channel: "form" })
    .whereNot({ state: "closed" })
    .orderBy("id", "desc")
    .forUpdate()
    .first();
  return row && { line: caseOf(row), ...(row.sealed === null ? {} : { sealed: row.sealed }) };
}

/** Answers that the person sees now. */
export async function markRead(
  unit: Unit,
  controller: ControllerId,
  words: readonly WordsId[],
): Promise<void> {
  if (words.length === 0) return;
  await inUnit(unit)<WordsRow>(WORDS)
    .where({ controller, state: "waits" })
    .whereIn("id", [...words])
    .update({ state: "read" });
}

/** Answers that wait for a person. */
export async function countWaiting(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<number> {
  const cases = inUnit(unit)(CASE)
    .where({ controller, subject, side: "hub" })
    .where((own) => void own.whereNull("reason").orWhereNotIn("reason", SOMEBODY_ELSES))
    .select("id");
  const row = await inUnit(unit)(WORDS)
    .where({ controller, state: "waits" })
    .whereIn("case_id", cases)
    .count<{ answers: number | string }[]>({ answers: "*" });
  return Number(row[0]?.answers ?? 0);
}
