/** A CAS service as a participant of the session: told of its end by a SAML LogoutRequest in a form (CAS 3.0 §2.3.3). */
import { randomBytes } from "node:crypto";
import { saml } from "../gar/saml.ts";
import type { LogoutOutcome, Participant } from "../gar/sessions.ts";
import type { CasDefects } from "./defects.ts";
import type { Ticket } from "./tickets.ts";

export interface CasParticipantOptions {
  /** Where the request is posted. */
  readonly address: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly defects: CasDefects;
}

const WITHIN_MS = 5_000;
const DAY_MS = 86_400_000;

export function casParticipant(ticket: Ticket, options: CasParticipantOptions): Participant {
  return {
    service: ticket.service.split("?")[0] ?? "",
    protocol: "cas",
    index: ticket.id,
    logOut: async () => {
      const used = ticket.state === "used";
      ticket.state = "ended";
      if (!used) return { ok: true, said: "no session there" };
      return post(options.address, logoutRequest(ticket.id, options.now(), options.defects));
    },
  };
}

/** The service knows the session by its ticket alone: NameID says nothing. */
function logoutRequest(ticket: string, now: number, on: CasDefects): string {
  const issued = new Date(on.get("cas-logout-stale") > 0 ? now - DAY_MS : now).toISOString();
  const id = `LR-${randomBytes(18).toString("base64url")}`;
  return (
    (on.get("cas-logout-doctype") > 0 ? "<!DOCTYPE samlp:LogoutRequest>" : "") +
    `<samlp:LogoutRequest xmlns:samlp="${saml.protocol}" ID="${id}" Version="2.0" IssueInstant="${issued}">` +
    `<saml:NameID xmlns:saml="${saml.assertion}">@NOT_USED@</saml:NameID>` +
    sessionIndexes(ticket, on)
      .map((index) => `<samlp:SessionIndex>${index}</samlp:SessionIndex>`)
      .join("") +
    `</samlp:LogoutRequest>`
  );
}

function sessionIndexes(ticket: string, on: CasDefects): readonly string[] {
  const unknown = `ST-0-${"x".repeat(32)}-idp-auth.simulator`;
  if (on.get("cas-logout-no-ticket") > 0) return [];
  if (on.get("cas-logout-two-tickets") > 0) return [unknown, ticket];
  if (on.get("cas-logout-comment") > 0) return [`${ticket.slice(0, 8)}<!-- -->${ticket.slice(8)}`];
  return [on.get("cas-logout-other-ticket") > 0 ? unknown : ticket];
}

async function post(address: string, request: string): Promise<LogoutOutcome> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams({ logoutRequest: request }),
      redirect: "manual",
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    await answer.body?.cancel();
    return { ok: answer.status >= 200 && answer.status < 300, said: `HTTP ${answer.status}` };
  } catch (error) {
    return { ok: false, said: error instanceof Error ? error.message : String(error) };
  }
}
