/** The SQL of the cases of persons: whose they are, whether they are kept under restriction, and how they go. */
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, SubjectId, Unit } from "@preau/kernel";
import type { SupportCase } from "../support-case.ts";
import { CASE, type CaseRow, caseOf, type StoredCase } from "./cases.ts";
import { WORDS } from "./words.ts";

/** Of all of them, in a stable order. */
export async function casesOfSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly StoredCase[]> {
  if (subjects.length === 0) return [];
  const rows = await inUnit(unit)<CaseRow>(CASE)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .orderBy("id");
  return rows.map((row) => ({ line: caseOf(row), ...(row.sealed === null ? {} : { sealed: row.sealed }) }));
}

export async function countWordsOf(
  unit: Unit,
  controller: ControllerId,
  cases: readonly Pick<SupportCase, "id">[],
): Promise<number> {
  if (cases.length === 0) return 0;
  const row = await inUnit(unit)(WORDS)
    .where({ controller })
    .whereIn(
      "case_id",
      cases.map(({ id }) => id),
    )
    .count<{ words: number | string }[]>({ words: "*" });
  return Number(row[0]?.words ?? 0);
}

/** How many went. */
export async function deleteWordsOf(
  unit: Unit,
  { controller, id }: Pick<SupportCase, "controller" | "id">,
): Promise<number> {
  return inUnit(unit)(WORDS).where({ controller, case_id: id }).delete();
}

export async function deleteCase(
  unit: Unit,
  { controller, id }: Pick<SupportCase, "controller" | "id">,
): Promise<number> {
  return inUnit(unit)(CASE).where({ controller, id }).delete();
}

/** How many were not so before; `undefined` lifts it. */
export async function markCasesRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  since: Instant | undefined,
): Promise<number> {
  const own = inUnit(unit)(CASE).where({ controller, subject });
  void (since === undefined ? own.whereNotNull("restricted_at") : own.whereNull("restricted_at"));
  return own.update({ restricted_at: since ?? null });
}
