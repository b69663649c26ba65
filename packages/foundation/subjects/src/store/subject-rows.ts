/** The only SQL of the directory. The controller is an argument of every query but the queue of keys to destroy. */
import { type Database, inUnit } from "@preau/database";
import type { ControllerId, Id, Instant, SubjectId, Unit } from "@preau/kernel";

export interface SubjectRow {
  readonly id: SubjectId;
  readonly controller: ControllerId;
  readonly since: Instant;
  /** Set while the subject is restricted (GDPR art. 18). */
  readonly restricted_at: Instant | null;
}

export interface IdentifierRow {
  readonly id: Id<"sid">;
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  readonly kind: string;
  readonly hash: string;
  readonly sealed: Buffer;
  readonly linked_at: Instant;
}

interface KeyToDestroy {
  readonly controller: ControllerId;
  readonly subject: SubjectId;
}

const SUBJECT = "sbj_subject";
const IDENTIFIER = "sbj_identifier";
const KEY_TO_DESTROY = "sbj_key_to_destroy";

/** Queries inside a unit of work, or on the database itself. */
export type Queries = Database["knex"] | ReturnType<typeof inUnit>;

export async function subjectOfHash(
  queries: Queries,
  controller: ControllerId,
  kind: string,
  hash: string,
): Promise<SubjectId | undefined> {
  const row = await queries<IdentifierRow>(IDENTIFIER).where({ controller, kind, hash }).first("subject");
  return row?.subject;
}

/** @throws DATABASE_DUPLICATE when the identifier belongs to a subject already; the unit stays usable */
export async function insertIdentifier(queries: Queries, row: IdentifierRow): Promise<void> {
  await queries<IdentifierRow>(IDENTIFIER).insert(row);
}

export async function insertSubject(queries: Queries, row: SubjectRow): Promise<void> {
  await queries<SubjectRow>(SUBJECT).insert(row);
}

export async function updateIdentifier(
  queries: Queries,
  { controller, id, hash, sealed }: Pick<IdentifierRow, "controller" | "id" | "hash" | "sealed">,
): Promise<void> {
  await queries<IdentifierRow>(IDENTIFIER).where({ controller, id }).update({ hash, sealed });
}

export async function identifiersOf(
  queries: Queries,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly IdentifierRow[]> {
  return queries<IdentifierRow>(IDENTIFIER)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .orderBy("id")
    .select("*");
}

export async function subjectsOf(
  queries: Queries,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly SubjectRow[]> {
  return queries<SubjectRow>(SUBJECT)
    .where({ controller })
    .whereIn("id", [...subjects])
    .select("*");
}

/** Subjects that have an identifier, by id, after that one. */
export async function subjectsAfter(
  queries: Queries,
  controller: ControllerId,
  { after = "", limit }: { readonly after?: string; readonly limit: number },
): Promise<readonly SubjectId[]> {
  const rows = await queries<IdentifierRow>(IDENTIFIER)
    .where({ controller })
    .where("subject", ">", after)
    .distinct("subject")
    .orderBy("subject")
    .limit(limit);
  return rows.map(({ subject }) => subject);
}

/** The subjects among these that exist, locked until the unit ends: nothing is linked to one that is being forgotten. */
export async function lockSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly SubjectRow[]> {
  // On SQLite FOR UPDATE is left out: its units begin by being the only writer.
  return inUnit(unit)<SubjectRow>(SUBJECT)
    .where({ controller })
    .whereIn("id", [...subjects])
    .orderBy("id")
    .forUpdate()
    .select("*");
}

export async function countRows(
  queries: Queries,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<{ readonly subjects: number; readonly identifiers: number }> {
  const ids = [...subjects];
  const count = async (table: string, column: string) => {
    const row = await queries(table).where({ controller }).whereIn(column, ids).count({ rows: "*" }).first();
    return Number(row?.["rows"] ?? 0);
  };
  return { subjects: await count(SUBJECT, "id"), identifiers: await count(IDENTIFIER, "subject") };
}

export async function setRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  restrictedAt: Instant | null,
): Promise<number> {
  const query = inUnit(unit)<SubjectRow>(SUBJECT).where({ controller, id: subject });
  const other =
    restrictedAt === null ? query.whereNotNull("restricted_at") : query.whereNull("restricted_at");
  return other.update({ restricted_at: restrictedAt });
}

/** Deletes the identifiers of these subjects and notes that their keys must be destroyed. How many went. */
export async function deleteIdentifiers(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<number> {
  const transaction = inUnit(unit);
  const deleted = await transaction(IDENTIFIER)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .delete();
  const waiting = await transaction<KeyToDestroy>(KEY_TO_DESTROY)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .pluck("subject");
  const rows = subjects
    .filter((subject) => !waiting.includes(subject))
    .map((subject) => ({ controller, subject }));
  if (rows.length > 0) await transaction<KeyToDestroy>(KEY_TO_DESTROY).insert(rows);
  return deleted;
}

export async function deleteSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<number> {
  return inUnit(unit)(SUBJECT)
    .where({ controller })
    .whereIn("id", [...subjects])
    .delete();
}

/** Keys whose subjects are forgotten, at most 500. */
export async function keysToDestroy(queries: Queries): Promise<readonly KeyToDestroy[]> {
  return queries<KeyToDestroy>(KEY_TO_DESTROY).limit(500).select("controller", "subject");
}

export async function deleteKeysToDestroy(queries: Queries, keys: readonly KeyToDestroy[]): Promise<void> {
  const byController = new Map<ControllerId, SubjectId[]>();
  for (const { controller, subject } of keys) {
    byController.set(controller, [...(byController.get(controller) ?? []), subject]);
  }
  for (const [controller, subjects] of byController) {
    await queries<KeyToDestroy>(KEY_TO_DESTROY).where({ controller }).whereIn("subject", subjects).delete();
  }
}
