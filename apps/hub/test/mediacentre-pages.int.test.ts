import { garSimulator } from "@preau/simulators";
import { makeFolder } from "@preau/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumSkipReason, expectReadable, LOOKS, openPage, startChromium } from "./chromium.ts";

/** `PREAU_PICTURES=FOLDER` keeps a picture of every page. */
const PICTURES = process.env["PREAU_PICTURES"];

describe.skipIf(chromiumSkipReason() !== undefined)("the simulated GAR in a real browser", () => {
  const folder = makeFolder();
  let gar: Awaited<ReturnType<typeof garSimulator.start>>;
  let browser: Browser;
  beforeAll(async () => {
    const environment = { PREAU_SIM_GAR_SP_METADATA: "", PREAU_SIM_GAR_SUBSCRIPTIONS_PORT: "off" };
    gar = await garSimulator.start({ port: 0, dataFolder: folder.path, environment });
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    await gar.stop();
    folder.remove();
  });

  const look = async (page: Page, name: string) => {
    await expectReadable(page);
    if (PICTURES === undefined) return;
    const width = page.viewportSize()?.width ?? 0;
    await page.screenshot({ path: `${PICTURES}/gar-${name}-${width}.png`, fullPage: true });
  };

  it.each(LOOKS)(
    "is readable and used from the keyboard, $width pixels wide, dark $dark (WCAG 2.2 AA)",
    async (given) => {
      const { page, refused } = await openPage(browser, { ...given, javaScript: true });
      await page.goto(`${gar.url}/mediacentre`);
      await look(page, "people");
      // The link to the content, the name, three pages; then the first person.
      for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${gar.url}/mediacentre`);
      await page.locator("text=Maëlle Caradec-Nuñes").waitFor();
      await look(page, "mediacentre");
      for (const path of ["", "_faults"]) {
        await page.goto(`${gar.url}/${path}`);
        await look(page, path);
      }
      await page.getByLabel("l'audience est un autre service").check();
      await page.getByRole("button", { name: "Appliquer" }).click();
      expect(await page.locator(".done").textContent()).toContain("wrong-audience");
      await page.getByRole("button", { name: "Tout remettre en ordre" }).click();
      await page.goto(`${gar.url}/mediacentre`);
      await page.getByRole("button", { name: "Se déconnecter de tout" }).click();
      await page.waitForURL(/signed-out/);
      await look(page, "signed-out");
      expect(refused).toEqual([]);
      await page.context().close();
    },
  );
});
