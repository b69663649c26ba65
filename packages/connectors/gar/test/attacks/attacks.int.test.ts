/**
 * The attacker holds a valid response for "eve". An attack that makes a session for another is a bypass; one that makes any
 * session is laxness, for no document here is honest. Some attacks after one another use the same pending request; then the
 * honest answer to it must still sign in.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fields, signedResponse } from "../identity-provider.ts";
import { messageControls, messages, relayStates } from "./bodies.ts";
import type { Attack } from "./documents.ts";
import { markup, markupControls } from "./markup.ts";
import { semanticControls, semantics } from "./semantics.ts";
import { signatureControls, signatures } from "./signatures.ts";
import { type Begun, openTarget, posted, type Sent, signInHonestly, type Target } from "./target.ts";
import { mixtures, wrapping } from "./wrapping.ts";

const ATTACKS_OF_A_REQUEST = 4;

let target: Target;
let eve: string | undefined;
let pending: { readonly begun: Begun; left: number } | undefined;
const count = { refused: 0, accepted: 0 };

beforeAll(async () => {
  target = await openTarget();
  eve = await signInHonestly(await target.begin(1));
});
afterAll(async () => {
  await target.close();
  process.stderr.write(`attacks: ${count.refused} refused; controls: ${count.accepted} accepted\n`);
});

async function refused(build: (fields: Fields) => Sent, reason?: string) {
  pending ??= { begun: await target.begin(ATTACKS_OF_A_REQUEST + 1), left: ATTACKS_OF_A_REQUEST };
  const { begun } = pending;
  const answer = await begun.send(build(begun.fields));
  if (answer.signedInAs !== undefined) {
    pending = undefined;
    expect.fail(answer.signedInAs === eve ? "lax: signed in" : "a bypass: signed in as another");
  }
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  if (reason !== undefined) expect(answer.reason).toBe(reason);
  pending.left -= 1;
  if (pending.left === 0) await honestStillSignsIn();
  count.refused += 1;
}

async function honestStillSignsIn() {
  if (pending === undefined) return;
  const { begun } = pending;
  pending = undefined;
  expect(await signInHonestly(begun)).toBe(eve);
}

async function accepted(build: (fields: Fields) => Sent) {
  const begun = await target.begin(1);
  const answer = await begun.send(build(begun.fields));
  expect(answer).toEqual({ status: 303, location: "/me", signedInAs: eve, reason: undefined });
  count.accepted += 1;
}

const inWords = (attacks: readonly Attack[]) =>
  attacks.map(([title, build, reason]) => ({ title, build, reason }));

describe.each<[string, readonly Attack[], readonly Attack[]]>([
  ["signature wrapping (SAML core §5.4)", [...wrapping, ...mixtures], []],
  ["signatures (SAML core §5.4)", signatures, signatureControls],
  ["markup that SAML does not need (D4.1)", markup, markupControls],
  ["one field wrong at a time (SAML profiles §4.1.4.2)", semantics, semanticControls],
])("%s", (_name, attacks, controls) => {
  it.each(inWords(attacks))("refuses $title", async ({ build, reason }) => {
    await refused((fields) => posted(build(fields)), reason);
  });
  it("burns nobody's request", honestStillSignsIn);
  it.each(inWords(controls))("accepts $title", async ({ build }) => {
    await accepted((fields) => posted(build(fields)));
  });
});

describe("the message around the document (SAML bindings §3.5)", () => {
  it.each(messages)("refuses %s", async (_title, build) => {
    await refused(build);
  });
  it("burns nobody's request", honestStillSignsIn);
  it.each(messageControls)("accepts %s", async (_title, build) => {
    await accepted(build);
  });
  it.each(relayStates)("is led nowhere by a RelayState of %j", async (relayState) => {
    await accepted((fields) => {
      const { body = "" } = posted(signedResponse(fields));
      return { body: `${body}&${new URLSearchParams({ RelayState: relayState }).toString()}` };
    });
  });
});
