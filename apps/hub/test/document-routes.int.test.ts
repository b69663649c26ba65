import { type ActorRole, actorRoles, type ControllerId } from "@preau/kernel";
import type { WebRoute } from "@preau/web";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentRoutes } from "../src/document-routes.ts";
import { chromiumSkipReason, expectReadable, openPage, startChromium } from "./chromium.ts";
import { type ContractSite, OTHER, SCHOOL, startContractSite } from "./contract-site.ts";

const roles = Object.keys(actorRoles) as ActorRole[];
/** Support is not among them: a record names officers. */
const READERS = new Set<ActorRole>([
  "publisherDpo",
  "operations",
  "auditor",
  "controllerAdministrator",
  "controllerDpo",
]);
let site: ContractSite;
let routes: readonly WebRoute[];
beforeAll(async () => {
  site = await startContractSite();
  routes = documentRoutes(site.hub);
});
afterAll(() => site.stop());

/** As a person of that role and controller; as nobody without a role. */
async function ask(where: string, role?: ActorRole, controller: ControllerId = SCHOOL) {
  const cookie = role === undefined ? "" : (await site.as(role, controller)).cookie;
  const headers = { cookie, accept: "text/html", "accept-language": "fr" };
  const response = await fetch(site.url + where, { headers, redirect: "manual" });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString("utf8") };
}
const pathOf = ({ path }: Pick<WebRoute, "path">) => path.replace(":controller", SCHOOL);
const ofController = () => routes.filter(({ path }) => path.includes(":controller"));

describe("the agreement's annexes (DA)", () => {
  it("are for anybody to read, as a page, as Markdown and as PDF, and name no controller", async () => {
    const page = await ask("/agreement/annexes.html");
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.text).toContain('<html lang="fr">');
    expect(page.text).toContain("Annexe D – Mesures de sécurité");
    expect(page.text).not.toMatch(/Mirabelliers|Ajoncs|Tancrède|Treguidou/u);
    const markdown = await ask("/agreement/annexes.md?language=en");
    expect(markdown.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(markdown.text).toMatch(/^# Annexes to the data-processing agreement\n/u);
    expect(markdown.headers.get("content-language")).toBe("en");
    const pdf = await ask("/agreement/annexes.pdf");
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect(pdf.bytes.subarray(0, 8).toString("latin1")).toBe("%PDF-1.7");
    expect(pdf.headers.get("content-disposition")).toBe(
      'attachment; filename="annexes-editions-marelle.fr.pdf"',
    );
  });

  it("do not hide a clause", async () => {
    expect((await ask("/agreement/D8.3")).status).toBe(200);
  });
});

describe("a controller's documents (D4.2)", () => {
  it("are its annexes, the processor's record and its extract, each in every form and in both languages", async () => {
    expect(ofController()).toHaveLength(9);
    for (const route of ofController()) {
      for (const language of ["fr", "en"]) {
        const answer = await ask(`${pathOf(route)}?language=${language}`, "controllerDpo");
        expect([route.path, answer.status, answer.headers.get("content-language")]).toEqual([
          route.path,
          200,
          language,
        ]);
        if (route.path.endsWith(".pdf")) expect(answer.bytes.length).toBeGreaterThan(10_000);
        else expect(answer.text).toContain("École maternelle des Mirabelliers");
      }
    }
  });

  it("hold what the register holds today", async () => {
    const record = await ask(`/controllers/${SCHOOL}/record.md?language=fr`, "publisherDpo");
    expect(record.text).toContain("**Tancrède Ohl**");
    expect(record.text).toContain("MIR-1");
    expect(record.text).not.toContain("Ajoncs");
    const extract = await ask(`/controllers/${SCHOOL}/extract.md`, "controllerAdministrator");
    expect(extract.text).toContain("mission d’intérêt public (art.\u00a06, §\u00a01, e)");
    expect(extract.text).toContain("[D6.0]");
  });

  it("are served under a policy that allows their own style alone, and are named by opaque ids", async () => {
    const page = await ask(`/controllers/${SCHOOL}/record.html`, "controllerDpo");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';.*frame-ancestors 'none'$/u);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("content-disposition")).toBe(
      'inline; filename="record-ecole-des-mirabelliers.fr.html"',
    );
  });

  it("are not there for a controller that nobody registered", async () => {
    for (const id of ["nobody", "..%2f..%2fetc", "a%20b"]) {
      expect((await ask(`/controllers/${id}/record.html`, "publisherDpo")).status).toBe(404);
    }
  });
});

describe("where documents are found", () => {
  it("is the page of the agreement, and that of a controller for those who may read them", async () => {
    expect((await ask("/agreement")).text).toContain('href="/agreement/annexes.pdf?language=fr"');
    const link = `href="/controllers/${SCHOOL}/record.pdf?language=fr"`;
    expect((await ask(`/controllers/${SCHOOL}`, "controllerDpo")).text).toContain(link);
    expect((await ask(`/controllers/${SCHOOL}`, "support")).text).not.toContain(link);
  });
});

describe("who reads documents (roles)", () => {
  it.each(roles)("lets %s read what is for that role, and nothing else", async (role) => {
    for (const route of ofController()) {
      const { status } = await ask(pathOf(route), role);
      const reads = READERS.has(role);
      expect([route.path, status]).toEqual([route.path, reads ? 200 : 403]);
    }
  });

  it("leads a visitor to the sign-in page", async () => {
    for (const route of ofController()) expect((await ask(pathOf(route))).status).toBe(303);
  });
});

describe("whose documents they are (tenant isolation)", () => {
  it.each(["controllerAdministrator", "controllerDpo", "auditor"] as const)(
    "has no document of another controller for its %s",
    async (role) => {
      for (const route of ofController()) {
        const answer = await ask(pathOf(route), role, OTHER);
        expect([route.path, answer.status]).toEqual([route.path, 404]);
        expect(answer.text).not.toContain("Mirabelliers");
        const own = await ask(route.path.replace(":controller", OTHER), role, OTHER);
        expect(own.status).toBe(200);
        expect(own.text).not.toMatch(/Mirabelliers|Tancrède/u);
      }
    },
  );
});

describe.skipIf(chromiumSkipReason() !== undefined)("documents in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  it.each([
    ["fr", 1280],
    ["en", 360],
  ] as const)(
    "are readable by everybody in %s at %i pixels, and nothing of theirs is refused",
    async (language, width) => {
      const { page, refused } = await openPage(browser, { language, width });
      const [name, value] = (await site.as("controllerDpo")).cookie.split("=");
      await page.context().addCookies([{ name: name ?? "", value: value ?? "", url: site.url }]);
      for (const where of [
        "/agreement/annexes",
        `/controllers/${SCHOOL}/record`,
        `/controllers/${SCHOOL}/extract`,
      ]) {
        await page.goto(`${site.url}${where}.html?language=${language}`);
        await expectReadable(page);
      }
      expect(refused).toEqual([]);
    },
  );
});
