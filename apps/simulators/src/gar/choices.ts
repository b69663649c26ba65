/**
 * "Who are you?", whatever the protocol: a list of the invented people, each a button, without a password.
 * `POST /idp/sign-in` ends it. Who has signed in at the médiacentre is not asked again.
 */
import { randomBytes } from "node:crypto";
import express, { type Response, type Router } from "express";
import { choicePage, contentSecurityPolicy, messagePage } from "./pages.ts";
import { type GarPerson, garPeople } from "./people.ts";
import type { Participant, Sessions } from "./sessions.ts";

/** What the browser is given next: an address to go to, or a page of its own policy (a form that sends itself). */
export type Answered =
  | { readonly redirect: string }
  | { readonly html: string; readonly contentSecurityPolicy: string };

/** A service that wants to know who somebody is. */
interface Asking {
  /** Its name, shown to who chooses. */
  readonly service: string;
  /** The address, or origin, where the answer's form or redirect goes: the page's policy lets it leave for there alone. */
  readonly target: string;
  /** Asks even who has signed in at the médiacentre (`ForceAuthn`, `prompt=login`, `renew=true`). */
  readonly askAnyway?: boolean;
  /** Makes it a session of the médiacentre: its person is not asked again. */
  readonly remember?: boolean;
  /** @param participate tells who is to hear of the session's end */
  finish(person: GarPerson, participate: (participant: Participant) => void): Answered | Promise<Answered>;
}

export interface Choices {
  /** Answers at once for who has signed in at the médiacentre, and with the list of people otherwise. */
  ask(response: Response, asking: Asking): void;
  /** `POST /idp/sign-in`. */
  readonly router: Router;
}

export interface ChoicesOptions {
  readonly sessions: Sessions;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const CHOOSE_WITHIN_MS = 30 * 60_000;
const MOST_WAITING = 1_000;
const GONE = "Cette demande de connexion n'existe plus. Recommencez depuis le service.";

export function makeChoices({ sessions, now }: ChoicesOptions): Choices {
  const waiting = new Map<string, { readonly asking: Asking; readonly since: number }>();

  const wait = (asking: Asking): string => {
    for (const [handle, { since }] of waiting) {
      if (waiting.size >= MOST_WAITING || now() - since > CHOOSE_WITHIN_MS) waiting.delete(handle);
    }
    const handle = randomBytes(18).toString("base64url");
    waiting.set(handle, { asking, since: now() });
    return handle;
  };

  const finish = async (response: Response, person: GarPerson, asking: Asking): Promise<void> => {
    const participants: Participant[] = [];
    const answered = await asking.finish(person, (participant) => participants.push(participant));
    const session = sessions.enter(response, person, asking.remember === true);
    for (const each of participants) session.participate(each);
    send(response, answered);
  };

  const ask = (response: Response, asking: Asking): void => {
    const session = asking.askAnyway === true ? undefined : sessions.of(response.req);
    if (session?.remembered === true) {
      finish(response, session.person, asking).catch((error: unknown) => response.req.next?.(error));
      return;
    }
    response.set("Content-Security-Policy", contentSecurityPolicy(undefined, asking.target));
    response.type("html").send(choicePage(wait(asking), asking.service, garPeople));
  };

  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: "4kb" });
  router.post("/idp/sign-in", form, async (request, response) => {
    const chosen = (request.body ?? {}) as Record<string, unknown>;
    const handle = String(chosen["request"]);
    const asking = waiting.get(handle)?.asking;
    const person = garPeople.find((each) => each.login === chosen["person"]);
    if (asking === undefined || person === undefined) {
      response.status(400).type("html").send(messagePage("Demande refusée", GONE));
      return;
    }
    waiting.delete(handle);
    // A redirect that follows a form is bound by the policy of the page with the form, which named the target.
    await finish(response, person, asking);
  });
  return { ask, router };
}

/** Sends the browser on, or shows it the page. */
export function send(response: Response, answered: Answered): void {
  if ("redirect" in answered) {
    response.redirect(303, answered.redirect);
    return;
  }
  response.set("Content-Security-Policy", answered.contentSecurityPolicy);
  response.type("html").send(answered.html);
}
