/** Once, by whom it was asked, in time; and two keys at once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stranger } from "./attempt.ts";
import { base64, idpKey, idpMetadata, makeKey, signedResponse } from "./identity-provider.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

describe("once, by whom it was asked, in time (SAML profiles §4.1.4.5)", () => {
  it("refuses a second copy, and keeps the first session", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const document = base64(signedResponse(browser.fieldsFor(requestId)));
    expect((await browser.post(document)).status).toBe(303);
    const session = await browser.session();
    expect((await browser.post(document)).status).toBe(403);
    expect(await browser.session()).toEqual(session);
  });

  it("refuses the answer to another browser's request", async () => {
    const [attacker, victim] = [world.browser(), world.browser()];
    const { requestId } = await attacker.begin();
    await victim.begin();
    const document = base64(signedResponse(attacker.fieldsFor(requestId)));
    expect((await victim.post(document)).status).toBe(403);
    expect(await victim.session()).toBe(401);
    expect((await attacker.post(document)).status).toBe(303);
  });

  it("refuses an answer without the browser's token", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const naked = world.browser();
    expect((await naked.post(base64(signedResponse(browser.fieldsFor(requestId))))).status).toBe(403);
  });

  it("makes one session of twenty copies at once", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const document = base64(signedResponse(browser.fieldsFor(requestId)));
    const before = world.emitted.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.post(document)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(19).fill(403)]);
    expect(world.emitted.length - before).toBe(1);
  });

  it("refuses the same assertion as the answer to a fresh request", async () => {
    const browser = world.browser();
    const first = await browser.begin();
    const fields = browser.fieldsFor(first.requestId);
    expect((await browser.post(base64(signedResponse(fields)))).status).toBe(303);
    const second = await browser.begin();
    const again = { ...fields, inResponseTo: second.requestId, responseInResponseTo: second.requestId };
    expect((await browser.post(base64(signedResponse(again)))).status).toBe(403);
    const [entry] = await world.entries("gar.signInRefused");
    expect(entry?.payload?.["reason"]).toBe("replayedAssertion");
  });

  it("twenty forged documents burn nobody's request", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const fields = browser.fieldsFor(requestId);
    await Promise.all(
      Array.from({ length: 20 }, () => browser.post(base64(signedResponse(fields, { key: stranger })))),
    );
    expect((await browser.post(base64(signedResponse(fields)))).status).toBe(303);
  });
});

describe("metadata of the identity provider", () => {
  it("believes either of two keys while the provider changes them", async () => {
    const next = makeKey("Next");
    const rotating = await makeWorld({ metadata: idpMetadata([next, idpKey]) });
    for (const key of [idpKey, next]) {
      const browser = rotating.browser();
      const { requestId } = await browser.begin();
      expect((await browser.post(base64(signedResponse(browser.fieldsFor(requestId), { key })))).status).toBe(
        303,
      );
    }
    const browser = rotating.browser();
    const { requestId } = await browser.begin();
    const forged = signedResponse(browser.fieldsFor(requestId), {
      key: { ...stranger, certificate: next.certificate },
    });
    expect((await browser.post(base64(forged))).status).toBe(403);
    await rotating.close();
  });
});
