import { describe, expect, it } from "vitest";
import { enter, startAccountSite } from "./account-site.ts";
import { OTHER_SCHOOL, SCHOOL } from "./application.ts";
import { type Member, member, PASSWORD, person, typesOf } from "./open-accounts.ts";

const PAGE = "/account/tokens";
const WANTED = { controller: SCHOOL, use: "lms", days: "90", "requests:write": "yes" };
const tokenIn = (text: string) => /preau_[A-Za-z0-9_-]{43}/.exec(text)?.[0];

describe("the page of machines' tokens (DD.5)", () => {
  const open = async () => {
    const site = await startAccountSite();
    const signedIn = async (who: Member) => {
      const browser = site.browser();
      await enter(site, browser, who);
      return browser;
    };
    return { site, signedIn };
  };

  it("is empty first, shows a new token once, and says when it was revoked", async () => {
    const { site, signedIn } = await open();
    const admin = await signedIn(await member(site.open, person("controllerAdministrator")));
    expect((await admin.get("/account")).text).toContain(`href="${PAGE}"`);
    expect((await admin.get(PAGE)).text).toContain("Aucun jeton");
    const made = await admin.post(PAGE, WANTED);
    const token = tokenIn(made.text) ?? "";
    expect([made.status, made.headers["cache-control"]]).toEqual([200, "no-store"]);
    const ask = () =>
      site.open.ports.apiTokens.authenticate({ authorization: `Bearer ${token}` }, "requests:write");
    expect(await ask()).toMatchObject({ controller: SCHOOL });
    const list = (await admin.get(PAGE)).text;
    expect(tokenIn(list)).toBeUndefined();
    const id = /tok_[0-9a-z]{26}/.exec(list)?.[0] ?? "";
    expect(list).toContain("Déposer des demandes de personnes");
    expect(list).toContain("en vigueur");
    const gone = await admin.post(`${PAGE}/${id}/revocation`, { controller: SCHOOL }, PAGE);
    expect([gone.status, gone.headers.location]).toEqual([303, `${PAGE}?controller=${SCHOOL}&done=1`]);
    const after = (await admin.get(gone.headers.location ?? "")).text;
    expect(after).toContain("Le jeton est révoqué");
    expect(after).not.toContain("/revocation");
    await expect(ask()).rejects.toMatchObject({ code: "WEB_TOKEN_REFUSED" });
    expect(typesOf(site.open).filter((type) => type.startsWith("accounts.token"))).toEqual([
      "accounts.tokenMade",
      "accounts.tokenUsed",
      "accounts.tokenRevoked",
    ]);
    expect(JSON.stringify([site.app.lines, site.open.entries])).not.toContain(token.slice(6));
  });

  it("asks for a right and an end, and makes nothing without", async () => {
    const { site, signedIn } = await open();
    const officer = await signedIn(await member(site.open, person("controllerDpo")));
    // Who has no second factor proves it with the password.
    expect((await officer.post(PAGE, WANTED)).status).toBe(303);
    await officer.post("/account/confirm", { proof: PASSWORD });
    const { "requests:write": _, ...none } = WANTED;
    for (const wrong of [
      none,
      { ...WANTED, days: "0" },
      { ...WANTED, days: "367" },
      { ...WANTED, days: "x" },
    ]) {
      const answer = await officer.post(PAGE, wrong);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain("au moins un droit");
    }
    expect((await officer.get(PAGE)).text).toContain("Aucun jeton");
    expect(tokenIn((await officer.post(PAGE, WANTED)).text)).toBeDefined();
  });

  it("asks for a proof that is recent before it makes or revokes", async () => {
    const { site, signedIn } = await open();
    const admin = await signedIn(await member(site.open, person("controllerAdministrator")));
    site.open.clock.advance(11 * 60_000);
    for (const path of [PAGE, `${PAGE}/tok_x/revocation`]) {
      const answer = await admin.post(path, WANTED, PAGE);
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        `/account/confirm?next=${encodeURIComponent(`${PAGE}?controller=${SCHOOL}`)}`,
      ]);
    }
    expect((await admin.get(PAGE)).text).toContain("Aucun jeton");
  });

  it("shows a client's people their own client alone, and the publisher's officer the one that is named (S7)", async () => {
    const { site, signedIn } = await open();
    const officer = await signedIn(await member(site.open, person("publisherDpo")));
    const empty = await officer.get(PAGE);
    expect(empty.text).toContain("Code du client");
    expect(empty.text).not.toContain("Créer le jeton");
    const theirs = `${PAGE}?controller=${OTHER_SCHOOL}`;
    const made = await officer.post(PAGE, { ...WANTED, controller: OTHER_SCHOOL }, theirs);
    expect(tokenIn(made.text)).toBeDefined();
    const id = /tok_[0-9a-z]{26}/.exec((await officer.get(theirs)).text)?.[0] ?? "";
    const admin = await signedIn(await member(site.open, person("controllerAdministrator")));
    expect((await admin.get(theirs)).text).not.toContain(id);
    const foreign = await admin.post(`${PAGE}/${id}/revocation`, { controller: OTHER_SCHOOL }, PAGE);
    expect(foreign.status).toBe(404);
    expect((await admin.post(PAGE, { ...WANTED, controller: OTHER_SCHOOL })).status).toBe(200);
    expect((await officer.get(theirs)).text.match(/tok_[0-9a-z]{26}\/revocation/g)).toHaveLength(1);
    for (const role of ["support", "operations", "auditor"] as const) {
      const other = await signedIn(await member(site.open, person(role)));
      expect((await other.get(PAGE)).status, role).toBe(403);
      expect((await other.get("/account")).text).not.toContain(PAGE);
    }
  });
});
