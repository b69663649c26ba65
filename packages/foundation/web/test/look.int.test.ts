import { chromium } from "playwright-core";
import { it } from "vitest";
import { signInAs, startApplication } from "./application.ts";
import { sampleMenu, sampleRoutes } from "./sample-pages.tsx";

it("shots", async () => {
  const app = await startApplication(sampleRoutes, { menu: sampleMenu, signIn: "/gar/saml/login" });
  const cookie = await signInAs(app, "dataSubject");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const scheme of ["light", "dark"] as const)
    for (const width of [1280, 390])
      for (const [name, path] of [
        ["erasure", "/erasure"],
        ["error", "/nowhere"],
      ] as const) {
        const context = await browser.newContext({
          colorScheme: scheme,
          viewport: { width, height: 900 },
          locale: width === 390 ? "en-GB" : "fr-FR",
        });
        if (name === "erasure")
          await context.addCookies([{ name: "preau", value: cookie.split("=")[1]!, url: app.url }]);
        const page = await context.newPage();
        await page.goto(app.url + path);
        await page.screenshot({ path: `/tmp/shots/${name}-${scheme}-${width}.png`, fullPage: true });
        await context.close();
      }
  await browser.close();
});
