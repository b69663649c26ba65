/**
 * The CAS side of a sign-in (CAS 3.0 protocol): where the browser is sent, what a ticket is worth, which session a logout
 * message ends. The ticket is looked at over the network before the door opens its transaction. @clause D4.1, DD.7
 */
import { addHours, millisOf, type Unit } from "@preau/kernel";
import type { SessionKey } from "@preau/web";
import { amongFew } from "../among-few.ts";
import { browserHash } from "../browser-binding.ts";
import { type Beginning, type GarPorts, makeDoor, type OnSignedIn, type SignedIn } from "../door.ts";
import { fault } from "../errors.ts";
import { keyedSessions } from "../keyed-sessions.ts";
import type { CasOptions } from "../options.ts";
import { addressOf, type SignInProvider } from "../provider.ts";
import { refusal, refuse } from "../refusal.ts";
import type { VerifiedIdentity } from "../sign-in.ts";
import { tryRequest } from "../store/pending-requests.ts";
import { askServer, ServerAnswerError } from "./ask-server.ts";
import { authoritiesOf } from "./authorities.ts";
import { flattenAttributes } from "./flatten-attributes.ts";
import { type CasLogout, readLogoutRequest } from "./read-logout-request.ts";
import { type CasSuccess, readServiceResponse } from "./read-service-response.ts";
import { isTicket } from "./ticket.ts";

/** Name of the person at the server: an identity only where the configuration maps an attribute to it. */
const USER = "cas:user";

export interface BegunAtServer {
  /** Where the browser goes. */
  readonly location: string;
  readonly id: string;
  readonly browserToken: string;
}

/** A ticket, and the browser that brought it. */
export interface ArrivingTicket {
  readonly ticket: string;
  /** The request that it answers. */
  readonly requestId: string | undefined;
  readonly browserToken: string | undefined;
  readonly onSignedIn?: OnSignedIn | undefined;
}

export type CasService = ReturnType<typeof makeCasService>;

