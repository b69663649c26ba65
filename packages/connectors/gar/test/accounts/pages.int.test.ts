/** Joining accounts and certificates as people see them: pages without a script, nothing of anybody in an address. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ActorRole } from "@preau/kernel";
import { testBrowser } from "@preau/testing";
import { makeApp, mountRoutes, PUBLISHER, type SignIn, webRoutes } from "@preau/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { accountRoutes } from "../../src/http/account-routes.tsx";
import { certificateRoutes } from "../../src/http/certificate-routes.tsx";
import { garOptions } from "../../src/options.ts";
import { sessionOf, signIn } from "../../src/sign-in.ts";
import { MINISTRY, OTHER_UAI, SCHOOL, UAI } from "./accounts-base.ts";
import { provider } from "./accounts-house.ts";
import { openHouse } from "./open-accounts.ts";

const DAY = 86_400_000;
const START = "/gar/relink";
const APPROVE = "/gar/relink/approve";

/** The house with its pages, and browsers in which anybody can be signed in. */
async function openSite() {
  const house = await openHouse("sqlite", "2026-03-02T08:00:00.000Z");
  const { clock, ids, log, sessions, ports, unitOfWork } = house;
  const app = makeApp({ log, clock, ids, sessions, publicUrl: "http://127.0.0.1", title: "Essai", menu: [] });
  const urls: string[] = [];
  app.use((request, _response, next) => {
    urls.push(request.url);
    next();
  });
  mountRoutes(app, [...accountRoutes(ports, garOptions.parse({})), ...certificateRoutes(ports)]);
  let next: SignIn | undefined;
  const enter = { method: "get", path: "/test/enter", who: "anyone" } as const;
  mountRoutes(
    app,
    webRoutes([
      {
        ...enter,
        handler: async (request, response) => {
          if (next !== undefined) await request.signIn(next);
          response.end();
        },
      },
    ]),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = (language = "fr") => {
    const own = testBrowser(base, {
      language,
      hidden: ["code", "old", "kind", "number", "controller", "instruction"],
    });
    return {
      ...own,
      comes: async (ido: string, role: "pupil" | "teacher" = "pupil", schools: readonly string[] = [UAI]) => {
        const attributes = new Map([
          ["IDO", [ido.padEnd(128, "0")]],
          ["PRO", [role === "teacher" ? "National_ens" : "National_elv"]],
          ["UAI", schools],
        ]);
        const result = await unitOfWork.transaction((unit) =>
          signIn(ports, provider, { attributes, keys: [], issuer: "https://idp.example" }, unit),
        );
        if (!result.signedIn) throw result.error;
        next = sessionOf(result.identity);
        await own.ask("/test/enter");
        return result.identity.subject;
      },
      acts: async (actorRole: ActorRole, controller = MINISTRY) => {
        const none = { categories: [], dropped: [], refusals: [] };
        next = { data: { controller, actorRole, actor: "act_somebody", ...none } };
        await own.ask("/test/enter");
      },
    };
  };
  return { ...house, urls, browser };
}

const codeIn = (text: string) =>
  /<code class="key" data-code[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(text)?.[1] ?? "";

describe("the pages of joining (DD.7)", () => {
  it("from the code to the old account, with forms alone", async () => {
    const site = await openSite();
    const pupil = site.browser();
    const old = await pupil.comes("before", "pupil", [OTHER_UAI]);
    site.clock.advance(200 * DAY);
    const now = await pupil.comes("after");
    expect((await pupil.ask(START)).text).toContain("Demander un code");
    const made = await pupil.send(START, START);
    const code = codeIn(made.text);
    expect(code).toMatch(/^\w{4}-\w{4}$/);
    const later = await pupil.ask(START);
    expect(later.text).not.toContain(code);
    expect(later.text).toContain("Un code attend");

    const teacher = site.browser("en");
    await teacher.comes("teacher", "teacher");
    const shown = await teacher.send(APPROVE, APPROVE, { code, old });
    expect(shown.status).toBe(200);
    for (const said of ["Check before you join", "Plume", "Pupil", old, "2 March 2026"])
      expect(shown.text).toContain(said);
    expect(shown.text).not.toContain(now);
    const fields = { code, old, kind: "", number: "" };
    const done = await teacher.send("/gar/relink/confirm", APPROVE, fields);
    expect([done.status, done.text.includes("The account is joined")]).toEqual([200, true]);
    expect((await pupil.ask(START)).status).toBe(401);
    expect(await pupil.comes("after")).toBe(old);
    for (const url of site.urls)
      for (const word of [code, code.replace("-", ""), old, now]) expect(url).not.toContain(word);
  });

  it("takes a request back", async () => {
    const site = await openSite();
    const pupil = site.browser();
    await pupil.comes("after");
    await pupil.send(START, START);
    const answer = await pupil.send("/gar/relink/cancel", START);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, START]);
    expect((await pupil.ask(START)).text).toContain("Demander un code");
    expect(await site.rows("gar_relink")).toEqual([]);
  });

  it("says on the form what speaks against it, keeps what was typed, and journals the attempt", async () => {
    const site = await openSite();
    const pupil = site.browser();
    const old = await pupil.comes("before", "pupil", [OTHER_UAI]);
    site.clock.advance(200 * DAY);
    await pupil.comes("after");
    const code = codeIn((await pupil.send(START, START)).text);
    const stranger = site.browser();
    await stranger.comes("stranger", "teacher", [OTHER_UAI]);
    const refused = await stranger.send(APPROVE, APPROVE, { code, old });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("pas de votre établissement");
    expect(refused.text).toContain(`value="${code}"`);
    expect(await site.entries("gar.relinkRefused")).toMatchObject([
      { payload: { code: "GAR_RELINK_OTHER_SCHOOL" }, log: "activity" },
    ]);
    const neither = await stranger.send(APPROVE, APPROVE, { code });
    expect([neither.status, neither.text.includes("l’un ou l’autre")]).toEqual([422, true]);
    const wrong = await stranger.send(APPROVE, APPROVE, { code: "0000-0000", old: "my old one" });
    expect(wrong.status).toBe(404);
  });

  it("opens to no pupil, to no other staff, and to the publisher with an instruction alone", async () => {
    const site = await openSite();
    const browser = site.browser();
    await browser.comes("after");
    expect((await browser.ask(APPROVE)).status).toBe(403);
    await browser.acts("support", PUBLISHER);
    expect((await browser.ask(APPROVE)).status).toBe(403);
    await browser.acts("publisherDpo", PUBLISHER);
    const form = await browser.ask(APPROVE);
    expect(form.text).toContain('name="instruction"');
    const answer = await browser.send(APPROVE, APPROVE, {
      code: "0000-0000",
      old: "sub_x",
      controller: "ministry",
    });
    expect([answer.status, answer.text.includes("instruction écrite")]).toEqual([422, true]);
    await browser.acts("controllerDpo");
    expect((await browser.ask(APPROVE)).text).not.toContain('name="instruction"');
  });
});

