/** Joining an old account, and certificates, in a real browser: by keyboard, without JavaScript, in both looks. */
import { inUnit } from "@preau/database";
import { controllerId, type SubjectId } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  chromiumSkipReason,
  expectPagesReadable,
  expectReadable,
  LOOKS,
  type Look,
  openPage,
  startChromium,
} from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");
const PICTURES = process.env["PREAU_PICTURES"];
const WORDS = {
  fr: {
    ask: /Demander un/,
    code: "Code",
    old: "Numéro dans Préau",
    look: "Vérifier",
    join: "Rattacher ce compte",
    done: "Le compte est rattaché",
  },
  en: {
    ask: /Ask for a/,
    code: "Code",
    old: "Number in Préau",
    look: "Check",
    join: "Join this account",
    done: "The account is joined",
  },
} as const;

describe.skipIf(chromiumSkipReason() !== undefined)("the pages of the GAR's accounts (WCAG 2.2 AA)", () => {
  const folder = makeFolder();
  let house: RunningHouse;
  let browser: Browser;
  let old: SubjectId;

  const enter = async (
    page: Page,
    who: string,
    { javaScript = true }: Partial<Look> = {},
  ): Promise<SubjectId> => {
    await page.goto(`${house.url}/gar/saml/login`);
    await page.locator(`button[value="${who}"]`).press("Enter");
    if (!javaScript) await page.getByRole("button", { name: "Continuer" }).press("Enter");
    await page.waitForURL(`${house.url}/me`);
    const answer = await page.context().request.get(`${house.url}/session`);
    return ((await answer.json()) as { subject: SubjectId }).subject;
  };

  beforeAll(async () => {
    house = await startHouse(folder.path);
    browser = await startChromium();
    const { page } = await openPage(browser, { language: "fr", width: 1280 });
    old = await enter(page, "prof.caradec");
    await page.context().close();
    // Nobody has used it for a year: it rests.
    const rested = { first_at: "2025-09-08T08:00:00.000Z", last_at: "2025-11-21T10:12:00.000Z" };
    await house.hub.ports.unitOfWork.transaction(async (unit) => {
      await inUnit(unit)("gar_account").where({ subject: old }).update(rested);
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await house.stop();
    folder.remove();
  });

  /** As far as the page that is confirmed. `seen` looks at each page on the way. */
  const walk = async (look: Look, seen: (page: Page, name: string) => Promise<void>) => {
    const words = WORDS[look.language];
    const asking = await openPage(browser, look);
    await enter(asking.page, "doc.vernoux", look);
    await asking.page.goto(`${house.url}/gar/relink`);
    await seen(asking.page, "ask");
    await asking.page.getByRole("button", { name: words.ask }).press("Enter");
    const code = (await asking.page.locator("code[data-code]").textContent()) ?? "";
    await seen(asking.page, "code");
    await asking.page.goto(`${house.url}/gar/relink`);
    await seen(asking.page, "pending");

    const approving = await openPage(browser, look);
    const { page } = approving;
    // By the reference agreement teachers alone come through the GAR; for a teacher the controller's staff approve.
    const cookie = await cookieOfRole(house.hub, "controllerDpo", MINISTRY);
    await page
      .context()
      .addCookies([{ name: "preau", value: cookie.slice("preau=".length), url: house.url }]);
    await page.goto(`${house.url}/gar/relink/approve`);
    await seen(page, "form");
    await page.getByLabel(words.code).fill("0000-0000");
    await page.getByLabel(words.old).fill(old);
    await page.getByRole("button", { name: words.look }).press("Enter");
    await seen(page, "refused");
    await page.getByLabel(words.code).fill(code);
    await page.getByRole("button", { name: words.look }).press("Enter");
    await seen(page, "look");
    expect([asking.refused, approving.refused]).toEqual([[], []]);
    return { page, words, asking: asking.page };
  };

  it.each(LOOKS)(
    "are readable on the way to joining, $language, $width pixels wide, dark $dark",
    async (look) => {
      const { page, asking } = await walk(look, async (each, name) => {
        if (PICTURES !== undefined)
          await each.screenshot({ path: `${PICTURES}/relink-${name}-${look.language}.png`, fullPage: true });
        await expectReadable(each);
      });
      await page.context().close();
      await asking.context().close();
    },
    60_000,
  );

  it("join with the keyboard and without JavaScript", async () => {
    const look = { language: "fr", width: 1280, javaScript: false } as const;
    const { page, words, asking } = await walk(look, () => Promise.resolve());
    await page.getByRole("button", { name: words.join }).press("Enter");
    expect(await page.locator("h1").textContent()).toContain(words.done);
    expect(new URL(page.url()).search).toBe("");
    expect(await enter(asking, "doc.vernoux", look)).toBe(old);
    await page.context().close();
    await asking.context().close();
  }, 60_000);

  it.each(LOOKS)(
    "list certificates, $language, $width pixels wide, dark $dark",
    async (look) => {
      const cookie = await cookieOfRole(house.hub, "controllerDpo", MINISTRY);
      const { page } = await openPage(browser, look);
      await page
        .context()
        .addCookies([{ name: "preau", value: cookie.slice("preau=".length), url: house.url }]);
      await page.goto(`${house.url}/gar/certificates`);
      await page.locator("main button").last().press("Enter");
      await page.waitForURL(`${house.url}/gar/certificates`);
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(0);
      await page.context().close();
      const paths = ["/gar/certificates", "/gar/relink/approve"];
      const seen = async (each: Page, at: number) => {
        if (PICTURES !== undefined)
          await each.screenshot({ path: `${PICTURES}/staff-${at}-${look.language}.png`, fullPage: true });
      };
      await expectPagesReadable(browser, { look, url: house.url, cookie, paths, seen });
    },
    60_000,
  );
});
