/**
 * An address that a calendar can subscribe to. Calendars cannot sign in, so the address holds a token of 256 random bits;
 * the database holds its SHA-256. One an account: making another ends the first. It shows what its account may see at
 * that moment: a suspended account, a revoked one, or one whose role sees nothing due, shows nothing.
 */
import { createHash, randomBytes } from "node:crypto";
import type { ActorId, Language, Ports, Unit } from "@preau/kernel";
import { readAccount, type SessionData } from "@preau/web";
import { type DueReader, seesDues } from "./dues.ts";
import {
  type CalendarFeed,
  findFeed,
  readFeed,
  removeFeed,
  replaceFeed,
} from "./store/calendar-feed-rows.ts";

type FeedPorts = Pick<Ports, "clock" | "journal" | "unitOfWork">;

/** Who has a feed: the account that is signed in. A session without an account has none. */
export interface FeedOwner extends DueReader {
  readonly actor: ActorId;
}

export function feedOwner({ actor, actorRole, controller }: SessionData): FeedOwner | undefined {
  return actor === undefined ? undefined : { actor, actorRole, controller };
}

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A new token, told once; what the account had before opens nothing any more. */
export async function makeFeed(
  ports: FeedPorts,
  { actor, actorRole, controller }: FeedOwner,
  language: Language,
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  await ports.unitOfWork.transaction(async (unit) => {
    const madeAt = ports.clock.now();
    await replaceFeed(unit, { controller, actor, tokenHash: hashOf(token), language, madeAt });
    await recordFeed(unit, ports, "calendar.feedMade", { actor, actorRole, controller });
  });
  return token;
}

/** Ends the account's feed; nothing happens where there is none. */
export async function revokeFeed(ports: FeedPorts, owner: FeedOwner): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    if (await removeFeed(unit, owner.controller, owner.actor))
      await recordFeed(unit, ports, "calendar.feedRevoked", owner);
  });
}

export function feedOfAccount(
  { unitOfWork }: Pick<Ports, "unitOfWork">,
  { controller, actor }: FeedOwner,
): Promise<CalendarFeed | undefined> {
  return unitOfWork.transaction((unit) => readFeed(unit, controller, actor));
}

/**
 * For whom a token speaks, in the role that the account has today; undefined for a wrong one. The feed of an account that
 * is gone goes with it; that of the demonstration's accounts shows nothing once `demonstration` is off.
 */
export function readerOfToken(
  { unitOfWork }: Pick<Ports, "unitOfWork">,
  token: string,
  { demonstration }: { readonly demonstration: boolean },
): Promise<(DueReader & { readonly language: Language }) | undefined> {
  if (!TOKEN.test(token)) return Promise.resolve(undefined);
  return unitOfWork.transaction(async (unit) => {
    const feed = await findFeed(unit, hashOf(token));
    if (feed === undefined) return undefined;
    const { controller, actor, language } = feed;
    const account = await readAccount(unit, controller, actor);
    if (account === undefined || account.state === "revoked") await removeFeed(unit, controller, actor);
    if (account?.state !== "active" || !seesDues(account.role)) return undefined;
    if (account.demonstration && !demonstration) return undefined;
    return { controller, actorRole: account.role, language };
  });
}

async function recordFeed(
  unit: Unit,
  { journal }: FeedPorts,
  type: "calendar.feedMade" | "calendar.feedRevoked",
  { actor, actorRole, controller }: FeedOwner,
): Promise<void> {
  await journal.record(unit, {
    log: "activity",
    type,
    clause: "DD.7",
    controller,
    actor: { role: actorRole, id: actor },
  });
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
