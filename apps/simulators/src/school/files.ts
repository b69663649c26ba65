/** Files of one's own, and of the pupils whom one reaches. */
import type { Knex } from "knex";
import { reachedPupils } from "./reach.ts";
import type { Viewer } from "./viewer.ts";

export interface FileRow {
  readonly id: number;
  readonly name: string;
  readonly size: number;
}

export async function filesOf(knex: Knex, ownerId: number): Promise<readonly FileRow[]> {
  return knex("sch_file").where("owner_id", ownerId).orderBy("id").select<FileRow[]>("id", "name", "size");
}

/** A file's name and content for who may have it. A parent may not: only what is shared is theirs to see. */
export async function fileFor(
  knex: Knex,
  viewer: Viewer,
  id: number,
): Promise<{ readonly name: string; readonly content: string } | undefined> {
  return knex("sch_file")
    .where("id", id)
    .where((either) => {
      void either.where("owner_id", viewer.id);
      if (viewer.role !== "parent") void either.orWhereIn("owner_id", reachedPupils(knex, viewer));
    })
    .first<{ name: string; content: string } | undefined>("name", "content");
}
