import type { ActorRole } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { accountRoles, PUBLISHER } from "../src/account.ts";
import { administeringRoles } from "../src/account-rights.ts";
import type { WebRoute } from "../src/index.ts";
import { inviteAccount } from "../src/invite-account.ts";
import { type AccountSite, type Browser, enter, sessionAs, startAccountSite } from "./account-site.ts";
import { FORM, HTML, OTHER_SCHOOL, SCHOOL, tokenIn } from "./application.ts";
import { codeNow, type Member, member, OTHER_PASSWORD, PASSWORD, person, TERMINAL } from "./open-accounts.ts";

const everyRole = [...accountRoles, "dataSubject", "system"] as const satisfies readonly ActorRole[];
const pathOf = ({ path }: Pick<WebRoute, "path">) => path.replace(":id", "act_00000000000000000000000000");

async function members(site: AccountSite) {
  const dpo = await member(site.open, person("publisherDpo"));
  const admin = await member(site.open, person("controllerAdministrator"));
  const other = await member(
    site.open,
    person("controllerAdministrator", {
      email: "admin@acacias.example",
      controller: OTHER_SCHOOL,
      name: "Autre Acacia",
    }),
  );
  return { dpo, admin, other };
}

async function signedIn(site: AccountSite, who: Member): Promise<Browser> {
  const browser = site.browser();
  await enter(site, browser, who);
  return browser;
}

describe("routes of accounts: roles (DD.5)", () => {
  it("let in whom their table names, and nobody else", async () => {
    const site = await startAccountSite();
    const routes = site.routes as readonly WebRoute[];
    expect(routes.length).toBeGreaterThan(30);
    for (const route of routes) {
      const what = `${route.method} ${route.path}`;
      const asked = (cookie?: string) =>
        site.app.visit(pathOf(route), {
          method: route.method.toUpperCase(),
          headers: { accept: "application/json", ...FORM, ...(cookie === undefined ? {} : { cookie }) },
        });
      if (route.who === "anyone") {
        expect([401], what).not.toContain((await asked()).status === 401 ? "unexpected" : 0);
        continue;
      }
      expect((await asked()).status, what).toBe(401);
      const allowed: readonly ActorRole[] = route.path.startsWith("/accounts")
        ? administeringRoles
        : accountRoles;
      expect(new Set(route.who), what).toEqual(new Set(allowed));
      for (const role of everyRole) {
        const { status, text } = await asked(await sessionAs(site, role));
        const refusedByRole = status === 403 && text.includes("WEB_FORBIDDEN");
        expect(refusedByRole, `${what} ${role}`).toBe(!allowed.includes(role));
      }
    }
  });

  it("ask every form for its token, whoever is signed in", async () => {
    const site = await startAccountSite();
    const { dpo } = await members(site);
    const browser = await signedIn(site, dpo);
    const cookie = [...browser.jar].map((pair) => pair.join("=")).join("; ");
    const posts = (site.routes as readonly WebRoute[]).filter(({ method }) => method === "post");
    expect(posts.length).toBeGreaterThan(15);
    for (const route of posts) {
      expect(route.csrfExempt, route.path).toBeUndefined();
      for (const headers of [{ cookie }, { cookie, origin: "https://elsewhere.example" }, {}]) {
        const answer = await site.app.visit(pathOf(route), {
          method: "POST",
          headers: { ...FORM, ...headers },
          body: "_csrf=x",
        });
        expect([route.path, answer.status]).toEqual([
          route.path,
          "cookie" in headers || route.who === "anyone" ? 403 : 401,
        ]);
      }
    }
  });

  it("believe no session whose account does not stand behind it", async () => {
    const site = await startAccountSite();
    await members(site);
    const cookie = await sessionAs(site, "publisherDpo");
    for (const path of ["/accounts", "/accounts/review", "/account"])
      expect([403, 404]).toContain((await site.app.visit(path, { headers: { cookie } })).status);
  });

  it("cannot be framed, stored or read by a referrer", async () => {
    const site = await startAccountSite();
    const browser = await signedIn(site, (await members(site)).dpo);
    for (const path of [
      "/sign-in",
      "/sign-in/recover",
      "/account",
      "/account/confirm",
      "/accounts",
      "/accounts/review",
    ]) {
      const { headers, status } = await browser.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers["referrer-policy"]).toBe("no-referrer");
    }
  });
});

