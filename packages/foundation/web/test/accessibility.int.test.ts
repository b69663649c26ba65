import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Language } from "@preau/kernel";
import type { AxeResults, RunOptions } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signInAs, startApplication } from "./application.ts";
import { sampleMenu, sampleRoutes } from "./sample-pages.tsx";

const CHROMIUM = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((each) => existsSync(each));
const reason =
  CHROMIUM === undefined ? "skipped: no browser (Debian's chromium-headless-shell or chromium)" : undefined;
if (reason !== undefined && process.env["CI"]) throw new Error(reason);
if (reason !== undefined) process.stderr.write(`${reason}\n`);

describe.skipIf(reason !== undefined)("pages in a real browser (WCAG 2.2 AA)", () => {
  let browser: Browser;
  let axe: string;

  beforeAll(async () => {
    const root = process.getuid?.() === 0; // Chromium's sandbox refuses root
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: ["--disable-gpu", ...(root ? ["--no-sandbox"] : [])],
    });
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  });
  afterAll(() => browser.close());

  const start = () =>
    startApplication(sampleRoutes, { menu: sampleMenu, signIn: "/gar/saml/login", title: "Préau" });

  const open = async (options: { language: Language; dark: boolean; width: number }) => {
    const context = await browser.newContext({
      locale: options.language === "fr" ? "fr-FR" : "en-GB",
      colorScheme: options.dark ? "dark" : "light",
      viewport: { width: options.width, height: 800 },
    });
    return context.newPage();
  };

  const violations = async (page: Page) => {
    // Through the debugger, which no Content-Security-Policy of the page concerns.
    await page.evaluate(axe);
    const results = await page.evaluate(
      (options) =>
        (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(options),
      { resultTypes: ["violations"] } satisfies RunOptions,
    );
    return results.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  };

  const cases = [
    { language: "fr", dark: false, width: 1280 },
    { language: "en", dark: true, width: 390 },
  ] as const;

  it.each(cases)(
    "have nothing for axe to report: $language, dark $dark, $width pixels wide",
    async (each) => {
      const app = await start();
      const page = await open(each);
      const refused: string[] = [];
      page.on("console", (message) => {
        if (/Content.Security.Policy/.test(message.text())) refused.push(message.text());
      });
      for (const cookie of [undefined, await signInAs(app, "dataSubject")]) {
        const [name = "", value = ""] = cookie?.split("=") ?? [];
        if (cookie !== undefined) await page.context().addCookies([{ name, value, url: app.url }]);
        for (const path of ["/erasure", "/tokens", "/nowhere"]) {
          await page.goto(app.url + path);
          expect(await page.locator("html").getAttribute("lang")).toBe(each.language);
          expect(await violations(page)).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBe(0);
        }
      }
      expect(refused).toEqual([]);
      await page.context().close();
    },
  );

  it("asks nobody but its own server for anything", async () => {
    const app = await start();
    const page = await open({ language: "fr", dark: false, width: 1280 });
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(`${app.url}/erasure`);
    expect([...hosts]).toEqual([app.url]);
    await page.context().close();
  });

  it("works without JavaScript: the skip link, the language switch, a form with its token", async () => {
    const app = await start();
    const context = await browser.newContext({ javaScriptEnabled: false, locale: "fr-FR" });
    const page = await context.newPage();
    await page.goto(`${app.url}/erasure`);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Aller au contenu");
    await page.getByRole("link", { name: "English" }).click();
    expect(await page.locator("h1").textContent()).toBe("Your account is being erased");
    await page.getByLabel("Reason").fill("the end of the year");
    await page.getByLabel("I have read the above").check();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      page.getByRole("button", { name: "Ask", exact: true }).click(),
    ]);
    expect(answer.status()).toBe(201);
    await context.close();
  });
});