describe("the page of certificates (D12.2)", () => {
  it("issues for a year, gives every form, and shows another controller nothing", async () => {
    const site = await openSite();
    const browser = site.browser();
    const { subject } = await site.comesIn({ ido: "one" });
    await (await site.erase([subject])).file();
    await site.sequencer.runOnce();
    await browser.acts("controllerDpo");
    const first = await browser.ask("/gar/certificates");
    expect(first.text).toContain('value="2024-2025"');
    expect((await browser.send("/gar/certificates", "/gar/certificates", { year: "2025" })).status).toBe(422);
    const answer = await browser.send("/gar/certificates", "/gar/certificates", { year: "2025-2026" });
    expect(answer.status).toBe(303);
    await site.sequencer.runOnce();
    const page = await browser.ask("/gar/certificates");
    const links = [...page.text.matchAll(/href="(\/gar\/certificates\/[^"]+)"/g)].map(
      ([, link = ""]) => link,
    );
    expect(links).toHaveLength(5);
    for (const link of links) {
      const given = await browser.ask(link);
      expect([link, given.status]).toEqual([link, 200]);
      expect(given.headers.get("content-disposition")).not.toContain(subject);
    }
    await browser.acts("controllerDpo", SCHOOL);
    expect((await browser.ask("/gar/certificates")).text).toContain("Aucun certificat");
    expect((await browser.ask(links[0] ?? "")).status).toBe(404);
    await browser.acts("auditor");
    expect((await browser.ask("/gar/certificates")).text).not.toContain('name="year"');
    await browser.acts("publisherDpo", PUBLISHER);
    expect((await browser.ask("/gar/certificates")).text).toContain('name="controller"');
    expect((await browser.ask("/gar/certificates?controller=ministry")).text).toContain("2025-2026");
  });
});
