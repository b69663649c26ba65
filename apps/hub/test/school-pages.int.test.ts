import { simulators, startSimulators } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumSkipReason, expectReadable, openPage, startChromium } from "./chromium.ts";

/** `PREAU_PICTURES=FOLDER` keeps a picture of every page. */
const PICTURES = process.env["PREAU_PICTURES"];

/** Each role of annex B in the demo school: by which school and account one enters, and what one opens there. */
const ROLES = {
  "plume-administrator": [1, 1, ["/", "/accounts", "/accounts/101", "/messages", "/log", "/account"]],
  "gar-teacher": [1, 11, ["/", "/classes/1", "/pupils/101", "/messages", "/account", "/year"]],
  pupil: [1, 101, ["/", "/account"]],
  "jardin-administrator": [2, 2, ["/", "/accounts/301", "/accounts/501", "/pupils/301", "/year"]],
  "jardin-teacher": [2, 31, ["/", "/classes/10", "/pupils/301", "/pupils/381"]],
  child: [2, 301, ["/"]],
  parent: [2, 501, ["/", "/pupils/301", "/account"]],
} as const;

describe.skipIf(chromiumSkipReason() !== undefined)("the demo school in a real browser", () => {
  const folder = makeFolder();
  let school: Awaited<ReturnType<typeof startSimulators>>[number];
  let browser: Browser;
  beforeAll(async () => {
    const environment = { PREAU_DATA: folder.path, PREAU_SIM_SCHOOL_PORT: String(await freePort()) };
    const [running] = await startSimulators(
      environment,
      simulators.filter(({ id }) => id === "school"),
    );
    if (running === undefined) throw new Error("no school");
    school = running;
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    await school.stop();
    folder.remove();
  });

  it.each([
    { language: "fr", width: 1280, dark: false },
    { language: "en", width: 360, dark: true },
  ] as const)(
    "is readable for every role, $language, $width pixels wide, dark $dark (WCAG 2.2 AA)",
    async ({ language, width, dark }) => {
      const { page, refused } = await openPage(browser, { language, width, dark, javaScript: true });
      const entered = new Set<number>();
      for (const [role, [at, account, paths]] of Object.entries(ROLES)) {
        await page.context().clearCookies(); // one browser for all roles: a new one costs more than its pages
        await page.goto(`${school.url}/sign-in?school=${at}`);
        expect(await page.locator("html").getAttribute("lang")).toBe(language);
        if (!entered.has(at)) await expectReadable(page);
        entered.add(at);
        const button = page.locator(`form[action="/sign-in"] button[value="${account}"]`);
        const list = page.locator("details", { has: page.locator(`button[value="${account}"]`) });
        if ((await list.count()) > 0) await list.locator("summary").click();
        await button.click();
        await page.waitForURL(`${school.url}/`);
        for (const path of paths) {
          await page.goto(`${school.url}${path}`);
          await expectReadable(page);
          expect(await page.locator("script, [style], [onclick]").count()).toBe(0);
          if (PICTURES !== undefined) {
            const name = `${role}${path.replaceAll("/", "-")}-${language}.png`;
            await page.screenshot({ path: `${PICTURES}/${name}`, fullPage: true });
          }
        }
        expect([role, refused]).toEqual([role, []]);
      }
      await page.context().close();
    },
  );

  it("is used without a mouse and without JavaScript: enter, write an observation, share it, go out", async () => {
    const { page } = await openPage(browser, { language: "fr", width: 1280, javaScript: false });
    await page.goto(`${school.url}/sign-in?school=2`);
    await page.locator('button[value="31"]').press("Enter");
    await page.goto(`${school.url}/pupils/301`);
    const text = "Raconte sa promenade à toute la classe.";
    await page.getByLabel("Observation").fill(text);
    await page.getByRole("button", { name: "Enregistrer" }).press("Enter");
    expect(await page.getByRole("status").textContent()).toContain("écrite dans le carnet");
    const card = page.locator("article", { hasText: text });
    await card.getByRole("button", { name: "Partager" }).first().press("Enter");
    expect(await page.getByRole("status").textContent()).toContain("partagée");
    await page.getByRole("button", { name: "Sortir" }).press("Enter");
    await page.goto(`${school.url}/pupils/301`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.context().close();
  });
});
