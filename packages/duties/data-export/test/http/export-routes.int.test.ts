/** Pages and links of exports, over HTTP: who sees what, what a stranger with a link can do. */
import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { openDatabase } from "@preau/database";
import { type ActorRole, addHours } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { PUBLISHER } from "@preau/web";
import { expect, it } from "vitest";
import { listExports } from "../../src/export-order-list.ts";
import { OTHER_SCHOOL, PUPIL_KIND, SCHOOL } from "../export-house.ts";
import { contentOf, noise } from "../package.ts";
import { openSite } from "./site.ts";

const DATABASE = { what: "database", store: "school", language: "fr", protection: "zip" };
const PASSPHRASE = /(?:[0-9a-z]{4}-){5}[0-9a-z]{4}/;
const NEW = "/exports/new?what=database";

type Site = Awaited<ReturnType<typeof openSite>>;

/** Signs in as the school's officer and orders; gives the browser and the export's address. */
async function ordered(site: Site) {
  const dpo = site.browser();
  await dpo.signIn("controllerDpo");
  const answer = await dpo.send("/exports", NEW, DATABASE);
  const [order] = await listExports(site.ports, SCHOOL);
  return { dpo, answer, page: `/exports/${order?.id ?? ""}` };
}

async function linked(site: Site) {
  const { dpo, page } = await ordered(site);
  await site.worker.drain();
  const { text } = await dpo.send(`${page}/link`, page);
  const [, link = ""] = /(\/exports\/fetch\/[A-Za-z0-9_-]{43})/.exec(text) ?? [];
  return { dpo, page, link };
}

