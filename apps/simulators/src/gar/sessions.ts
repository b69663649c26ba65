/**
 * The browser's session at the simulated GAR, and the services that take part in it: signing out of the médiacentre,
 * or out of one service, reaches every other one. A session is 6 hours at most, as suppliers report of the GAR.
 */
import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import type { Answered } from "./choices.ts";
import type { GarPerson } from "./people.ts";

/** What a service said to its logout message. */
export interface LogoutOutcome {
  readonly ok: boolean;
  readonly said: string;
}

/** A service that let the person in, and how it is told that the session is over. */
export interface Participant {
  /** Its name for people: an entity id, a client id, the address of a CAS service. */
  readonly service: string;
  readonly protocol: "saml" | "oidc" | "cas";
  /** What the service names the session by: a SAML SessionIndex, an OIDC `sid`, a CAS ticket. */
  readonly index?: string;
  /** Sends the logout message, says what came back. Never throws. */
  logOut(): Promise<LogoutOutcome>;
  /** Whether the message has to go through the browser, when this channel is wanted where there is a choice. */
  goesThroughBrowser?(channel: Channel | undefined): boolean;
  /** The page or redirect that carries the message there. What comes back ends in `SigningOut.answered(handle)`. */
  throughBrowser?(handle: string, channel: Channel | undefined): Answered;
}

/** How a SAML service is told: from here to there, or through the browser. */
export const channels = ["soap", "post", "redirect"] as const;
export type Channel = (typeof channels)[number];

export interface GarSession {
  readonly id: string;
  readonly person: GarPerson;
  /** Signed in at the médiacentre: not asked again at the door. Who came by a door is asked each time. */
  readonly remembered: boolean;
  /** In the order in which they let the person in. */
  readonly participants: readonly Participant[];
  participate(participant: Participant): void;
}

export interface Sessions {
  /** The session of the browser that sent this request. */
  of(request: Request): GarSession | undefined;
  /** Goes on with the browser's session when it is that person's, begins one otherwise. Sets the cookie. */
  enter(response: Response, person: GarPerson, remembered: boolean): GarSession;
  /** The session in which a service of this protocol goes by this index. */
  byIndex(protocol: Participant["protocol"], index: string): GarSession | undefined;
  /** Forgets it. Its participants hear of it from whoever ends it. */
  end(session: GarSession): void;
}

export const SESSION_MS = 6 * 60 * 60_000;
const MOST_SESSIONS = 1_000;
const MOST_PARTICIPANTS = 50;
const COOKIE = "gar-session";

/** @param now epoch milliseconds */
export function makeSessions(now: () => number): Sessions {
  const open = new Map<string, { readonly session: GarSession; readonly until: number }>();
  const byId = (id: string) => {
    const found = open.get(id);
    return found === undefined || found.until <= now() ? undefined : found.session;
  };
  const of = (request: Request) => byId(cookieOf(request) ?? "");
  return {
    of,
    byIndex: (protocol, index) =>
      [...open.keys()]
        .map(byId)
        .find((each) => each?.participants.some((one) => one.protocol === protocol && one.index === index)),
    enter: (response, person, remembered) => {
      const current = of(response.req);
      if (current?.person === person && (current.remembered || !remembered)) return current;
      const session = newSession(person, remembered);
      if (current?.person === person) for (const each of current.participants) session.participate(each);
      if (current !== undefined) open.delete(current.id);
      for (const [id, { until }] of open) if (open.size >= MOST_SESSIONS || until <= now()) open.delete(id);
      open.set(session.id, { session, until: now() + SESSION_MS });
      response.cookie(COOKIE, session.id, { httpOnly: true, sameSite: "lax", path: "/" });
      return session;
    },
    end: (session) => {
      open.delete(session.id);
    },
  };
}

function newSession(person: GarPerson, remembered: boolean): GarSession {
  const participants: Participant[] = [];
  return {
    id: `_${randomBytes(20).toString("hex")}`,
    person,
    remembered,
    participants,
    participate: (participant) => {
      participants.push(participant);
      if (participants.length > MOST_PARTICIPANTS) participants.shift();
    },
  };
}

function cookieOf(request: Request): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(/;\s*/);
  return pairs.find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}
