/** Support requests between staff and the administrator of their school; annex B lists them for nobody else. */
import type { Knex } from "knex";
import { note, type Occasion } from "./log.ts";
import { nextId, type Viewer } from "./viewer.ts";

export interface MessageRow {
  readonly id: number;
  readonly from: string;
  readonly mine: boolean;
  readonly body: string;
  readonly sent_at: string;
}
export interface Correspondent {
  readonly id: number;
  readonly name: string;
}

export function maySupport(viewer: Viewer): boolean {
  return viewer.role === "administrator" || viewer.role === "teacher";
}

/** Messages to and from somebody, newest first, but those with a restricted person. */
export async function messagesOf(knex: Knex, viewer: Viewer): Promise<readonly MessageRow[]> {
  const rows = await knex("sch_message as m")
    .join("sch_account as f", (on) => on.on("f.id", "m.from_id").onVal("f.restricted", 0))
    .join("sch_account as t", (on) => on.on("t.id", "m.to_id").onVal("t.restricted", 0))
    .where((either) => {
      void either.where("m.from_id", viewer.id).orWhere("m.to_id", viewer.id);
    })
    .orderBy([
      { column: "m.sent_at", order: "desc" },
      { column: "m.id", order: "desc" },
    ])
    .select<{ id: number; from_id: number; f: string; l: string; body: string; sent_at: string }[]>(
      "m.id",
      "m.from_id",
      "m.body",
      "m.sent_at",
      { f: "f.first_name", l: "f.last_name" },
    );
  return rows.map(({ id, from_id, f, l, body, sent_at }) => ({
    ...{ id, from: `${f} ${l}`, mine: from_id === viewer.id, body, sent_at },
  }));
}

/** To whom a message may go: teachers write to administrators of their school, administrators to its staff. */
export async function correspondentsOf(knex: Knex, viewer: Viewer): Promise<readonly Correspondent[]> {
  if (!maySupport(viewer)) return [];
  const query = knex("sch_account")
    .where({ school_id: viewer.schoolId, restricted: 0 })
    .whereNot("id", viewer.id)
    .orderBy(["last_name", "id"])
    .select<{ id: number; first_name: string; last_name: string }[]>("id", "first_name", "last_name");
  if (viewer.role === "teacher") void query.where("role", "administrator");
  return (await query).map(({ id, first_name, last_name }) => ({ id, name: `${first_name} ${last_name}` }));
}

export async function sendMessage(
  knex: Knex,
  occasion: Occasion,
  to: number,
  body: string,
): Promise<boolean> {
  const { viewer, at } = occasion;
  const known = await correspondentsOf(knex, viewer);
  if (!known.some(({ id }) => id === to)) return false;
  await knex.transaction(async (transaction) => {
    const id = await nextId(transaction, "sch_message");
    await transaction("sch_message").insert({ id, from_id: viewer.id, to_id: to, body, sent_at: at });
    await note(transaction, occasion, "messageSent");
  });
  return true;
}
