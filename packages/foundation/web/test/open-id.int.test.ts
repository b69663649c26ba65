import { describe, expect, it } from "vitest";
import { PUBLISHER } from "../src/account.ts";
import { resetFactor, revokeAccount } from "../src/administer-account.ts";
import { inviteAccount } from "../src/invite-account.ts";
import { accountsOf } from "../src/list-accounts.ts";
import { type AccountSite, type Browser, startAccountSite } from "./account-site.ts";
import { type CompanyProvider, startCompanyProvider } from "./company-provider.ts";
import { codeNow, member, PASSWORD, person, TERMINAL } from "./open-accounts.ts";

async function start(trustsSecondFactor = false) {
  const company = await startCompanyProvider();
  const site = await startAccountSite({ openId: { ...company.options, trustsSecondFactor } });
  return { company, site };
}

/** Follows the link to the provider and back. */
async function throughCompany(company: CompanyProvider, browser: Browser, query = "") {
  const begun = await browser.get(`/sign-in/company${query}`);
  expect(begun.status).toBe(303);
  return browser.get(await company.visit(begun.headers.location ?? ""));
}

async function invitedStaff(site: AccountSite) {
  const { token } = await inviteAccount(site.open.means, TERMINAL, person("support"));
  return token;
}

describe("the company's OpenID provider (DD.4)", () => {
  it("accepts an invitation, asks our own factor where it asserts none, and signs in again without one more", async () => {
    const { company, site } = await start();
    const browser = site.browser();
    const page = await browser.get(`/invitation?token=${await invitedStaff(site)}`);
    const link = /href="(\/sign-in\/company\?invitation=[\w-]{43})"/.exec(page.text)?.[1] ?? "";
    const back = await throughCompany(company, browser, link.slice("/sign-in/company".length));
    expect([back.status, back.headers.location]).toEqual([303, "/sign-in/enrol"]);
    const shown = await browser.get("/sign-in/enrol");
    const secret = /class="key">([A-Z2-7 ]+)</.exec(shown.text)?.[1]?.replaceAll(" ", "") ?? "";
    expect((await browser.post("/sign-in/enrol", { code: codeNow(site.open, secret) })).status).toBe(200);
    expect((await browser.get("/account")).text).toContain("Vous vous connectez par l’entreprise");
    const again = site.browser();
    const second = await throughCompany(company, again, "?next=%2Faccount%3Fdone%3Dx");
    expect(second.headers.location).toBe("/sign-in/second-factor");
    site.open.clock.advance(30_000);
    const entered = await again.post("/sign-in/second-factor", { code: codeNow(site.open, secret) });
    expect(entered.headers.location).toBe("/account?done=x");
    const types = site.open.entries.map(({ type, payload }) => [type, payload?.["by"]]);
    expect(types).toContainEqual(["accounts.identityLinked", undefined]);
    expect(types.at(-1)).toEqual(["accounts.signedIn", "provider"]);
    // Its password is none: nobody signs in with one.
    const tried = await site
      .browser()
      .post("/sign-in", { email: person("support").email, password: PASSWORD });
    expect(tried.status).toBe(401);
  });

  it("alone enrols no other factor once ours was reset: the link is asked for first", async () => {
    const { company, site } = await start();
    const { means } = site.open;
    const browser = site.browser();
    await throughCompany(company, browser, `?invitation=${await invitedStaff(site)}`);
    const enrol = async (at: Browser) => {
      const { text } = await at.get("/sign-in/enrol");
      const secret = /class="key">([A-Z2-7 ]+)</.exec(text)?.[1]?.replaceAll(" ", "") ?? "";
      return (await at.post("/sign-in/enrol", { code: codeNow(site.open, secret) })).status;
    };
    expect(await enrol(browser)).toBe(200);
    const dpo = await member(site.open, person("publisherDpo"));
    const { accounts } = await accountsOf(means, dpo.actor, PUBLISHER);
    const support = accounts.find(({ account }) => account.role === "support")?.account;
    const { token } = await resetFactor(means, dpo.actor, { controller: PUBLISHER, id: support!.id });
    const alone = site.browser();
    expect((await throughCompany(company, alone)).status).toBe(403);
    expect(alone.jar.has("preau-step")).toBe(false);
    // With the link, a new factor; then the company's sign-in is good again.
    const linked = site.browser();
    const link = `/sign-in/recovery?token=${token}`;
    await linked.post("/sign-in/recovery", { token, password: PASSWORD }, link);
    expect(await enrol(linked)).toBe(200);
    const again = await throughCompany(company, site.browser());
    expect(again.headers.location).toBe("/sign-in/second-factor");
  });

  it("takes the provider's word for a second factor that it asserts", async () => {
    const { company, site } = await start();
    company.person.amr = ["pwd", "otp"];
    const browser = site.browser();
    const back = await throughCompany(company, browser, `?invitation=${await invitedStaff(site)}`);
    expect([back.headers.location, browser.jar.has("preau")]).toEqual(["/account", true]);
    for (const amr of [["otp"], ["sms", "pwd"], []]) {
      company.person.amr = amr;
      expect((await throughCompany(company, site.browser())).headers.location).toBe("/sign-in/enrol");
    }
  });

  it("takes it unsaid where the company vouches for it", async () => {
    const { company, site } = await start(true);
    const browser = site.browser();
    const back = await throughCompany(company, browser, `?invitation=${await invitedStaff(site)}`);
    expect(back.headers.location).toBe("/account");
  });

  it("makes no account for who was not invited, and opens none that is revoked", async () => {
    const { company, site } = await start(true);
    const stranger = await throughCompany(company, site.browser());
    expect([stranger.status, stranger.text.includes("ACCOUNT_OPENID_REFUSED")]).toEqual([403, true]);
    expect(await site.open.database.knex("web_account")).toEqual([]);
    await throughCompany(company, site.browser(), `?invitation=${await invitedStaff(site)}`);
    const { id, controller } = await site.open.database.knex("web_account").first();
    await revokeAccount(site.open.means, TERMINAL, { id, controller });
    expect((await throughCompany(company, site.browser())).status).toBe(403);
  });

  it("links one identity to one account, and a client's account to none", async () => {
    const { company, site } = await start(true);
    await throughCompany(company, site.browser(), `?invitation=${await invitedStaff(site)}`);
    const { token } = await inviteAccount(site.open.means, TERMINAL, person("auditor"));
    expect((await throughCompany(company, site.browser(), `?invitation=${token}`)).status).toBe(403);
    company.person.subject = "staff-2";
    const client = await inviteAccount(site.open.means, TERMINAL, person("controllerDpo"));
    expect((await throughCompany(company, site.browser(), `?invitation=${client.token}`)).status).toBe(403);
    const page = await site.browser().get(`/invitation?token=${client.token}`);
    expect(page.text).not.toContain("/sign-in/company");
    // A refusal uses no invitation up.
    expect((await throughCompany(company, site.browser(), `?invitation=${token}`)).headers.location).toBe(
      "/account",
    );
    expect((await throughCompany(company, site.browser(), `?invitation=${token}`)).status).toBe(410);
  });

  it("refuses another browser, a second use, and whatever was changed on the way back", async () => {
    const { company, site } = await start(true);
    await throughCompany(company, site.browser(), `?invitation=${await invitedStaff(site)}`);
    const begin = async () => {
      const browser = site.browser();
      const { headers } = await browser.get("/sign-in/company");
      return { browser, back: await company.visit(headers.location ?? "") };
    };
    const one = await begin();
    expect((await site.browser().get(one.back)).status).toBe(403); // no cookie
    const two = await begin();
    expect((await two.browser.get(one.back)).status).toBe(403); // another sign-in's cookie
    const three = await begin();
    expect((await three.browser.get(three.back)).headers.location).toBe("/");
    three.browser.jar.delete("preau");
    expect((await three.browser.get(three.back)).status).toBe(403);
    for (const [name, value] of [
      ["code", "another"],
      ["iss", "https://elsewhere.example"],
      ["state", "A".repeat(43)],
      ["state", ""],
    ] as const) {
      const each = await begin();
      const url = new URL(each.back, "http://127.0.0.1:8700");
      url.searchParams.set(name, value);
      const answer = await each.browser.get(`${url.pathname}${url.search}`);
      expect([name, value, answer.status, each.browser.jar.has("preau")]).toEqual([name, value, 403, false]);
    }
    const late = await begin();
    site.open.clock.advance(11 * 60_000);
    expect((await late.browser.get(late.back)).status).toBe(403);
    expect((await site.browser().get("/sign-in/company/return?error=access_denied")).status).toBe(403);
  });

  it("asks with PKCE, a state and a nonce of its own each time, for the code alone", async () => {
    const { site } = await start();
    const seen = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const { headers } = await site.browser().get("/sign-in/company");
      const asked = new URL(headers.location ?? "").searchParams;
      expect([asked.get("response_type"), asked.get("code_challenge_method"), asked.get("scope")]).toEqual([
        "code",
        "S256",
        "openid",
      ]);
      for (const name of ["state", "nonce", "code_challenge"]) seen.add(asked.get(name) ?? "");
      const cookie = headers["set-cookie"]?.[0] ?? "";
      expect(cookie).toMatch(/^preau-company=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
    }
    expect(seen.size).toBe(9);
  });

  it("offers to end the company's session after ours", async () => {
    const { company, site } = await start(true);
    const browser = site.browser();
    await throughCompany(company, browser, `?invitation=${await invitedStaff(site)}`);
    const out = await browser.post("/sign-out", {}, "/account");
    expect([out.status, browser.jar.has("preau")]).toEqual([200, false]);
    const url = /href="([^"]*\/session\/end[^"]*)"/.exec(out.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(new URL(url).searchParams.get("post_logout_redirect_uri")).toBe("http://127.0.0.1:8700/sign-in");
    expect((await fetch(url)).status).toBe(200);
    const staff = await member(site.open, person("controllerDpo"));
    const plain = site.browser();
    await plain.post("/sign-in", { email: staff.email, password: staff.password });
    expect((await plain.post("/sign-out", {}, "/account")).headers.location).toBe("/");
  });

  it("says that the provider is silent, and goes on with passwords", async () => {
    const site = await startAccountSite({
      openId: { issuer: "http://127.0.0.1:9", clientId: "preau", trustsSecondFactor: false },
    });
    expect((await site.browser().get("/sign-in/company")).status).toBe(503);
    const dpo = await member(site.open, person("controllerDpo"));
    const answer = await site.browser().post("/sign-in", { email: dpo.email, password: dpo.password });
    expect(answer.status).toBe(303);
  });
});
