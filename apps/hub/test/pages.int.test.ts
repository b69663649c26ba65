import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { freePort, makeFolder, temporaryFolder } from "@preau/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textsOf } from "../src/texts.ts";
import { chromiumSkipReason, expectReadable, openPage, startChromium } from "./chromium.ts";
import { startPreau } from "./run-preau.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";

/** `PREAU_PICTURE=FILE` keeps the picture of a closed erasure, for the README. */
const PICTURE = process.env["PREAU_PICTURE"];

/** The page as it ships: a function of ours is written into it, and a build may have changed that function. */
async function builtVerifyPage(cwd: string): Promise<string> {
  const port = String(await freePort());
  const child = startPreau(["serve"], { cwd, env: { PREAU_PORT: port } });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await Promise.race([new Promise((resolve) => child.stdout?.once("data", resolve)), ended]);
  const page = await (await fetch(`http://127.0.0.1:${port}/journal/verify.html`)).text();
  child.kill("SIGTERM");
  await ended;
  return page;
}

describe.skipIf(chromiumSkipReason() !== undefined)("the walk in a real browser (D4.1, D12.2)", () => {
  const folder = makeFolder();
  let house: RunningHouse;
  let browser: Browser;
  beforeAll(async () => {
    house = await startHouse(folder.path);
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    await house.stop();
    folder.remove();
  });

  const heading = (page: Page) => page.locator("h1").textContent();
  const closed = (page: Page) => page.waitForSelector('a[href$="/receipt"]', { timeout: 30_000 });

  it.each([
    { language: "en", width: 1280, dark: false, person: "prof.caradec", name: "Maëlle Caradec-Nuñes" },
    // The longer words in the narrower window.
    { language: "fr", width: 390, dark: true, person: "prof.ostrel", name: "Basile d'Ostrel" },
  ] as const)(
    "is readable on every page, $language, $width pixels wide, dark $dark (WCAG 2.2 AA)",
    async ({ language, width, dark, person, name }) => {
      const words = textsOf(language);
      const { page, refused } = await openPage(browser, { language, width, dark });
      await page.goto(house.url);
      expect(await page.locator("html").getAttribute("lang")).toBe(language);
      expect(await heading(page)).toBe(words.homeTitle);
      await expectReadable(page);

      await page.getByRole("link", { name: words.signIn, exact: true }).first().click();
      await page.waitForURL(`${house.gar}/**`);
      await expectReadable(page);
      await page.locator(`button[value="${person}"]`).click();
      await page.waitForURL(`${house.url}/me`);
      expect(await page.locator("main").textContent()).toContain(name);
      await expectReadable(page);

      await page.locator("main").getByRole("link", { name: words.deleteAccount }).click();
      await expectReadable(page);
      await house.hub.worker.stop();
      await page.locator('form[action*="/account/deletion"] button').click();
      await page.waitForURL(/\/erasures\/era_/);
      await expectReadable(page);
      house.hub.worker.start();
      await closed(page);
      await expectReadable(page);
      if (PICTURE !== undefined && width > 1000) await page.screenshot({ path: PICTURE });

      await page.goto(`${house.url}/journal`);
      await expectReadable(page);
      await page.goto(`${house.url}/nowhere`);
      await expectReadable(page);
      await page.goto(`${house.school}/database`); // the school's other pages: school-pages
      await expectReadable(page);
      await page.goto(house.gar);
      await expectReadable(page);
      expect(refused).toEqual([]);
      await page.context().close();
    },
  );

  it("asks nobody but the hub, the GAR and the school for anything", async () => {
    const { page } = await openPage(browser, { language: "fr", width: 1280 });
    const origins = new Set<string>();
    page.on("request", (request) => origins.add(new URL(request.url()).origin));
    await page.goto(house.url);
    await page.goto(`${house.url}/journal`);
    expect([...origins]).toEqual([house.url]);
    await page.context().close();
  });

  it("goes from sign-in to receipt without JavaScript", async () => {
    const { page } = await openPage(browser, { language: "fr", width: 1280, javaScript: false });
    await page.goto(`${house.url}/gar/saml/login`);
    await page.locator('button[value="doc.vernoux"]').click();
    await page.getByRole("button", { name: "Continuer" }).click();
    await page.waitForURL(`${house.url}/me`);
    await page.goto(`${house.url}/account/deletion`);
    await page.locator('form[action*="/account/deletion"] button').click();
    for (let tries = 0; (await page.locator('a[href$="/receipt"]').count()) === 0; tries += 1) {
      expect(tries).toBeLessThan(50);
      await page.waitForTimeout(200);
      await page.reload();
    }
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator('a[href$="/receipt"]').click(),
    ]);
    const receipt = JSON.parse(readFileSync(await download.path(), "utf8")) as { verdict: string };
    expect(receipt.verdict).toBe("PASS");
    await page.context().close();
  });

  it("goes from sign-in to deletion with the keyboard alone", async () => {
    const { page } = await openPage(browser, { language: "en", width: 1280 });
    const press = async (says: string) => {
      for (let tabs = 0; tabs < 40; tabs += 1) {
        await page.keyboard.press("Tab");
        const focus = page.locator(":focus");
        if ((await focus.count()) === 0 || !(await focus.innerText()).includes(says)) continue;
        expect(await focus.evaluate((node) => getComputedStyle(node).outlineStyle)).not.toBe("none");
        await page.keyboard.press("Enter");
        return;
      }
      throw new Error(`the keyboard does not reach "${says}"`);
    };
    const words = textsOf("en");
    await page.goto(house.url);
    await press(words.signIn);
    await page.waitForURL(`${house.gar}/**`);
    await press("Vernoux");
    await page.waitForURL(`${house.url}/me`);
    await press(words.deleteAccount);
    await page.waitForURL(`${house.url}/account/deletion`);
    await press("Delete my account");
    await page.waitForURL(/\/erasures\/era_/);
    await closed(page);
    await page.context().close();
  });

  it("verifies a receipt on the page without network, TRUE, and FALSE after one byte is changed", async () => {
    const { page } = await openPage(browser, { language: "en", width: 1280 });
    await page.goto(`${house.url}/gar/saml/login`);
    await page.locator('button[value="prof.caradec"]').click();
    await page.waitForURL(`${house.url}/me`);
    await page.goto(`${house.url}/account/deletion`);
    await page.locator('form[action*="/account/deletion"] button').click();
    await closed(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator('a[href$="/receipt"]').click(),
    ]);
    const receipt = readFileSync(await download.path(), "utf8");
    const at = temporaryFolder();
    writeFileSync(path.join(at, "verify.html"), await builtVerifyPage(at));
    writeFileSync(path.join(at, "receipt.json"), receipt);
    writeFileSync(path.join(at, "changed.json"), receipt.replace("account-deleted", "account-deleteD"));
    await page.context().setOffline(true);
    await page.goto(pathToFileURL(path.join(at, "verify.html")).href);
    await expectReadable(page);
    const check = async (file: string, vkey: string) => {
      await page.locator("input[type=file]").setInputFiles(path.join(at, file));
      await page.locator("#vkey").fill(vkey);
      await page.locator("button").first().click();
      await page.waitForTimeout(300);
      return page.locator("main").innerText();
    };
    const key = house.hub.journal.vkey("evidence");
    expect(await check("receipt.json", key)).toContain("TRUE");
    expect(await check("changed.json", key)).toContain("FALSE");
    expect(await check("receipt.json", "")).toContain("UNKNOWN");
    await page.context().close();
  });
});
