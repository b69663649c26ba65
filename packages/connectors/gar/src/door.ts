/**
 * What the three protocols have in common: a sign-in that one browser begins and finishes once, a message that counts once,
 * sessions that end at the provider's word, and attempts that are counted. All of it in the caller's unit. @clause D4.1, DD.7
 */
import { hkdfSync, randomBytes } from "node:crypto";
import {
  addMillis,
  type Clock,
  type Ids,
  type Instant,
  isFault,
  type Log,
  type PreauError,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import { localPath, type SessionKey } from "@preau/web";
import { browserHash, newBrowserToken } from "./browser-binding.ts";
import { countRefusals } from "./count-refusals.ts";
import { keyedSessions } from "./keyed-sessions.ts";
import type { SignInProvider } from "./provider.ts";
import { refusal, refuse } from "./refusal.ts";
import {
  type GarIdentity,
  recordRefusal,
  type SignInPorts,
  signIn,
  type VerifiedIdentity,
} from "./sign-in.ts";
import { rememberEnded, wasEnded } from "./store/ended-sessions.ts";
import { addRequest, consumeRequest, sweepRequests } from "./store/pending-requests.ts";
import { sweepAssertions, useAssertion } from "./store/used-assertions.ts";

export interface GarPorts extends SignInPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly unitOfWork: UnitOfWork;
}

/** Longer than a verified message waits for its commit. */
const REMEMBER_ENDED_MS = 15 * 60_000;
const SWEEP_EVERY_MS = 60_000;
/** Rows of one transaction: it is over soon, and another sign-in gets in between. */
const SWEEP_LIMIT = 500;
/** Transactions of one sweep: 50,000 rows, as many as 16 addresses can begin in a minute. */
const MOST_SWEEPS = 100;

/** A request that was begun: what goes to the provider (ID of an AuthnRequest, `state`), and into the browser. */
export interface BegunRequest {
  readonly id: string;
  readonly browserToken: string;
}

export interface Beginning {
  /** Where the visitor wants to go on: unchecked. */
  readonly next: unknown;
  /** The token that the browser has already. */
  readonly browserToken: string | undefined;
}

/** A message of the provider that was verified, and the sign-in that it ends. */
export interface Finishing {
  /** The request that it answers, and the token of the browser that brought it. */
  readonly requestId: string;
  readonly browserToken: string | undefined;
  /** What must not be accepted twice: an assertion, a code, a ticket. `expiresAt`: until when it could be. */
  readonly message: { readonly issuer: string; readonly id: string; readonly expiresAt: Instant };
  readonly verified: VerifiedIdentity;
  /** Joins the unit: starts the session where there is one. May run more than once. */
  readonly onSignedIn?: OnSignedIn | undefined;
}

export type OnSignedIn = (identity: GarIdentity, unit: Unit) => Promise<void>;

export interface SignedIn {
  readonly identity: GarIdentity;
  readonly nextPath: string;
}

