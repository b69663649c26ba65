/** Posts documents as an attacker would, and looks whether anything of the honest sign-in was burnt. */
import { expect } from "vitest";
import { base64, type Fields, ido, makeKey, signedResponse, teacher } from "./identity-provider.ts";
import type { World } from "./world.ts";

export const stranger = makeKey("Stranger");
/** Whom the attacker wants to be. */
export const admin = { ...teacher, IDO: [ido("admin")], NOM: ["ADMIN"] };

export type Build = (fields: Fields) => string;

/** Posts the document in a browser that began a sign-in; then the honest one, which must still be accepted. */
export async function attempt(world: World, build: Build) {
  world.clock.advance(60_000); // one entry a reason and a minute
  const browser = world.browser();
  const { requestId } = await browser.begin();
  const fields = browser.fieldsFor(requestId);
  const document = base64(build(fields));
  const cpu = process.cpuUsage();
  const answer = await browser.post(document);
  const spent = process.cpuUsage(cpu);
  const refused = {
    status: answer.status,
    session: await browser.session(),
    cookies: [...browser.cookies.keys()],
  };
  const [entry] = await world.entries("gar.signInRefused");
  const beforeHonest = process.cpuUsage();
  const honest = await browser.post(base64(signedResponse(browser.fieldsFor(requestId))));
  const honestSpent = process.cpuUsage(beforeHonest);
  const after = await browser.session();
  return {
    refused,
    code: (JSON.parse(answer.text || "{}") as { code?: string }).code,
    reason: entry?.payload?.["reason"],
    stillHonest: honest.status === 303 && after !== 401,
    cpuMs: (spent.user + spent.system) / 1000,
    /** What the honest sign-in after it took: the measure of a machine that others load too. */
    honestMs: (honestSpent.user + honestSpent.system) / 1000,
  };
}

export async function expectRefused(world: World, build: Build, reason: string) {
  const result = await attempt(world, build);
  expect(result.refused).toMatchObject({ status: 403, session: 401 });
  expect(result.refused.cookies).not.toContain("preau");
  expect(result.code).toBe("GAR_SIGN_IN_REFUSED");
  expect(result.reason).toBe(reason);
  expect(result.stillHonest).toBe(true);
  return result;
}
