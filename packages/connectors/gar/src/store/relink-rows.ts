/** The SQL of requests to be joined to an old account. A deletion decides who used a code. */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  type Id,
  type Instant,
  instant,
  type Origin,
  type SubjectId,
  type Unit,
} from "@preau/kernel";

type RelinkId = Id<"rlk">;

/** Somebody's request: no code, no school, no identifier; their keyed hashes. */
export interface Relink {
  readonly id: RelinkId;
  readonly controller: ControllerId;
  readonly product: string;
  /** The person under the new identifier. */
  readonly subject: SubjectId;
  readonly role: string;
  readonly origin: Origin;
  /** Kind of the new identifier: `gar.ido`, `sso.<provider>`. */
  readonly identifierKind: string;
  readonly codeHash: string;
  readonly schools: readonly string[];
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly product: string;
  readonly subject: string;
  readonly role: string;
  readonly origin: string;
  readonly identifier_kind: string;
  readonly code_hash: string;
  readonly schools: string;
  /** Wrong account numbers that were tried with the code. */
  readonly misses: number;
  readonly asked_at: string;
  readonly expires_at: string;
}

const TABLE = "gar_relink";

const rows = (unit: Unit, controller: ControllerId) => inUnit(unit)<Row>(TABLE).where({ controller });

export async function insertRelink(unit: Unit, each: Relink): Promise<void> {
  await inUnit(unit)<Row>(TABLE).insert({
    id: each.id,
    controller: each.controller,
    product: each.product,
    subject: each.subject,
    role: each.role,
    origin: each.origin,
    identifier_kind: each.identifierKind,
    misses: 0,
    code_hash: each.codeHash,
    schools: JSON.stringify(each.schools),
    asked_at: each.askedAt,
    expires_at: each.expiresAt,
  });
}

export async function relinkOfCode(
  unit: Unit,
  controller: ControllerId,
  codeHash: string,
): Promise<Relink | undefined> {
  const row = await rows(unit, controller).where({ code_hash: codeHash }).first();
  return row && relinkOf(row);
}

export async function relinksOfSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly Relink[]> {
  const found = await rows(unit, controller)
    .whereIn("subject", [...subjects])
    .orderBy("id")
    .select("*");
  return found.map(relinkOf);
}

/** Counts a wrong account number against a code; the request of one that has reached `most` goes. */
export async function countMiss(
  unit: Unit,
  controller: ControllerId,
  { codeHash, most }: { readonly codeHash: string; readonly most: number },
): Promise<void> {
  await rows(unit, controller).where({ code_hash: codeHash }).increment("misses", 1);
  await rows(unit, controller).where({ code_hash: codeHash }).where("misses", ">=", most).delete();
}

/** True for the one caller that removed it. */
export async function useRelink(
  unit: Unit,
  { controller, id, codeHash }: Pick<Relink, "controller" | "id" | "codeHash">,
): Promise<boolean> {
  return (await rows(unit, controller).where({ id, code_hash: codeHash }).delete()) === 1;
}

export async function deleteRelinks(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<number> {
  return rows(unit, controller)
    .whereIn("subject", [...subjects])
    .delete();
}

/** Removes at most `limit` of a controller's that have expired, by their keys; how many. */
export async function sweepRelinks(
  unit: Unit,
  controller: ControllerId,
  { now, limit }: { readonly now: Instant; readonly limit: number },
): Promise<number> {
  const expired = await rows(unit, controller).where("expires_at", "<=", now).limit(limit).select("id");
  if (expired.length === 0) return 0;
  return rows(unit, controller)
    .whereIn(
      "id",
      expired.map(({ id }) => id),
    )
    .delete();
}

/** Of every controller, those that ended before. */
export async function purgeRelinks(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)<Row>(TABLE).where("expires_at", "<", before).delete();
}

function relinkOf(row: Row): Relink {
  return {
    id: row.id as RelinkId,
    controller: row.controller as ControllerId,
    product: row.product,
    subject: row.subject as SubjectId,
    role: row.role,
    origin: row.origin as Origin,
    identifierKind: row.identifier_kind,
    codeHash: row.code_hash,
    schools: JSON.parse(row.schools) as readonly string[],
    askedAt: instant(row.asked_at),
    expiresAt: instant(row.expires_at),
  };
}
