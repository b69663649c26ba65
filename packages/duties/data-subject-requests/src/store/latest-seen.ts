/** The SQL of the latest instant that was ever recorded. One row, in the publisher's scope. */
import { inUnit } from "@preau/database";
import { type Instant, instant, type Unit } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";

const TABLE = "dsr_latest_seen";

export async function readLatestSeen(unit: Unit): Promise<Instant | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller: PUBLISHER })
    .first<{ seen_at: string } | undefined>("seen_at");
  return row === undefined ? undefined : instant(row.seen_at);
}

/** Only ever later. */
export async function raiseLatestSeen(unit: Unit, now: Instant): Promise<void> {
  await inUnit(unit)(TABLE).insert({ controller: PUBLISHER, seen_at: now }).onConflict("controller").ignore();
  await inUnit(unit)(TABLE)
    .where({ controller: PUBLISHER })
    .where("seen_at", "<", now)
    .update({ seen_at: now });
}
