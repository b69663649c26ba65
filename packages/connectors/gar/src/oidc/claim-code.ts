/**
 * A code is brought to the token endpoint once, and by the browser that began the sign-in: a provider that sees one twice revokes what
 * it gave for it (RFC 6749 §4.1.2), so of many copies of one answer none would sign in. The request stays pending meanwhile: a
 * forged answer burns nothing of it but one of its attempts, and a copy not even that.
 */
import { hash } from "node:crypto";
import { addMillis } from "@preau/kernel";
import { browserHash } from "../browser-binding.ts";
import type { BegunRequest, GarPorts } from "../door.ts";
import type { SignInProvider } from "../provider.ts";
import { refuse } from "../refusal.ts";
import { tryRequest } from "../store/pending-requests.ts";
import { useAssertion } from "../store/used-assertions.ts";

export interface CodeInHand extends BegunRequest {
  readonly issuer: string;
  readonly code: string;
}

/** @throws GAR_SIGN_IN_REFUSED */
export async function claimCode(
  { clock, unitOfWork }: Pick<GarPorts, "clock" | "unitOfWork">,
  { id: provider, controller, requestMinutes }: SignInProvider,
  { id, browserToken, issuer, code }: CodeInHand,
): Promise<void> {
  const now = clock.now();
  const request = { id, browserHash: browserHash(browserToken, provider), now };
  const message = {
    issuer,
    id: `code ${hash("sha256", code)}`,
    expiresAt: addMillis(now, requestMinutes * 60_000), // the request is over by then
  };
  await unitOfWork.transaction(async (unit) => {
    const tried = await tryRequest(unit, controller, request);
    if (tried !== "tried") refuse(tried === "unknown" ? "unknownRequest" : "tooManyAttempts");
    if (!(await useAssertion(unit, controller, message))) refuse("replayedCode");
  });
}
