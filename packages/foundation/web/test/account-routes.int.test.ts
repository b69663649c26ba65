import type { ActorRole } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { accountRoles } from "../src/account.ts";
import { administeringRoles } from "../src/account-rights.ts";
import { apiTokenRoles } from "../src/api-tokens.ts";
import type { WebRoute } from "../src/index.ts";
import { type AccountSite, type Browser, enter, sessionAs, startAccountSite } from "./account-site.ts";
import { FORM, OTHER_SCHOOL, SCHOOL } from "./application.ts";
import { codeNow, type Member, member, OTHER_PASSWORD, PASSWORD, person } from "./open-accounts.ts";

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
    const open = new Set<string>();
    for (const route of routes) {
      const what = `${route.method} ${route.path}`;
      const asked = (cookie?: string) =>
        site.app.visit(pathOf(route), {
          method: route.method.toUpperCase(),
          headers: { accept: "application/json", ...FORM, ...(cookie === undefined ? {} : { cookie }) },
        });
      if (route.who === "anyone") {
        open.add(route.path);
        continue;
      }
      expect((await asked()).status, what).toBe(401);
      const allowed: readonly ActorRole[] = route.path.startsWith("/accounts")
        ? administeringRoles
        : route.path.startsWith("/account/tokens")
          ? apiTokenRoles
          : accountRoles;
      expect(new Set(route.who), what).toEqual(new Set(allowed));
      for (const role of everyRole) {
        const { status, text } = await asked(await sessionAs(site, role));
        const refusedByRole = status === 403 && text.includes("WEB_FORBIDDEN");
        expect(refusedByRole, `${what} ${role}`).toBe(!allowed.includes(role));
      }
    }
    expect([...open].sort()).toEqual([
      "/invitation",
      "/sign-in",
      "/sign-in/enrol",
      "/sign-in/recover",
      "/sign-in/recovery",
      "/sign-in/second-factor",
      "/sign-out",
    ]);
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
