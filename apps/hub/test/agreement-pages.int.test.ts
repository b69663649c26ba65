import { controllerId, type Language } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumSkipReason, expectReadable, openPage, startChromium } from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { accountOfRole, cookieOfRole } from "./signed-in.ts";

/** `PREAU_PICTURES=FOLDER` keeps a picture of every page looked at. */
const PICTURES = process.env["PREAU_PICTURES"];

describe.skipIf(chromiumSkipReason() !== undefined)("the agreement and what is due in a real browser", () => {
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

  async function as(page: Page, cookie: string): Promise<void> {
    const [name = "", value = ""] = cookie.split("=");
    await page.context().addCookies([{ name, value, url: house.url }]);
  }

  async function look(page: Page, at: string | undefined, name: string): Promise<void> {
    if (at !== undefined) await page.goto(house.url + at);
    await expectReadable(page);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  }

  const looks: readonly { language: Language; width: number; dark: boolean }[] = [
    { language: "fr", width: 1280, dark: false },
    { language: "en", width: 390, dark: true },
  ];
  /** One page of each kind: a clock, purposes with their rows, a table of companies, the policy's. */
  const clauses = ["D8.3", "DB.K.p", "DC", "S6"];

  it.each(looks)(
    "are readable for everybody, $language, $width pixels wide, dark $dark (WCAG 2.2 AA)",
    async ({ language, width, dark }) => {
      const { page, refused } = await openPage(browser, { language, width, dark });
      const named = (what: string) => `${what}-${language}-${width}${dark ? "-dark" : ""}`;
      await look(page, "/", named("home"));
      await look(page, "/agreement", named("agreement"));
      await look(page, "/agreement?q=D8&state=all", named("found"));
      await look(page, "/agreement?q=nothing+of+the+kind", named("found-none"));
      for (const clause of clauses) await look(page, `/agreement/${clause}`, named(clause));
      await look(page, "/agreement/D99", named("unknown"));

      await as(page, await cookieOfRole(house.hub, "publisherDpo"));
      await look(page, "/", named("home-dpo"));
      await look(page, "/dues", named("dues-dpo"));
      await as(page, (await accountOfRole(house.hub, "operations")).cookie);
      await page.goto(`${house.url}/dues`);
      await page.locator('form[action="/dues/feed"] button').click();
      await page.locator("code.long").waitFor();
      await look(page, undefined, named("dues-feed"));
      await as(page, await cookieOfRole(house.hub, "controllerDpo", controllerId("lycee-sans-rien")));
      await look(page, "/dues", named("dues-empty"));
      expect(refused).toEqual([]);
      await page.context().close();
    },
    240_000, // a machine at work on something else
  );
});
