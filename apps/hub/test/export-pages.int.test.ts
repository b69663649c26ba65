/** Exports in the whole hub, with the real builders: a person's copy from the form to the opened file, and every page looked at. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { SubjectId } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumSkipReason, expectPagesReadable, LOOKS, openPage, startChromium } from "./chromium.ts";
import { type ContractSite, SCHOOL, startContractSite } from "./contract-site.ts";

const run = promisify(execFile);

/** `PREAU_PICTURES=FOLDER` keeps a picture of every page. */
const PICTURES = process.env["PREAU_PICTURES"];
const ORDER = { what: "person", kind: "access", language: "fr", protection: "zip", controller: SCHOOL };

let site: ContractSite;
let subject: SubjectId;
beforeAll(async () => {
  site = await startContractSite();
  const { ports } = site.hub;
  subject = await ports.unitOfWork.transaction((unit) =>
    ports.subjects.identify(unit, SCHOOL, { kind: "moodle.user", value: "4711" }),
  );
});
afterAll(() => site.stop());

/** Orders as the school's officer; gives the page that answered, and the export's own address. */
async function order(fields: Readonly<Record<string, string>>) {
  const dpo = await site.as("controllerDpo");
  const { html, status } = await dpo.post("/exports", { ...ORDER, ...fields });
  expect(status).toBe(200);
  const [, page = ""] = /(\/exports\/exp_[0-9a-z]{26})/.exec(html) ?? [];
  const [passphrase = ""] = /(?:[0-9a-z]{4}-){5}[0-9a-z]{4}/.exec(html) ?? [];
  return { dpo, html, page, passphrase };
}

describe("a person's copy in the hub (D10.1a)", () => {
  it("goes from the form to a file that 7-Zip opens, and leaves nothing when it is cancelled", async () => {
    const { dpo, page, passphrase } = await order({ person: subject });
    await expect
      .poll(async () => (await dpo.get(page)).html, { timeout: 30_000 })
      .toContain("Prêt à être remis");
    const { html } = await dpo.post(`${page}/link`);
    const [, link = ""] = /(\/exports\/fetch\/[A-Za-z0-9_-]{43})/.exec(html) ?? [];
    expect(html).toContain(`${site.url}${link}`);
    const looked = await fetch(site.url + link, { headers: { accept: "text/html" } });
    const cookie = looked.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const [, token = ""] = /name="_csrf" value="([^"]*)"/.exec(await looked.text()) ?? [];
    const answer = await fetch(site.url + link, {
      method: "POST",
      headers: { cookie, origin: site.url },
      body: new URLSearchParams({ _csrf: token }),
    });
    expect(answer.status).toBe(200);
    const folder = makeFolder();
    try {
      const file = path.join(folder.path, "copy.zip");
      await writeFile(file, Buffer.from(await answer.arrayBuffer()));
      await run("7z", ["x", `-p${passphrase}`, `-o${folder.path}`, file]);
      await run("unzip", ["-q", path.join(folder.path, "contents.zip"), "-d", path.join(folder.path, "in")]);
      await run("sha256sum", ["-c", "SHA256SUMS"], { cwd: path.join(folder.path, "in") });
      const names = readdirSync(path.join(folder.path, "in"), { recursive: true });
      expect(names).toContain("manifest.json");
    } finally {
      folder.remove();
    }
    const exports = path.join(site.hub.config.data, "exports");
    expect(readdirSync(exports)).toHaveLength(1);
    await dpo.post(`${page}/cancellation`);
    expect(readdirSync(exports)).toEqual([]);
  });
});

describe.skipIf(chromiumSkipReason() !== undefined)("the pages of exports in a real browser (D10.1a)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  it.each(LOOKS)("are readable, $language, $width pixels wide, dark $dark (WCAG 2.2 AA)", async (look) => {
    const { dpo, page } = await order({ person: subject, protection: "age" });
    await expect
      .poll(async () => /Refresh/.test((await dpo.get(page)).html), { timeout: 30_000 })
      .toBe(false);
    await expect
      .poll(async () => (await dpo.get(page)).html, { timeout: 30_000 })
      .toContain("Prêt à être remis");
    const { html } = await dpo.post(`${page}/link`);
    const [, link = ""] = /(\/exports\/fetch\/[A-Za-z0-9_-]{43})/.exec(html) ?? [];
    const paths = [
      "/exports",
      "/exports/new?what=person",
      "/exports/new?what=project",
      "/exports/new?what=database",
      page,
      link,
    ];
    await expectPagesReadable(browser, {
      ...{ look, url: site.url, cookie: dpo.cookie, paths },
      seen: async (shown, at) => {
        if (PICTURES !== undefined)
          await shown.screenshot({ path: `${PICTURES}/exports-${at}-${look.language}.png`, fullPage: true });
      },
    });
  });

  it("shows passphrase and link once, to whoever presses the button", async () => {
    const dpo = await site.as("controllerDpo");
    const { page, refused } = await openPage(browser, { language: "fr", width: 1280 });
    const value = dpo.cookie.slice("preau=".length);
    await page.context().addCookies([{ name: "preau", value, url: site.url }]);
    await page.goto(`${site.url}/exports/new?what=person`);
    await page.fill("#person", subject);
    await page.getByRole("button", { name: "Commander" }).click();
    expect(await page.locator("main").textContent()).toContain("Elle ne sera plus jamais affichée");
    // The menu says where one is, also on a page that answers a form.
    expect(await page.locator("nav.menu [aria-current]").textContent()).toBe("Exports");
    if (PICTURES !== undefined)
      await page.screenshot({ path: `${PICTURES}/exports-ordered-fr.png`, fullPage: true });
    await page.getByRole("link", { name: "Suivre cet export" }).click();
    // The page keeps itself up to date.
    await page.getByRole("button", { name: "Créer le lien" }).click({ timeout: 30_000 });
    expect(await page.locator("main").textContent()).toContain(`${site.url}/exports/fetch/`);
    if (PICTURES !== undefined)
      await page.screenshot({ path: `${PICTURES}/exports-linked-fr.png`, fullPage: true });
    expect(refused).toEqual([]);
  });
});