export function makeDoor(ports: GarPorts, provider: SignInProvider) {
  const { clock, log, journal, unitOfWork, sessions } = ports;
  const { controller } = provider;
  let sweptAt = Number.NEGATIVE_INFINITY;

  const countRefusal = countRefusals({
    clock,
    log,
    record: (refused) =>
      unitOfWork.transaction((unit) => recordRefusal(journal, unit, { controller, ...refused })),
  });

  const sweep = async () => {
    if (clock.monotonic() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = clock.monotonic();
    const limits = { now: clock.now(), limit: SWEEP_LIMIT };
    for (let times = 0; times < MOST_SWEEPS; times += 1) {
      const removed = await unitOfWork.transaction(async (unit) => [
        await sweepRequests(unit, controller, limits),
        await sweepAssertions(unit, controller, limits),
      ]);
      if (removed.every((count) => count < SWEEP_LIMIT)) return;
    }
    sweptAt = Number.NEGATIVE_INFINITY; // the next one goes on
  };

  /** @throws GAR_SIGN_IN_REFUSED */
  const useUp = async (unit: Unit, { requestId, browserToken, message }: Finishing) => {
    const nextPath =
      browserToken === undefined
        ? undefined
        : await consumeRequest(unit, controller, {
            id: requestId,
            browserHash: browserHash(browserToken, provider.id),
            now: clock.now(),
          });
    if (nextPath === undefined) refuse("unknownRequest");
    if (!(await useAssertion(unit, controller, message))) refuse("replayedAssertion");
    return nextPath;
  };

  return {
    provider,
    /** Our public address is https. */
    secure: new URL(provider.publicUrl).protocol === "https:",
    requestSeconds: provider.requestMinutes * 60,

    /** Begins a sign-in that goes on to one of our own paths. A browser keeps one token for all its tabs. */
    begin: async (beginning: Beginning): Promise<BegunRequest> => {
      await sweep();
      const begun = {
        id: `_${randomBytes(20).toString("hex")}`,
        browserToken: beginning.browserToken ?? newBrowserToken(),
      };
      await unitOfWork.transaction((unit) =>
        addRequest(unit, controller, {
          id: begun.id,
          browserHash: browserHash(begun.browserToken, provider.id),
          nextPath: nextPathOf(beginning.next, provider.landingPath),
          expiresAt: addMillis(clock.now(), provider.requestMinutes * 60_000),
        }),
      );
      return begun;
    },

    /**
     * The end of a sign-in whose message was verified: request and message are used up, the person is signed in, all in one
     * unit. @throws GAR_SIGN_IN_REFUSED, GAR_ROLE_REFUSED, GAR_CONTROLLER_REFUSED, GATE_REFUSED
     */
    finish: async (finishing: Finishing): Promise<SignedIn> => {
      const done = await unitOfWork.transaction(async (unit) => {
        const nextPath = await useUp(unit, finishing);
        const result = await signIn(ports, provider, finishing.verified, unit);
        if (result.signedIn) {
          const { keys } = result.identity;
          await finishing.onSignedIn?.(result.identity, unit);
          // Last: what the provider ended while this was on its way does not begin.
          if (await wasEnded(unit, controller, { keys, now: clock.now() })) refuse("endedAlready");
        }
        return { ...result, nextPath };
      });
      if (!done.signedIn) {
        await countRefusal(done.error, done.controller); // beyond the unit: one entry a minute and reason
        throw done.error;
      }
      return { identity: done.identity, nextPath: done.nextPath };
    },

    /**
     * Ends the sessions that a verified message of the provider names, once a message; how many there were.
     * The journal has it at the provider's controller, also where a school is the controller of who signed in: a message
     * names sessions by keyed hashes, and whose they were is not looked up to be written down.
     * `id` of the message (a LogoutRequest's ID, a `jti`) is used up, so that a copy ends nothing that began since.
     * @clause DD.7 @throws GAR_SIGN_IN_REFUSED for a copy
     */
    endSessions: (keys: readonly SessionKey[], message: Finishing["message"] | undefined): Promise<number> =>
      unitOfWork.transaction(async (unit) => {
        if (message !== undefined && !(await useAssertion(unit, controller, message)))
          refuse("replayedAssertion");
        const keyed = await keyedSessions(ports.vault, controller, keys);
        const until = addMillis(clock.now(), REMEMBER_ENDED_MS);
        await rememberEnded(unit, controller, { keys: keyed, until });
        let ended = 0;
        for (const key of keyed) ended += await sessions.revokeByKey(key, unit);
        await journal.record(unit, {
          log: "activity",
          type: "gar.signedOutByProvider",
          clause: "DD.7",
          controller,
          actor: { role: "dataSubject" },
          payload: { provider: provider.id, sessions: ended },
        });
        return ended;
      }),

    /** A refusal, or another error as the refusal that it amounts to; counted in the journal. @clause DD.7 */
    refusalOf: async (error: unknown): Promise<PreauError> => {
      const refused = isFault(error) ? error : refusal("badSignature", error);
      await countRefusal(refused);
      return refused;
    },
  };
}

/**
 * A secret of one begun sign-in (a nonce, a PKCE verifier), from the browser's token alone: nothing to keep on our side, and
 * another browser has another. 43 characters of base64url, as RFC 7636 §4.1 asks.
 */
export function secretOfRequest({ id, browserToken }: BegunRequest, label: string): string {
  return Buffer.from(hkdfSync("sha256", browserToken, id, `preau gar ${label}`, 32)).toString("base64url");
}

/** A path of our own, at most 512 characters; anything else leads to the landing page. */
function nextPathOf(next: unknown, landingPath: string): string {
  if (next === undefined) return landingPath;
  const path = localPath(next);
  return path === "/" || path.length > 512 ? landingPath : path;
}
