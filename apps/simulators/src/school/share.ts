/** Showing one observation to one parent of the child, and no longer showing it. */
import type { Knex } from "knex";
import { readsWhole, sharableObservations } from "./book.ts";
import { note, type Occasion } from "./log.ts";
import { reachedPupils } from "./reach.ts";
import { nextId } from "./viewer.ts";

export interface ShareWith {
  readonly observation: number;
  readonly parent: number;
}

/**
 * Shares an observation of an open book with a parent who is linked to the child and not restricted. Answers whose
 * child the observation is about, undefined when it is refused.
 */
export async function shareObservation(
  knex: Knex,
  occasion: Occasion,
  { observation, parent }: ShareWith,
): Promise<number | undefined> {
  const { viewer, at } = occasion;
  const [allowed] = await sharableObservations(knex, viewer)
    .join("sch_parent_link as l", "l.child_id", "o.child_id")
    .join("sch_account as p", (on) => on.on("p.id", "l.parent_id").onVal("p.restricted", 0))
    .where({ "o.id": observation, "p.id": parent })
    .select<{ child_id: number }[]>("o.child_id");
  if (allowed === undefined) return undefined;
  await knex.transaction(async (transaction) => {
    const row = { observation_id: observation, parent_id: parent };
    const already: unknown = await transaction("sch_share").where(row).whereNull("withdrawn_at").first("id");
    if (already !== undefined) return;
    const id = await nextId(transaction, "sch_share");
    await transaction("sch_share").insert({ id, ...row, shared_at: at, withdrawn_at: null });
    await note(transaction, occasion, "observationShared");
  });
  return allowed.child_id;
}

/**
 * Takes a share back, in an archived book too, whichever school wrote it: what a parent must no longer see does not wait.
 * Answers as sharing does.
 */
export async function withdrawShare(
  knex: Knex,
  occasion: Occasion,
  { observation, parent }: ShareWith,
): Promise<number | undefined> {
  const { viewer, at } = occasion;
  if (viewer.product !== "jardin" || !readsWhole(viewer)) return undefined;
  const own = await knex("sch_observation as o")
    .whereIn("o.child_id", reachedPupils(knex, viewer))
    .where("o.id", observation)
    .first<{ child_id: number } | undefined>("o.child_id");
  if (own === undefined) return undefined;
  return knex.transaction(async (transaction) => {
    const changed = await transaction("sch_share")
      .where({ observation_id: observation, parent_id: parent })
      .whereNull("withdrawn_at")
      .update({ withdrawn_at: at });
    if (changed > 0) await note(transaction, occasion, "sharingWithdrawn");
    return changed > 0 ? own.child_id : undefined;
  });
}
