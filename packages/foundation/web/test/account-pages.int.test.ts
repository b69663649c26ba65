import { describe, expect, it } from "vitest";
import { PUBLISHER } from "../src/account.ts";
import { inviteAccount } from "../src/invite-account.ts";
import { enter, startAccountSite } from "./account-site.ts";
import { HTML, tokenIn } from "./application.ts";
import { member, PASSWORD, person, TERMINAL } from "./open-accounts.ts";

describe("pages of accounts: what they say (DD.4)", () => {
  it("is the same to the byte for an address without an account and for a wrong password", async () => {
    const site = await startAccountSite();
    const dpo = await member(site.open, person("publisherDpo"));
    const said = async (email: string, path: string, fields: Record<string, string>) => {
      const { status, text, headers } = await site.browser().post(path, { email, ...fields });
      const plain = text.replaceAll(email, "EMAIL").replace(tokenIn(text), "TOKEN");
      return { status, plain, length: Number(headers["content-length"]) - email.length };
    };
    for (const [path, fields] of [
      ["/sign-in", { password: "tout autre chose" }],
      ["/sign-in/recover", {}],
    ] as const) {
      const known = await said(dpo.email, path, fields);
      expect(await said("personne@editions.example", path, fields)).toMatchObject({
        status: known.status,
        plain: known.plain,
      });
    }
  });

  it("leads nowhere but here after a sign-in", async () => {
    const site = await startAccountSite();
    await member(site.open, person("controllerDpo"));
    for (const [next, to] of [
      ["//elsewhere.example", "/"],
      ["/\\elsewhere.example", "/"],
      ["https://elsewhere.example", "/"],
      ["javascript:1", "/"],
      ["/a\r\nx: y", "/"],
      ["/sign-in?next=/sign-in", "/"],
      ["/sign-out", "/"],
      [`/${"a".repeat(600)}`, "/"],
      ["/accounts?controller=x", "/accounts?controller=x"],
    ] as const) {
      const page = await site.browser().get(`/sign-in?next=${encodeURIComponent(next)}`);
      expect(/name="next" value="([^"]*)"/.exec(page.text)?.[1]).toBe(to);
      const given = { email: person("controllerDpo").email, password: PASSWORD, next };
      const answer = await site.browser().post("/sign-in", given);
      expect([next, answer.status, answer.headers.location]).toEqual([next, 303, to]);
    }
  });

  it("escapes what a person is called, and takes no markup for a name", async () => {
    const site = await startAccountSite();
    const dpo = await member(site.open, person("publisherDpo"));
    const browser = site.browser();
    await enter(site, browser, dpo);
    const invite = (name: string, email: string) =>
      browser.post("/accounts/invite", { role: "auditor", name, email, controller: PUBLISHER }, "/accounts");
    for (const [name, email] of [
      ["<script>alert(1)</script>", "a@a.example"],
      ["A", "<b>@a.example"],
      ["A", "a@a.example\r\nBcc: b@b.example"],
      ["", "a@a.example"],
      ["A".repeat(121), "a@a.example"],
      ["A\u0000B", "a@a.example"],
    ] as const)
      expect((await invite(name, email)).status, name).toBe(400);
    const made = await invite('Zoé "&" D’Aulne', "zoe@a.example");
    expect(made.status).toBe(200);
    expect(made.text).toMatch(/http:\/\/127\.0\.0\.1:8700\/invitation\?token=[\w-]{43}/);
    const list = await browser.get("/accounts");
    expect(list.text).toContain("Zoé &quot;&amp;&quot; D’Aulne");
    expect((await invite("Zoé", "ZOE@a.example")).status).toBe(409);
  });

  it("refuses a body beyond 16 KiB before any hash", async () => {
    const site = await startAccountSite();
    const answer = await site
      .browser()
      .post("/sign-in", { email: "a@a.example", password: "x".repeat(20_000) });
    expect(answer.status).toBe(413);
  });

  it("explains a refused password on the page, keeps the link good, and shows no password again", async () => {
    const site = await startAccountSite();
    const link = await inviteAccount(site.open.means, TERMINAL, person("controllerDpo"));
    const browser = site.browser();
    const refused = await browser.post(
      "/invitation",
      { token: link.token, password: "azertyuiopqsd" },
      `/invitation?token=${link.token}`,
    );
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('aria-invalid="true"');
    expect(refused.text).not.toContain("azertyuiopqsd");
    const taken = await browser.post(
      "/invitation",
      { token: link.token, password: PASSWORD },
      `/invitation?token=${link.token}`,
    );
    expect([taken.status, taken.headers.location]).toEqual([303, "/account"]);
    expect((await site.browser().get(`/invitation?token=${link.token}`)).status).toBe(410);
    const page = await browser.get("/account", HTML);
    for (const [name, value] of [
      ["current", "current-password"],
      ["password", "new-password"],
    ])
      expect(page.text).toMatch(new RegExp(`name="${name}"[^>]*autocomplete="${value}"`));
  });
});
