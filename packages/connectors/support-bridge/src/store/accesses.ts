/** The SQL of what sessions of ours have opened. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, isFault, type Unit } from "@preau/kernel";

const ACCESS = "spt_access";

export interface Access {
  readonly controller: ControllerId;
  /** Of the web package: `ses_…`. */
  readonly session: string;
}

export async function hasAccess(unit: Unit, { controller, session }: Access): Promise<boolean> {
  const row: unknown = await inUnit(unit)(ACCESS).where({ controller, session }).first("reason");
  return row !== undefined;
}

/** False where it stood already. */
export async function insertAccess(
  unit: Unit,
  { controller, session, reason, at }: Access & { readonly reason: string; readonly at: Instant },
): Promise<boolean> {
  try {
    await inUnit(unit)(ACCESS).insert({ controller, session, reason, opened_at: at });
    return true;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
}

/** Sessions that ended long ago: what they opened stands in the journal. */
export async function deleteAccesses(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)(ACCESS).where("opened_at", "<", before).delete();
}
