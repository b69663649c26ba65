/** The SQL of signed links: hashes, whose they are, when they end. */
import { insertRows, inUnit } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";

export interface LinkRow {
  readonly controller: ControllerId;
  readonly purpose: string;
  readonly thing: string;
  readonly until: Instant;
  readonly madeAt: Instant;
  readonly usedAt?: Instant;
}

interface Row {
  readonly link_hash: string;
  readonly controller: ControllerId;
  readonly purpose: string;
  readonly thing: string;
  readonly until_at: Instant;
  readonly made_at: Instant;
  readonly used_at: Instant | null;
}

const TABLE = "web_link";

export async function insertLinks(
  unit: Unit,
  links: readonly (LinkRow & { readonly hash: string })[],
): Promise<void> {
  await insertRows(
    inUnit(unit),
    TABLE,
    links.map(({ hash, controller, purpose, thing, until, madeAt }) => ({
      ...{ link_hash: hash, controller, purpose, thing },
      ...{ until_at: until, made_at: madeAt, used_at: null },
    })),
  );
}

export async function findLink(unit: Unit, purpose: string, hash: string): Promise<LinkRow | undefined> {
  const row = await inUnit(unit)<Row>(TABLE).where({ link_hash: hash, purpose }).first();
  if (row === undefined) return undefined;
  const { controller, thing, until_at: until, made_at: madeAt, used_at: usedAt } = row;
  return { controller, purpose, thing, until, madeAt, ...(usedAt === null ? {} : { usedAt }) };
}

/** True for one user alone. */
export async function markUsed(unit: Unit, hash: string, at: Instant): Promise<boolean> {
  const changed = await inUnit(unit)(TABLE)
    .where({ link_hash: hash })
    .whereNull("used_at")
    .update({ used_at: at });
  return changed === 1;
}

export function deleteLinks(
  unit: Unit,
  controller: ControllerId,
  thing: string,
  purpose?: string,
): Promise<number> {
  const query = inUnit(unit)(TABLE).where({ controller, thing });
  if (purpose !== undefined) void query.where({ purpose });
  return query.delete();
}

/** Rows of links that ended before that instant go, used or not. How many. */
export function purgeLinks(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)(TABLE).where("until_at", "<", before).delete();
}