export function makeCasService(ports: GarPorts, provider: SignInProvider, options: CasOptions) {
  const { clock, log, unitOfWork, sessions, journal } = ports;
  const { controller } = provider;
  const door = makeDoor(ports, provider);
  const server = options.server.replace(/\/+$/, "");
  const logoutUrl = `${server}/logout`;
  const address = addressOf(provider, "login");
  const mapped = new Set(provider.attributeNames.values());
  const authorities = options.caFile === undefined ? undefined : authoritiesOf(options.caFile);
  const withinLimit = amongFew({ log, provider: provider.id });

  /** Our address as the server knows it: the same at its login and with the ticket. */
  const serviceOf = (requestId: string) => {
    const service = new URL(address);
    if (options.serviceState) service.searchParams.set("state", requestId);
    return service.href;
  };

  /** What the server says of a ticket. @throws GAR_SIGN_IN_REFUSED, GAR_PROVIDER_SILENT */
  const ask = async (ticket: string, requestId: string): Promise<string> => {
    const url = new URL(`${server}${options.validatePath}`);
    url.search = new URLSearchParams({ service: serviceOf(requestId), ticket }).toString();
    try {
      return await askServer(url, {
        authorities: await authorities?.(),
        withinMs: options.timeoutSeconds * 1_000,
      });
    } catch (error) {
      if (!(error instanceof ServerAnswerError)) throw error;
      log.warn("gar.casAnswer", { provider: provider.id, why: error.why });
      if (error.isSilence) throw fault("GAR_PROVIDER_SILENT", { cause: error });
      return refuse("untrustedAnswer", error);
    }
  };

  /** Before anybody is asked: a stranger's ticket costs no question, and invented ones a few. @throws GAR_SIGN_IN_REFUSED */
  const refuseUnknown = async (id: string, token: string): Promise<void> => {
    const request = { id, browserHash: browserHash(token, provider.id), now: clock.now() };
    const tried = await unitOfWork.transaction((unit) => tryRequest(unit, controller, request));
    if (tried !== "tried") refuse(tried === "unknown" ? "unknownRequest" : "tooManyAttempts");
  };

  const validate = async (ticket: string, requestId: string): Promise<CasSuccess> => {
    const answer = readServiceResponse(await ask(ticket, requestId));
    if ("user" in answer) return answer;
    log.info("gar.casTicketRefused", { provider: provider.id, code: answer.failure });
    return refuse("ticketRefused");
  };

  const identityOf = ({ user, beside }: CasSuccess, ticket: string): VerifiedIdentity => ({
    attributes: new Map([
      ...flattenAttributes(beside, mapped),
      ...(mapped.has(USER) ? [[USER, [user]] as const] : []),
    ]),
    issuer: server,
    keys: [ticketKey(server, ticket)],
    sealed: { logoutUrl },
  });

  return {
    door,
    /** Where the browser goes after our own session ended, to end the one at the server. */
    logoutUrl,
    /** Whether our service address tells which request a ticket answers. */
    serviceState: options.serviceState,
    /** Our service address, without a state. */
    address,

    /** Begins a sign-in. */
    begin: async (beginning: Beginning): Promise<BegunAtServer> => {
      const begun = await door.begin(beginning);
      const query = new URLSearchParams({ service: serviceOf(begun.id) });
      return { ...begun, location: `${server}/login?${query.toString()}` };
    },

    /** @throws GAR_SIGN_IN_REFUSED, GAR_ROLE_REFUSED, GAR_CONTROLLER_REFUSED, GATE_REFUSED, GAR_PROVIDER_SILENT */
    finish: async ({ ticket, requestId, browserToken, onSignedIn }: ArrivingTicket): Promise<SignedIn> => {
      if (!isTicket(ticket)) refuse("malformedTicket");
      if (requestId === undefined || browserToken === undefined) refuse("unknownRequest");
      const answer = await withinLimit(async () => {
        await refuseUnknown(requestId, browserToken);
        return validate(ticket, requestId);
      });
      const verified = identityOf(answer, ticket);
      // As long as a session of that ticket may live: no second one has the same key.
      const expiresAt = addHours(clock.now(), provider.sessionHours);
      const message = { issuer: server, id: ticket, expiresAt };
      return door.finish({ requestId, browserToken, message, verified, onSignedIn });
    },

    /**
     * Ends the session of the ticket that a logout message names. Unlike a signed message it can be made by anybody: so one
     * that ends nothing is counted as a refused attempt and otherwise leaves no row, and answers like any other. A copy ends
     * nothing either: a ticket begins one session and no other, so the message's own number need not be kept.
     * @throws GAR_SIGN_IN_REFUSED for a message out of its shape or its time
     */
    endSession: async (logoutRequest: string): Promise<number> => {
      const clocks = { now: millisOf(clock.now()), clockSkewMs: provider.clockSkewSeconds * 1_000 };
      const logout = readLogoutRequest(logoutRequest, clocks);
      const ended = await unitOfWork.transaction((unit) => endByTicket(unit, logout));
      if (ended === 0) await door.refusalOf(refusal("unknownSession"));
      return ended;
    },
  };

  async function endByTicket(unit: Unit, { ticket }: CasLogout) {
    let ended = 0;
    for (const key of await keyedSessions(ports.vault, controller, [ticketKey(server, ticket)]))
      ended += await sessions.revokeByKey(key, unit);
    if (ended === 0) return 0;
    // At the provider's controller, as every protocol: see the door's `endSessions`.
    await journal.record(unit, {
      log: "activity",
      type: "gar.signedOutByProvider",
      clause: "DD.7",
      controller,
      actor: { role: "dataSubject" },
      payload: { provider: provider.id, sessions: ended },
    });
    return ended;
  }
}

function ticketKey(issuer: string, value: string): SessionKey {
  return { kind: "cas.ticket", issuer, value };
}