describe("routes of accounts: one client from another (DD.5)", () => {
  it("show and change nothing of another client, whatever the address or the form says", async () => {
    const site = await startAccountSite();
    const { dpo, admin, other } = await members(site);
    const browser = await signedIn(site, admin);
    const own = await browser.get("/accounts");
    expect(own.text).toContain(admin.email);
    for (const foreign of [other, dpo]) {
      expect(own.text).not.toContain(foreign.email);
      const { controller, id } = foreign.actor;
      for (const path of [
        `/accounts?controller=${controller}`,
        `/accounts/review?controller=${controller}`,
        `/accounts/${id}?controller=${controller}`,
        `/accounts/${id}`,
        `/accounts/${id}?controller=${SCHOOL}`,
      ]) {
        const answer = await browser.get(path);
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.text).not.toContain(foreign.email);
      }
      const deeds = ["suspend", "restore", "revoke", "unlock", "link", "reset-factor", "role", "erase"];
      for (const deed of deeds)
        for (const claimed of [controller, SCHOOL, ""]) {
          const fields = { controller: claimed, role: "controllerDpo" };
          const answer = await browser.post(`/accounts/${id}/${deed}`, fields, "/accounts");
          expect([deed, claimed, answer.status]).toEqual([deed, claimed, 404]);
        }
      const invited = {
        controller,
        role: "controllerAdministrator",
        name: "Nouvel Arrivant",
        email: "n@n.example",
      };
      expect([400, 403, 404]).toContain(
        (await browser.post("/accounts/invite", invited, "/accounts")).status,
      );
      expect((await browser.post("/accounts/review", { controller }, "/accounts")).status).toBe(404);
    }
    const states = await site.open.database.knex("web_account").distinct("state");
    expect(states).toEqual([{ state: "active" }]);
  });

  it("let a client's administrator give no staff role, nor a role of nobody", async () => {
    const site = await startAccountSite();
    const browser = await signedIn(site, (await members(site)).admin);
    for (const [role, status] of [
      ["publisherDpo", 400],
      ["system", 400],
      ["dataSubject", 400],
      ["__proto__", 400],
      ["", 400],
      ["controllerDpo", 200],
    ] as const) {
      const answer = await browser.post(
        "/accounts/invite",
        { role, name: "Nouvel Arrivant", email: "n@n.example" },
        "/accounts",
      );
      expect([role, answer.status]).toEqual([role, status]);
    }
  });
});

