/**
 * The end of a session: each service that takes part in it is told, behind the browser's back where it can be, and
 * through the browser one after the other where it cannot. What each one answered is kept for who asked.
 */
import { randomBytes } from "node:crypto";
import type { Answered } from "./choices.ts";
import { onwardPage } from "./pages.ts";
import type { Channel, GarSession, LogoutOutcome, Participant, Sessions } from "./sessions.ts";

export interface ServiceOutcome extends LogoutOutcome {
  readonly service: string;
  readonly protocol: Participant["protocol"];
}

interface SigningOutOptions {
  /** Who asked for it knows already. */
  readonly except?: Participant;
  /** How SAML services are told, where they can be told so. */
  readonly channel?: Channel;
  /** False: there is no browser to go through. */
  readonly browser?: boolean;
  finish(outcomes: readonly ServiceOutcome[]): Answered;
}

export interface SigningOut {
  /** Ends the session and tells the others; what the browser is given next. */
  begin(session: GarSession, options: SigningOutOptions): Promise<Answered>;
  /** A service has answered through the browser; undefined when nothing is under way by this handle. */
  answered(handle: string, outcome: LogoutOutcome): Answered | undefined;
}

interface Under {
  readonly waiting: Participant[];
  readonly outcomes: Map<Participant, LogoutOutcome>;
  readonly all: readonly Participant[];
  readonly options: SigningOutOptions;
  current: Participant | undefined;
}

const MOST_UNDER_WAY = 200;

export function makeSigningOut(sessions: Sessions): SigningOut {
  const underWay = new Map<string, Under>();

  const next = (handle: string, under: Under): Answered => {
    const participant = under.waiting.shift();
    under.current = participant;
    if (participant === undefined) {
      underWay.delete(handle);
      return under.options.finish(outcomesOf(under));
    }
    const answered = participant.throughBrowser?.(handle, under.options.channel);
    if (answered === undefined) return next(handle, under);
    // By a page of its own: a redirect after a form may go only where the page with that form allowed.
    return "redirect" in answered ? onwardPage(answered.redirect) : answered;
  };

  return {
    begin: async (session, options) => {
      sessions.end(session);
      const all = session.participants.filter((each) => each !== options.except);
      const front = all.filter((each) => goesThroughBrowser(each, options.channel));
      const under: Under = { waiting: [], outcomes: new Map(), all, options, current: undefined };
      await Promise.all(
        all
          .filter((each) => !front.includes(each))
          .map(async (each) => under.outcomes.set(each, await each.logOut())),
      );
      if (options.browser !== false) under.waiting.push(...front);
      const handle = randomBytes(18).toString("base64url");
      for (const key of underWay.keys()) if (underWay.size >= MOST_UNDER_WAY) underWay.delete(key);
      underWay.set(handle, under);
      return next(handle, under);
    },
    answered: (handle, outcome) => {
      const under = underWay.get(handle);
      if (under?.current === undefined) return undefined;
      under.outcomes.set(under.current, outcome);
      return next(handle, under);
    },
  };
}

function goesThroughBrowser(participant: Participant, channel: Channel | undefined): boolean {
  return participant.goesThroughBrowser?.(channel) === true;
}

function outcomesOf({ all, outcomes }: Under): readonly ServiceOutcome[] {
  return all.map((each) => ({
    service: each.service,
    protocol: each.protocol,
    ...(outcomes.get(each) ?? { ok: false, said: "n'a pas répondu" }),
  }));
}
