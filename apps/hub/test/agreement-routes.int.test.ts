import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { referenceFolder } from "@preau/agreement";
import { controllerId, silentLog, systemClock } from "@preau/kernel";
import { freePort, makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { type Serving, serve } from "../src/serve.ts";
import { cookieOfRole } from "./signed-in.ts";

const SCHOOL_IN_MOSELLE = `controllers:
  - id: ecole-des-mirabelliers
    kind: school
    name: École maternelle des Mirabelliers
    seat: 8, rue des Mirabelliers, 57000 Metz
    uai: 0579901C
    goodFriday: unknown
`;

interface Site {
  readonly hub: Hub;
  readonly serving: Serving;
  page(at: string, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
}

async function start(folder: string, yaml: string): Promise<Site> {
  writeFileSync(path.join(folder, "preau.yaml"), yaml);
  const environment = { PREAU_DATA: path.join(folder, "data"), PREAU_PORT: String(await freePort()) };
  const hub = await openHub(readConfig(environment, folder), { clock: systemClock, log: silentLog });
  const serving = await serve(hub);
  return {
    hub,
    serving,
    page: async (at, headers = {}) => {
      const response = await fetch(serving.url + at, {
        headers: { accept: "text/html", "accept-language": "en", ...headers },
        redirect: "manual",
      });
      return { status: response.status, text: await response.text() };
    },
  };
}

describe("the agreement that ships, as anybody reads it", () => {
  const folder = makeFolder();
  let site: Site;
  beforeAll(async () => {
    site = await start(folder.path, SCHOOL_IN_MOSELLE);
  });
  afterAll(async () => {
    await site.serving.stop();
    folder.remove();
  });

  it("has a page for every clause of the index, in both languages", async () => {
    const { text: index } = await site.page("/agreement");
    const links = [...new Set([...index.matchAll(/href="(\/agreement\/[^"#]+)"/g)].map(([, at = ""]) => at))];
    expect(links.length).toBeGreaterThanOrEqual(87);
    for (const language of ["en", "fr"]) {
      for (const at of links) {
        const { status, text } = await site.page(at, { "accept-language": language });
        expect([at, language, status]).toEqual([at, language, 200]);
        expect([at, /undefined|NaN|\[object/.exec(text)?.[0]]).toEqual([at, undefined]);
      }
    }
  });

  it("computes the example on the mainland for a visitor, and in the client's own place for its people", async () => {
    const visitor = await site.page("/agreement/D8.3");
    expect(visitor.text).toContain("Wednesday 8 April 2026");
    expect(visitor.text).toContain("Thursday 9 April 2026 at 00:00");
    const cookie = await cookieOfRole(site.hub, "controllerDpo", controllerId("ecole-des-mirabelliers"));
    const client = await site.page("/agreement/D8.3", { cookie });
    expect(client.text).toContain("Thursday 9 April 2026<");
    expect(client.text).toContain("Friday 10 April 2026 at 00:00");
    expect(client.text).toContain("Alsace-Moselle");
    const december = await site.page("/agreement/D8.3?from=2026-12-17");
    expect(december.text).toContain("Tuesday 29 December 2026<");
    expect((await site.page("/agreement/D8.3?from=2050-01-01")).text).toContain("cannot be computed");
  });

  it("says UNKNOWN where nobody has documented a delay", async () => {
    const { text } = await site.page("/agreement/D12.2");
    expect(text).toContain("not established (UNKNOWN)");
    expect((await site.page("/agreement/DC")).text).toContain("unknown (UNKNOWN)");
  });

  it("offers what is due under a clause to those who may see it, and to nobody else", async () => {
    const link = 'href="/dues?clause=D12.2"';
    expect((await site.page("/agreement/D12.2")).text).not.toContain(link);
    const person = await cookieOfRole(site.hub, "dataSubject");
    expect((await site.page("/agreement/D12.2", { cookie: person })).text).not.toContain(link);
    const staff = await cookieOfRole(site.hub, "support");
    expect((await site.page("/agreement/D12.2", { cookie: staff })).text).toContain(link);
  });

  it("answers 404 to a clause that is not there, and shows a search as it was typed", async () => {
    for (const at of [
      "/agreement/D99",
      "/agreement/__proto__",
      "/agreement/%3Cscript%3E",
      "/agreement/D8.3/x",
    ])
      expect([at, (await site.page(at)).status]).toEqual([at, 404]);
    const problem = await site.page("/agreement/D99", { accept: "application/problem+json" });
    expect(JSON.parse(problem.text)).toMatchObject({ code: "HUB_CLAUSE_UNKNOWN", status: 404 });
    const { text } = await site.page(`/agreement?q=${encodeURIComponent('"><script>alert(1)</script>')}&q=b`);
    expect(text).not.toContain("<script>alert");
    expect((await site.page("/agreement?state=nonsense")).status).toBe(200);
  });
});

describe("somebody else's agreement", () => {
  const folder = makeFolder();
  let site: Site;
  beforeAll(async () => {
    const own = path.join(folder.path, "accord");
    cpSync(fileURLToPath(referenceFolder), own, { recursive: true });
    rmSync(path.join(own, "text.en.md"));
    const change = (file: string, from: string | RegExp, to: string) => {
      const text = readFileSync(path.join(own, file), "utf8");
      const changed = text.replace(from, to);
      expect(changed).not.toBe(text);
      writeFileSync(path.join(own, file), changed);
    };
    const hostile = '<script>alert(1)</script> [ici](javascript:alert(1)) <img src="x" onerror="alert(1)">';
    change("text.fr.md", /^## D1 · .*$/m, `$&\n\n${hostile}`);
    change("text.fr.md", /^## D2 · .*$/m, "## D2 · <b>Mots</b>");
    change("text.fr.md", /(D8\.3 ·[^#]*?)7 jours ouvrés/, "$110 jours ouvrés");
    change("agreement.yaml", /(id: objectToSubprocessor,[^}]*?)workingDays\(7\)/, "$1workingDays(10)");
    site = await start(folder.path, "agreement: accord\n");
  });
  afterAll(async () => {
    await site.serving.stop();
    folder.remove();
  });

  it("is shown with its own figures, and with the warning that its ids are matched by name alone", async () => {
    const { text } = await site.page("/agreement/D8.3");
    expect(text).toContain("10\u00a0working days");
    expect(text).not.toContain("7\u00a0working days");
    expect((await site.page("/agreement")).text).toContain("not Préau’s own");
  });

  it("is shown in the only language that it has, marked as such", async () => {
    const { text } = await site.page("/agreement/D8.3");
    expect(text).toMatch(/<div class="text" lang="fr">/);
    expect(text).toContain("The agreement exists in French alone.");
  });

  it("brings no HTML, script or address of its own into a page", async () => {
    const { text } = await site.page("/agreement/D1");
    expect(text).toContain("&lt;script>alert(1)&lt;/script>");
    expect(text).not.toMatch(/<script|<img|href="javascript/);
    expect((await site.page("/agreement/D2")).text).toContain("&lt;b>Mots");
  });
});
