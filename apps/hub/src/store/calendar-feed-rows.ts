/** Calendar feeds in SQL. The controller is an argument of every query, but for the token's, which finds it. */
import { inUnit } from "@preau/database";
import type { ActorId, ControllerId, Instant, Language, Unit } from "@preau/kernel";

export interface CalendarFeed {
  readonly controller: ControllerId;
  readonly actor: ActorId;
  readonly tokenHash: string;
  readonly language: Language;
  readonly madeAt: Instant;
}

interface Row {
  readonly controller: ControllerId;
  readonly actor: ActorId;
  readonly token_hash: string;
  readonly language: Language;
  readonly made_at: Instant;
}

const TABLE = "hub_calendar_feed";

/** Puts a feed in the place of the one that the account had. */
export async function replaceFeed(unit: Unit, feed: CalendarFeed): Promise<void> {
  await removeFeed(unit, feed.controller, feed.actor);
  await inUnit(unit)(TABLE).insert({
    controller: feed.controller,
    actor: feed.actor,
    token_hash: feed.tokenHash,
    language: feed.language,
    made_at: feed.madeAt,
  });
}

/** False when there was none. */
export async function removeFeed(unit: Unit, controller: ControllerId, actor: ActorId): Promise<boolean> {
  return (await inUnit(unit)(TABLE).where({ controller, actor }).delete()) > 0;
}

export async function readFeed(
  unit: Unit,
  controller: ControllerId,
  actor: ActorId,
): Promise<CalendarFeed | undefined> {
  const row = await inUnit(unit)<Row>(TABLE).where({ controller, actor }).first();
  return row === undefined ? undefined : feedOf(row);
}

export async function findFeed(unit: Unit, tokenHash: string): Promise<CalendarFeed | undefined> {
  const row = await inUnit(unit)<Row>(TABLE).where({ token_hash: tokenHash }).first();
  return row === undefined ? undefined : feedOf(row);
}

function feedOf(row: Row): CalendarFeed {
  return {
    controller: row.controller,
    actor: row.actor,
    tokenHash: row.token_hash,
    language: row.language,
    madeAt: row.made_at,
  };
}
