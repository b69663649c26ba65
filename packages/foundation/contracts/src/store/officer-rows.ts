/** Officers in the database: role in clear, the person sealed. */

import { inUnit } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import type { OfficerId, OfficerRole } from "../controller.ts";
import type { Queries } from "./queries.ts";

export interface OfficerRow {
  readonly controller: ControllerId;
  readonly id: OfficerId;
  readonly role: OfficerRole;
  readonly sealed: Buffer;
  readonly version: number;
  readonly created_at: Instant;
}

export interface KeyToDestroy {
  readonly controller: ControllerId;
  readonly officer: OfficerId;
}

const OFFICER = "ctr_officer";
const KEY = "ctr_key_to_destroy";

/** In the order of their appointment. */
export function officerRowsOf(queries: Queries, controller: ControllerId): Promise<OfficerRow[]> {
  return queries<OfficerRow>(OFFICER).where({ controller }).orderBy("id").select<OfficerRow[]>("*");
}

export async function insertOfficers(queries: Queries, rows: readonly OfficerRow[]): Promise<void> {
  const batch = 50;
  for (let at = 0; at < rows.length; at += batch) {
    await queries<OfficerRow>(OFFICER).insert(rows.slice(at, at + batch));
  }
}

/** False when it is not there, or has another version by now. */
export async function updateOfficer(
  queries: Queries,
  { controller, id, role, sealed, version }: Omit<OfficerRow, "created_at">,
): Promise<boolean> {
  const changed = await queries<OfficerRow>(OFFICER)
    .where({ controller, id, version })
    .update({ role, sealed, version: version + 1 });
  return changed === 1;
}

/** Deletes the row and notes that its key must be destroyed. The role of who went; undefined when nobody did. */
export async function deleteOfficer(
  unit: Unit,
  controller: ControllerId,
  id: OfficerId,
): Promise<OfficerRole | undefined> {
  const queries = inUnit(unit);
  const row = await queries<OfficerRow>(OFFICER)
    .where({ controller, id })
    .first<Pick<OfficerRow, "role"> | undefined>("role");
  if (row === undefined) return undefined;
  await queries<OfficerRow>(OFFICER).where({ controller, id }).delete();
  await queries<KeyToDestroy>(KEY).insert({ controller, officer: id });
  return row.role;
}

/** Keys whose officers are gone, at most 500. */
export function officerKeysToDestroy(queries: Queries): Promise<KeyToDestroy[]> {
  return queries<KeyToDestroy>(KEY).limit(500).select<KeyToDestroy[]>("controller", "officer");
}

export async function deleteOfficerKeys(queries: Queries, keys: readonly KeyToDestroy[]): Promise<void> {
  for (const { controller, officer } of keys) {
    await queries<KeyToDestroy>(KEY).where({ controller, officer }).delete();
  }
}
