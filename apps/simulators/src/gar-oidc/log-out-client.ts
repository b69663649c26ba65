/** A client as a participant of the session: told of its end by a logout token (Back-Channel Logout 1.0 §2.5). */
import type { LogoutOutcome, Participant } from "../gar/sessions.ts";
import type { Grant } from "./grants.ts";
import type { TokenSigner } from "./sign-tokens.ts";

const WITHIN_MS = 5_000;

export function oidcParticipant(grant: Grant, signer: TokenSigner): Participant {
  const { client } = grant.request;
  return {
    service: client.id,
    protocol: "oidc",
    index: grant.sid,
    logOut: async () => {
      const over = grant.ended;
      grant.ended = true;
      if (grant.accessToken === undefined || over) return { ok: true, said: "no session there" };
      if (client.backChannelLogout === undefined) return { ok: false, said: "no back-channel address" };
      return post(client.backChannelLogout, await signer.logoutToken(grant));
    },
  };
}

/** §2.8: 200 is yes, 400 is no; some frameworks answer 204. A redirect is no answer. */
async function post(address: string, token: string): Promise<LogoutOutcome> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams({ logout_token: token }),
      redirect: "manual",
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    await answer.body?.cancel();
    return { ok: answer.status === 200 || answer.status === 204, said: `HTTP ${answer.status}` };
  } catch (error) {
    return { ok: false, said: error instanceof Error ? error.message : String(error) };
  }
}
