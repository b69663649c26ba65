/** The SQL of requests to observe practices. Their words are sealed before they come here. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  instant,
  type Unit,
} from "@preau/kernel";
import type { Observation, ObservationId, ObservationState } from "../observation.ts";
import type { LedgerScope } from "./instruction-rows.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly product: string;
  readonly words: Buffer;
  readonly fields: string;
  readonly shown_hash: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly asked_by: string;
  readonly asked_at: string;
  readonly changed_at: string | null;
  readonly told_at: string | null;
  readonly state: string;
  readonly answered_by: string | null;
  readonly answered_at: string | null;
  readonly instruction: string | null;
}

/** As it rests. */
export interface SealedObservation extends Omit<Observation, "purpose" | "capacity"> {
  readonly words: Buffer;
}

export async function insertObservation(unit: Unit, each: SealedObservation): Promise<void> {
  await inUnit(unit)("ins_observation").insert({
    ...{ id: each.id, controller: each.controller, asked_by: each.askedBy, asked_at: each.askedAt },
    ...termColumns(each),
    state: each.state,
  });
}

/** Of one that is locked, and asked. */
export async function rewriteObservation(unit: Unit, each: SealedObservation, at: Instant): Promise<void> {
  await inUnit(unit)("ins_observation")
    .where({ id: each.id, controller: each.controller })
    .update({ ...termColumns(each), changed_at: at, told_at: null });
}

export async function answerObservation(
  unit: Unit,
  { id, controller }: Pick<Observation, "id" | "controller">,
  answer: {
    readonly state: ObservationState;
    readonly by: ActorRole;
    readonly at: Instant;
    readonly instruction?: InstructionId;
  },
): Promise<void> {
  const { state, by, at, instruction } = answer;
  await inUnit(unit)("ins_observation")
    .where({ id, controller })
    .update({ state, answered_by: by, answered_at: at, instruction: instruction ?? null });
}

export async function markObservationTold(
  unit: Unit,
  { id, controller }: Pick<Observation, "id" | "controller">,
  at: Instant,
): Promise<void> {
  await inUnit(unit)("ins_observation").where({ id, controller }).update({ told_at: at });
}

export async function findObservation(
  unit: Unit,
  scope: LedgerScope,
  id: string,
  how: "read" | "lock" = "read",
): Promise<SealedObservation | undefined> {
  const query = inUnit(unit)("ins_observation").where({ id });
  if (scope !== "all") void query.where({ controller: scope });
  if (how === "lock") void query.forUpdate();
  const row = await query.first<Row | undefined>();
  return row && observationOf(row);
}

/** Newest first. */
export async function listObservations(
  unit: Unit,
  scope: LedgerScope,
  state?: ObservationState,
): Promise<readonly SealedObservation[]> {
  const query = inUnit(unit)("ins_observation");
  if (scope !== "all") void query.where({ controller: scope });
  if (state !== undefined) void query.where({ state });
  const rows = await query.orderBy("asked_at", "desc").orderBy("id", "desc").limit(500).select<Row[]>();
  return rows.map(observationOf);
}

function termColumns({ product, words, fields, hash, startsAt, endsAt }: SealedObservation) {
  return {
    ...{ product, words, fields: JSON.stringify(fields), shown_hash: hash },
    ...{ starts_at: startsAt, ends_at: endsAt },
  };
}

function observationOf(row: Row): SealedObservation {
  const { answered_by: by, answered_at: at } = row;
  return {
    ...{ id: row.id as ObservationId, controller: row.controller as ControllerId, product: row.product },
    ...{ words: row.words, fields: JSON.parse(row.fields) as readonly string[], hash: row.shown_hash },
    ...{ startsAt: instant(row.starts_at), endsAt: instant(row.ends_at) },
    ...{ askedBy: row.asked_by as ActorRole, askedAt: instant(row.asked_at) },
    ...(row.changed_at === null ? {} : { changedAt: instant(row.changed_at) }),
    ...(row.told_at === null ? {} : { toldAt: instant(row.told_at) }),
    state: row.state as ObservationState,
    ...(by === null || at === null ? {} : { answered: { by: by as ActorRole, at: instant(at) } }),
    ...(row.instruction === null ? {} : { instruction: row.instruction as InstructionId }),
  };
}
