/** Rows of this package that name a person: purges that wait for one, holds on one. By an opaque id, never otherwise. */
import { inUnit } from "@preau/database";
import type { ControllerId, SubjectId, Unit } from "@preau/kernel";

const subjectTables = ["ret_purge_person", "ret_hold"] as const;
export type SubjectTable = (typeof subjectTables)[number];

const MOST_KEYS = 500;

export async function countSubjectRows(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<Readonly<Record<SubjectTable, number>>> {
  const counts = { ret_purge_person: 0, ret_hold: 0 };
  for (let at = 0; at < subjects.length; at += MOST_KEYS) {
    for (const table of subjectTables) {
      const [row] = await inUnit(unit)(table)
        .where({ controller })
        .whereIn("subject", subjects.slice(at, at + MOST_KEYS))
        .count<{ n: number | string }[]>({ n: "*" });
      counts[table] += Number(row?.n ?? 0);
    }
  }
  return counts;
}

/** A purge forgets its persons; a hold on one stays, on nobody: what was decided is not undone. */
export async function forgetSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<Readonly<Record<SubjectTable, number>>> {
  const trx = inUnit(unit);
  const ofPersons = (table: SubjectTable) =>
    trx(table)
      .where({ controller })
      .whereIn("subject", [...subjects]);
  return {
    ret_purge_person: await ofPersons("ret_purge_person").delete(),
    ret_hold: await ofPersons("ret_hold").update({ subject: null }),
  };
}

export interface SubjectRow {
  readonly where: SubjectTable;
  readonly row: Readonly<Record<string, string | number | null>>;
}

export async function rowsOfSubject(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<readonly SubjectRow[]> {
  const trx = inUnit(unit);
  const persons = await trx("ret_purge_person")
    .where({ controller, subject })
    .orderBy("purge")
    .select("purge", "source", "rule", "due_at", "state", "why");
  const holds = await trx("ret_hold")
    .where({ controller, subject })
    .orderBy("id")
    .select("id", "lawful", "basis", "until_day", "placed_by", "placed_at", "lifted_at");
  return [
    ...persons.map((row: SubjectRow["row"]) => ({ where: "ret_purge_person" as const, row })),
    ...holds.map((row: SubjectRow["row"]) => ({ where: "ret_hold" as const, row })),
  ];
}

/** Those of these persons whom an acting purge has judged a moment ago: a hold that no law requires was weighed then. */
export async function orderedSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<ReadonlySet<SubjectId>> {
  const rows = await inUnit(unit)("ret_purge_person")
    .where({ controller, state: "ordered", live: 1 })
    .whereIn("subject", [...subjects])
    .select<{ subject: SubjectId }[]>("subject");
  return new Set(rows.map(({ subject }) => subject));
}

/** Persons whom the purges of these persons left out for a hold, by hold. */
export async function heldBeside(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly { readonly hold: string; readonly persons: number }[]> {
  const trx = inUnit(unit);
  const purges = trx("ret_purge_person")
    .where({ controller, state: "ordered", live: 1 })
    .whereIn("subject", [...subjects])
    .select("purge");
  const rows = (await trx("ret_purge_person")
    .where({ controller, state: "held" })
    .whereIn("purge", purges)
    .whereNotNull("hold")
    .groupBy("hold")
    .orderBy("hold")
    .select("hold")
    .count({ n: "*" })) as unknown as { hold: string; n: number | string }[];
  return rows.map(({ hold, n }) => ({ hold, persons: Number(n) }));
}