describeEachDatabase("exports over HTTP", openDatabase, (fresh) => {
  it("orders a copy of the person that was typed, and the identifier stands in no address and no log (D10.1a)", async () => {
    const site = await openSite(await fresh());
    await site.identify(4711);
    const dpo = site.browser();
    await dpo.signIn("controllerAdministrator");
    const fields = { language: "fr", protection: "zip", kind: "portability" };
    const from = "/exports/new?what=person";
    const person = `${PUPIL_KIND}:4711`;
    const answer = await dpo.send("/exports", from, { ...fields, person });
    expect([answer.status, PASSPHRASE.test(answer.text)]).toEqual([200, true]);
    const [order] = await listExports(site.ports, SCHOOL);
    expect(order).toMatchObject({ what: { kind: "portability" }, orderedBy: "controllerAdministrator" });
    const again = await dpo.ask(`/exports/${order?.id ?? ""}`);
    expect([again.status, PASSPHRASE.test(again.text)]).toEqual([200, false]);
    expect(again.headers.get("refresh")).toBe("3");
    const nobody = await dpo.send("/exports", from, { ...fields, person: `${PUPIL_KIND}:9999` });
    expect(nobody.status).toBe(404);
    expect(nobody.text).not.toContain("9999");
    expect(site.lines.join("\n")).not.toMatch(/4711|9999/);
  });

  it("says at its field what is wrong with an order, keeps the choices and nothing that was typed (S7)", async () => {
    const site = await openSite(await fresh());
    await site.identify(4711);
    const dpo = site.browser();
    await dpo.signIn("controllerDpo");
    const { status, text } = await dpo.send("/exports", "/exports/new?what=person", {
      ...{ language: "en", kind: "portability", person: `${PUPIL_KIND}:4711` },
      ...{ protection: "recipients", recipients: "age1nonsense" },
    });
    expect(status).toBe(400);
    expect(text.match(/name="[a-z]+"[^>]*aria-invalid="true"/g)).toHaveLength(1);
    expect(text).toMatch(/<textarea[^>]*name="recipients"[^>]*aria-invalid="true"/);
    for (const chosen of ["en", "portability", "recipients"])
      expect(text).toMatch(
        new RegExp(`<option[^>]*value="${chosen}"[^>]*selected|<option[^>]*selected[^>]*value="${chosen}"`),
      );
    expect(text).not.toMatch(/age1nonsense|4711/);
  });

  it("orders once for a form that is sent twice", async () => {
    const site = await openSite(await fresh());
    const dpo = site.browser();
    await dpo.signIn("controllerDpo");
    const body = await dpo.bodyFrom(NEW, DATABASE);
    expect((await dpo.ask("/exports", body)).status).toBe(200);
    expect((await dpo.ask("/exports", body)).status).toBe(303);
    expect(await listExports(site.ports, SCHOOL)).toHaveLength(1);
  });

  it("lets those with a right see and decide, others see, and everybody else nothing (S7)", async () => {
    const site = await openSite(await fresh());
    const { page } = await ordered(site);
    const roles: readonly (readonly [ActorRole, number, number])[] = [
      ["controllerAdministrator", 200, 409],
      ["controllerDpo", 200, 409],
      ["auditor", 200, 403],
      ["operations", 200, 403],
      ["support", 403, 403],
      ["dataSubject", 403, 403],
    ];
    for (const [role, see, decide] of roles) {
      const one = site.browser();
      await one.signIn(role);
      for (const address of ["/exports", page])
        expect([role, (await one.ask(address)).status]).toEqual([role, see]);
      const { text } = await one.ask(page);
      if (decide === 403) expect(text).not.toContain("/cancellation");
      for (const [path, fields] of [
        ["/exports", DATABASE],
        [`${page}/link`, {}],
        [`${page}/cancellation`, {}],
      ] as const)
        if (decide === 403)
          expect([role, path, (await one.send(path, page, fields)).status]).toEqual([role, path, 403]);
      if (decide === 409) expect((await one.send(`${page}/link`, page)).status).toBe(409);
    }
    const visitor = site.browser();
    for (const address of ["/exports", page, NEW]) expect((await visitor.ask(address)).status).toBe(401);
  });

  it("shows another controller's exports to nobody of this one (S7)", async () => {
    const site = await openSite(await fresh());
    const { page } = await ordered(site);
    for (const role of ["controllerDpo", "auditor", "operations", "publisherDpo"] as const) {
      const one = site.browser();
      await one.signIn(role, OTHER_SCHOOL);
      expect((await one.ask(page)).status).toBe(404);
      expect((await one.ask("/exports")).text).not.toContain(page);
    }
    const other = site.browser();
    await other.signIn("controllerDpo", OTHER_SCHOOL);
    for (const path of [`${page}/link`, `${page}/cancellation`])
      expect((await other.send(path, NEW)).status).toBe(404);
    // Naming another controller in the form changes nothing.
    const named = await other.send("/exports", NEW, { ...DATABASE, controller: SCHOOL });
    expect(named.status).toBe(422);
    expect(await listExports(site.ports, SCHOOL)).toHaveLength(1);
  });

  it("asks the publisher's officer for client and instruction (D6.1c)", async () => {
    const site = await openSite(await fresh());
    const officer = site.browser();
    await officer.signIn("publisherDpo", PUBLISHER);
    const from = `${NEW}&controller=${SCHOOL}`;
    const { text } = await officer.ask(NEW);
    expect(text).toContain('name="controller"');
    expect(text).toContain(`<option value="${SCHOOL}"`);
    expect((await officer.send("/exports", from, DATABASE)).status).toBe(422);
    expect((await officer.send("/exports", from, { ...DATABASE, reference: "LET-7" })).status).toBe(200);
    const [order] = await listExports(site.ports, SCHOOL);
    expect(order).toMatchObject({ orderedBy: "publisherDpo", reference: "LET-7" });
    expect((await officer.ask("/exports")).text).toContain(SCHOOL);
  });

  it("cancels: the page says so, the folder is empty (D10.1a)", async () => {
    const site = await openSite(await fresh());
    const { dpo, page } = await ordered(site);
    await site.worker.drain();
    expect((await dpo.send(`${page}/cancellation`, page)).status).toBe(303);
    expect((await dpo.ask(page)).text).toContain("Annulé, rien n’est gardé ici");
    expect((await dpo.send(`${page}/cancellation`, page)).status).toBe(409);
  });

  it("shows a stranger what a link is good for, in both languages, and looking changes nothing (D10.1a)", async () => {
    const site = await openSite(await fresh());
    const { dpo, page, link } = await linked(site);
    expect(link).not.toBe("");
    const before = await site.database.knex("exp_order").select();
    for (const [language, word] of [
      ["fr", "Télécharger"],
      ["en", "Download"],
    ] as const) {
      const stranger = site.browser(language);
      for (let scans = 0; scans < 3; scans += 1) {
        const answer = await stranger.ask(link);
        expect(answer.status).toBe(200);
        expect(answer.text).toContain(word);
        expect(answer.text).toContain("7-Zip");
        expect(answer.headers.get("cache-control")).toBe("no-store");
        expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      }
    }
    expect(await site.database.knex("exp_order").select()).toEqual(before);
    // The link is shown once; and never logged.
    expect((await dpo.ask(page)).text).not.toContain(link);
    expect(site.lines.join("\n")).not.toContain(link.split("/").at(-1));
    expect(site.lines.join("\n")).toContain("/exports/fetch/:token");
  });

  it("hands it over once, whole, and writes down who tried (D10.1a)", async () => {
    const site = await openSite(await fresh());
    const { dpo, page, link } = await linked(site);
    const stranger = site.browser();
    const body = await stranger.bodyFrom(link);
    const answer = await stranger.raw(link, body);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const [order] = await listExports(site.ports, SCHOOL);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(order?.sha256);
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="database-${order?.id ?? ""}.zip"`,
    );
    await expect.poll(async () => (await listExports(site.ports, SCHOOL))[0]?.state).toBe("fetched");
    const used = await stranger.ask(link, body);
    const unknown = await stranger.ask(`/exports/fetch/${"A".repeat(43)}`, body);
    const bad = await stranger.ask("/exports/fetch/x", body);
    const bare = ({ status, text }: typeof used) => [status, text.replaceAll(/req_\w+/g, "")];
    for (const each of [used, unknown, bad]) {
      expect(each.status).toBe(404);
      expect(each.text).toContain("EXPORT_NO_LINK");
    }
    expect(bare(unknown)[0]).toBe(bare(used)[0]);
    expect((await stranger.ask(link)).status).toBe(404);
    expect((await dpo.ask(page)).text).toContain("complet");
    expect((await site.journalled()).slice(-2)).toEqual([
      "activity data-export.downloadStarted",
      "activity data-export.downloaded",
    ]);
  });

  it("refuses a press without the page's token (S7)", async () => {
    const site = await openSite(await fresh());
    const { link } = await linked(site);
    const stranger = site.browser();
    const { body: _, ...init } = await stranger.bodyFrom(link);
    expect((await stranger.ask(link, { ...init, body: "" })).status).toBe(403);
    expect((await listExports(site.ports, SCHOOL))[0]?.state).toBe("ready");
  });

  it("survives a connection that is lost: the link serves again (D10.1a)", async () => {
    const site = await openSite(await fresh(), {
      makeContent: () => contentOf([{ path: "big", bytes: () => noise(48 * 1024 * 1024), packed: true }]),
    });
    const { link } = await linked(site);
    const stranger = site.browser();
    const { body, headers, method } = await stranger.bodyFrom(link);
    const cookies = await cookieOf(site.base + link);
    await loseConnection(site.base + link, {
      method,
      headers: { ...headers, cookie: cookies.cookie },
      token: cookies.token,
    });
    await expect
      .poll(async () => (await site.journalled()).at(-1))
      .toBe("activity data-export.downloadBroken");
    expect((await listExports(site.ports, SCHOOL))[0]?.state).toBe("ready");
    const twenty = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const answer = await stranger.raw(link, { body, headers, method });
        const { byteLength } = await answer.arrayBuffer();
        return [answer.status, byteLength] as const;
      }),
    );
    const [order] = await listExports(site.ports, SCHOOL);
    expect(twenty.filter(([status]) => status === 200)).toEqual([[200, order?.bytes]]);
    expect(twenty.filter(([status]) => status !== 200 && status !== 409 && status !== 404)).toEqual([]);
  }, 60_000);

  it("ends with its time (D10.1a)", async () => {
    const site = await openSite(await fresh());
    const { link } = await linked(site);
    site.clock.set(addHours(site.clock.now(), 72));
    expect((await site.browser().ask(link)).status).toBe(200);
    site.clock.advance(1);
    expect((await site.browser().ask(link)).status).toBe(404);
  });

  it("brakes whoever guesses links (S7)", async () => {
    const site = await openSite(await fresh());
    const stranger = site.browser();
    const codes = [];
    for (let n = 0; n < 62; n += 1)
      codes.push((await stranger.ask(`/exports/fetch/${"B".repeat(43)}`)).status);
    expect(codes.at(-1)).toBe(429);
  });
});

/** A visitor's cookie and the token of the page's form. */
async function cookieOf(url: string) {
  const page = await fetch(url, { headers: { accept: "text/html" } });
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const [, token = ""] = /name="_csrf" value="([^"]*)"/.exec(await page.text()) ?? [];
  return { cookie, token };
}

/** Presses the button, reads a little and goes away. */
function loseConnection(
  url: string,
  {
    method,
    headers,
    token,
  }: { readonly method: string; readonly headers: Record<string, string>; readonly token: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(url, { method, headers }, (answer) => {
      answer.once("data", () => {
        answer.destroy();
        resolve();
      });
      answer.on("error", () => undefined);
    });
    asking.on("error", reject);
    asking.end(new URLSearchParams({ _csrf: token }).toString());
  });
}
