/**
 * Asking for the deletion of an account: the person's own (annex B of Jardin gives users that button), or, for an
 * administrator, somebody's of the school. The school only writes the request down: who deletes is Préau, which reads
 * the requests through its data map.
 */
import type { Knex } from "knex";
import { note, type Occasion } from "./log.ts";
import { peopleOf } from "./people.ts";
import { nextId } from "./viewer.ts";

export interface DeletionRequest {
  readonly account_id: number;
  readonly asked_at: string;
  readonly due_at: string;
}

/** Elapsed hours within which an account that is to be deleted is gone (D12.2). */
const HOURS = 24;

/** Writes a request down, once an account. False for whom this viewer may not ask for. */
export async function askDeletion(knex: Knex, occasion: Occasion, accountId: number): Promise<boolean> {
  const { viewer, at } = occasion;
  const own = accountId === viewer.id;
  if (!own) {
    if (viewer.role !== "administrator") return false;
    if (!(await peopleOf(knex, viewer)).some(({ id }) => id === accountId)) return false;
  }
  await knex.transaction(async (transaction) => {
    const already: unknown = await transaction("sch_deletion_request")
      .where("account_id", accountId)
      .first("id");
    if (already !== undefined) return;
    await transaction("sch_deletion_request").insert({
      id: await nextId(transaction, "sch_deletion_request"),
      ...{ account_id: accountId, requested_by: viewer.id, asked_at: at },
      due_at: new Date(Date.parse(at) + HOURS * 3_600_000).toISOString(),
    });
    await note(transaction, occasion, "deletionRequested");
  });
  return true;
}

export async function deletionRequestOf(knex: Knex, accountId: number): Promise<DeletionRequest | undefined> {
  return knex("sch_deletion_request")
    .where("account_id", accountId)
    .first<DeletionRequest | undefined>("account_id", "asked_at", "due_at");
}

/** Requests about people of the administrator's school, oldest first. */
export async function deletionRequests(
  knex: Knex,
  { viewer }: Pick<Occasion, "viewer">,
): Promise<readonly DeletionRequest[]> {
  if (viewer.role !== "administrator") return [];
  const own = new Set((await peopleOf(knex, viewer)).map(({ id }) => id));
  const rows = await knex("sch_deletion_request")
    .orderBy("asked_at")
    .select<DeletionRequest[]>("account_id", "asked_at", "due_at");
  return rows.filter(({ account_id }) => own.has(account_id));
}
