/** A real browser for page tests: opening it, axe, overflow, and what its policy refused. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Language } from "@preau/kernel";
import type { AxeResults, RunOptions } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

// The shell has the same engine without windows of its own: half the work a page.
const CHROMIUM = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((each) => existsSync(each));

/** Why no browser runs here; undefined when one does. Under CI that is an error. */
export function chromiumSkipReason(): string | undefined {
  const reason = CHROMIUM === undefined ? "no browser (Debian: chromium-headless-shell)" : undefined;
  if (reason !== undefined && process.env["CI"]) throw new Error(reason);
  if (reason !== undefined) process.stderr.write(`skipped: ${reason}\n`);
  return reason;
}

// On globalThis, not in the module: workers that are shared between test files load this module once a file.
const worker = globalThis as unknown as { preauChromium?: Promise<Browser> };

/** The browser of this worker, started at the first call. To close it closes what was opened in it. */
export function startChromium(): Promise<Browser> {
  worker.preauChromium ??= launch();
  return worker.preauChromium;
}

async function launch(): Promise<Browser> {
  const root = process.getuid?.() === 0; // Chromium's sandbox refuses root
  const browser = await chromium.launch({
    ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
    args: ["--disable-gpu", ...(root ? ["--no-sandbox"] : [])],
  });
  browser.close = async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  };
  return browser;
}

export interface Look {
  readonly language: Language;
  readonly width: number;
  readonly dark?: boolean;
  readonly javaScript?: boolean;
}

/** A page in a context of its own, and the violations of any page's policy that its console tells. */
export async function openPage(browser: Browser, look: Look): Promise<{ page: Page; refused: string[] }> {
  const context = await browser.newContext({
    locale: look.language === "fr" ? "fr-FR" : "en-GB",
    colorScheme: look.dark === true ? "dark" : "light",
    viewport: { width: look.width, height: 1000 },
    javaScriptEnabled: look.javaScript ?? true,
  });
  const page = await context.newPage();
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(error.name));
  return { page, refused };
}

const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Nothing for axe to report, and nothing wider than the window. (WCAG 2.2 AA) */
export async function expectReadable(page: Page): Promise<void> {
  // Through the debugger, which no Content-Security-Policy of the page concerns.
  await page.evaluate(await axe);
  const results = await page.evaluate(
    (options) =>
      (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(options),
    { resultTypes: ["violations"] } satisfies RunOptions,
  );
  const found = results.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect({ page: new URL(page.url()).pathname, found, overflow }).toEqual({
    page: new URL(page.url()).pathname,
    found: [],
    overflow: 0,
  });
}

/** The two looks of every page: French and wide, English and narrow in the dark. */
export const LOOKS = [
  { language: "fr", width: 1280, dark: false },
  { language: "en", width: 390, dark: true },
] as const satisfies readonly Look[];

export interface LookedPages {
  readonly look: Look;
  /** Address of the hub. */
  readonly url: string;
  /** Its session cookie, `preau=…`. */
  readonly cookie: string;
  readonly paths: readonly string[];
  /** Called with each page as it stands, for a picture. */
  readonly seen?: (page: Page, at: number) => Promise<void>;
}

/** Each page answers, is readable and breaks no policy of its own. (WCAG 2.2 AA) */
export async function expectPagesReadable(browser: Browser, { look, url, cookie, paths, seen }: LookedPages) {
  const { page, refused } = await openPage(browser, look);
  await page.context().addCookies([{ name: "preau", value: cookie.slice("preau=".length), url }]);
  for (const [at, path] of paths.entries()) {
    const answer = await page.goto(url + path);
    expect([path, answer?.status()]).toEqual([path, 200]);
    await seen?.(page, at);
    await expectReadable(page);
  }
  expect(refused).toEqual([]);
}