describe("routes of accounts: the session's secret (DD.4)", () => {
  it("is new at sign-in, at each proof and each change, and the one before is worth nothing", async () => {
    const site = await startAccountSite();
    const { dpo } = await members(site);
    const browser = site.browser();
    browser.jar.set("preau", "A".repeat(43)); // planted
    await enter(site, browser, dpo);
    const secrets = [browser.jar.get("preau")];
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
    expect(secrets[0]).not.toBe("A".repeat(43));
    const next = async (path: string, fields: Record<string, string>, from?: string) => {
      const before = browser.jar.get("preau");
      expect([200, 303], path).toContain((await browser.post(path, fields, from)).status);
      expect(secrets, path).not.toContain(browser.jar.get("preau"));
      secrets.push(browser.jar.get("preau"));
      const stale = await site.app.visit("/account", { headers: { cookie: `preau=${before}` } });
      expect(stale.status, path).toBe(401);
    };
    site.open.clock.advance(30_000);
    await next("/account/confirm", { proof: codeNow(site.open, dpo.secret!), next: "/account" });
    await next("/account/password", { current: PASSWORD, password: OTHER_PASSWORD }, "/account");
    const page = await browser.get("/account/factor");
    const secret = /class="key">([A-Z2-7 ]+)</.exec(page.text)?.[1]?.replaceAll(" ", "") ?? "";
    await next("/account/factor", { code: codeNow(site.open, secret) });
    const again = site.browser();
    await enter(site, again, { ...dpo, password: OTHER_PASSWORD, secret });
    await again.post("/sign-out", {}, "/account");
    expect(again.jar.has("preau")).toBe(false);
    expect((await browser.get("/account")).status).toBe(200);
  });

  it("of other browsers is worth nothing once the password is changed, or they are ended", async () => {
    const site = await startAccountSite();
    const { dpo } = await members(site);
    const [one, two] = [await signedIn(site, dpo), await signedIn(site, dpo)];
    await one.post("/account/sessions", {}, "/account");
    expect([(await one.get("/account")).status, (await two.get("/account")).status]).toEqual([200, 303]);
    const three = await signedIn(site, dpo);
    const half = site.browser();
    await half.post("/sign-in", { email: dpo.email, password: PASSWORD });
    await one.post("/account/password", { current: PASSWORD, password: OTHER_PASSWORD }, "/account");
    expect([(await one.get("/account")).status, (await three.get("/account")).status]).toEqual([200, 303]);
    expect((await half.get("/sign-in/second-factor")).status).toBe(403);
    for (const [current, password, status] of [
      [PASSWORD, "quatre loutres nagent ici", 422],
      [OTHER_PASSWORD, "azertyuiopqsdfgh", 422],
    ] as const)
      expect((await one.post("/account/password", { current, password }, "/account")).status).toBe(status);
  });

  it("renewed does not live longer than the first would have", async () => {
    const site = await startAccountSite({ stepUpMinutes: 480 });
    const { dpo } = await members(site);
    const browser = await signedIn(site, dpo);
    for (let hour = 0; hour < 7; hour += 1) {
      for (let half = 0; half < 3; half += 1) {
        site.open.clock.advance(20 * 60_000);
        expect((await browser.get("/account")).status).toBe(200);
      }
      const proof = codeNow(site.open, dpo.secret!);
      expect((await browser.post("/account/confirm", { proof, next: "/account" })).status).toBe(303);
    }
    for (let half = 0; half < 3; half += 1) {
      site.open.clock.advance(20 * 60_000);
      await browser.get("/account");
    }
    expect((await browser.get("/account")).headers.location).toBe("/sign-in?next=%2Faccount");
  });

  it("of a half-done sign-in opens no page but the next step", async () => {
    const site = await startAccountSite();
    const { dpo } = await members(site);
    const browser = site.browser();
    const answer = await browser.post("/sign-in", { email: dpo.email, password: dpo.password });
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(/^preau-step=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/),
    ]);
    expect(browser.jar.has("preau")).toBe(false);
    for (const path of ["/account", "/accounts"])
      expect((await browser.get(path)).headers.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    expect((await browser.get("/sign-in/second-factor")).status).toBe(200);
    expect((await browser.get("/sign-in/enrol")).status).toBe(403);
  });

  it("asks for a recent second factor before anything that gives or takes a right", async () => {
    const site = await startAccountSite();
    const { dpo, admin } = await members(site);
    const browser = await signedIn(site, dpo);
    site.open.clock.advance(11 * 60_000);
    const { controller, id } = admin.actor;
    for (const deed of ["suspend", "revoke", "role", "reset-factor", "link", "erase"]) {
      const answer = await browser.post(
        `/accounts/${id}/${deed}`,
        { controller, role: "controllerDpo" },
        "/accounts",
      );
      const here = encodeURIComponent(`/accounts/${id}?controller=${controller}`);
      expect([deed, answer.headers.location]).toEqual([deed, `/account/confirm?next=${here}`]);
    }
    const asked = await browser.post(
      "/accounts/invite",
      { role: "auditor", name: "A", email: "a@a.example" },
      "/accounts",
    );
    expect(asked.headers.location).toBe("/account/confirm?next=%2Faccounts%3Fcontroller%3Dpublisher");
    for (const path of ["/account/factor", "/account/recovery-codes"]) {
      const answer = path.endsWith("codes")
        ? await browser.post(path, {}, "/account")
        : await browser.get(path);
      expect(answer.headers.location).toMatch(/^\/account\/confirm\?next=/);
    }
    site.open.clock.advance(30_000);
    const proof = codeNow(site.open, dpo.secret!);
    await browser.post("/account/confirm", { proof, next: "/accounts" });
    expect(
      (
        await browser.post(
          "/accounts/invite",
          { role: "auditor", name: "A", email: "a@a.example" },
          "/accounts",
        )
      ).status,
    ).toBe(200);
  });

  it("of staff is not given to who comes from another network, and nothing is used up (DD.6)", async () => {
    const site = await startAccountSite({}, { staffNetworks: ["10.0.0.0/8"] });
    const { dpo } = await members(site);
    const browser = site.browser();
    await browser.post("/sign-in", { email: dpo.email, password: dpo.password });
    const refused = await browser.post("/sign-in/second-factor", { code: codeNow(site.open, dpo.secret!) });
    expect([refused.status, browser.jar.has("preau")]).toEqual([403, false]);
    expect(refused.text).toContain("WEB_OUTSIDE_NETWORK");
  });
});

describe("routes of accounts: what they say (DD.4)", () => {
  it("is the same to the byte for an address without an account and for a wrong password", async () => {
    const site = await startAccountSite();
    const { dpo } = await members(site);
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
    const { dpo } = await members(site);
    const browser = await signedIn(site, dpo);
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
