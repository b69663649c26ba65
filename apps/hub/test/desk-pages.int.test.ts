import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { simulators, startSimulators } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumSkipReason, expectReadable, LOOKS, openPage, startChromium } from "./chromium.ts";

const PICTURES = process.env["PREAU_PICTURES"];

describe.skipIf(chromiumSkipReason() !== undefined)("the simulated desk in a real browser", () => {
  const folder = makeFolder();
  let desk: Awaited<ReturnType<typeof startSimulators>>[number];
  let browser: Browser;
  beforeAll(async () => {
    const environment = {
      ...{ PREAU_DATA: folder.path, PREAU_SIM_DESK_PORT: String(await freePort()) },
      ...{ PREAU_SIM_DESK_HOOK: "http://127.0.0.1:9/hooks", PREAU_SIM_DESK_WEBSITE_HOOK: "off" },
    };
    const [running] = await startSimulators(
      environment,
      simulators.filter(({ id }) => id === "desk"),
    );
    if (running === undefined) throw new Error("no desk");
    desk = running;
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    await desk.stop();
    folder.remove();
  });

  it("takes what a visitor writes and an operator answers, readable for both (WCAG 2.2 AA)", async () => {
    for (const look of LOOKS) {
      const { page, refused } = await openPage(browser, { ...look, javaScript: true });
      const french = look.language === "fr";
      await page.goto(`${desk.url}/chat`);
      await page.getByLabel(french ? "Nom" : "Name").fill("Odile Kerjean");
      await page.getByLabel(french ? "Courriel" : "E-mail").fill("odile@ecole.example");
      await page.getByLabel("Message").fill("Bonjour, où est le bulletin ?");
      await page
        .getByLabel(french ? "Pièce jointe" : "Attachment")
        .setInputFiles({ name: "bulletin.txt", mimeType: "text/plain", buffer: Buffer.from("7,5") });
      await page.getByRole("button", { name: french ? "Envoyer" : "Send", exact: true }).click();
      await page.getByText("Bonjour, où est le bulletin ?").waitFor();
      // Each page in one of the two looks: axe costs more than all the rest.
      const seen = async (name: string, isLooked: boolean) => {
        if (isLooked) await expectReadable(page);
        if (PICTURES !== undefined)
          await page.screenshot({ path: `${PICTURES}/desk-${name}-${look.language}.png`, fullPage: true });
      };
      await seen("chat", !french);
      await page.goto(desk.url);
      await seen("inbox", french);
      await page.getByRole("link", { name: "Odile Kerjean" }).first().click();
      await page.getByLabel(french ? "Texte" : "Text").fill("Dans le livret.");
      await page.getByRole("button", { name: french ? "Répondre" : "Answer" }).click();
      await page.getByText("Dans le livret.").waitFor();
      await seen("conversation", !french);
      await page.goto(`${desk.url}/_faults`);
      await seen("faults", french);
      expect([look.language, refused]).toEqual([look.language, []]);
      await page.context().close();
    }
  });

  it("is reached by its widget from a page of another site", async () => {
    const website = desk.addresses?.find(({ id }) => id === "website")?.at;
    const html = `<!doctype html><title>Aide</title><p>…</p><script>window.$crisp=[["set","session:data",[[["preau","tok_1"]]]]];
window.CRISP_WEBSITE_ID="${website}";window.CRISP_TOKEN_ID="of-the-hub"</script><script src="${desk.url}/l.js" async></script>`;
    const site = createServer((_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(html);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/aide`;
    const { page } = await openPage(browser, { language: "fr", width: 1280 });
    await page.goto(url);
    await page.getByRole("link", { name: "Assistance" }).waitFor();
    const held = async () => {
      const { conversations } = (await (await fetch(`${desk.url}/_desk`)).json()) as {
        conversations: { token?: string; pages: { page_url: string }[]; meta: { data: object } }[];
      };
      const found = conversations.find(({ token }) => token === "of-the-hub");
      return [found?.meta.data, found?.pages.map(({ page_url }) => page_url)];
    };
    await expect.poll(held, { timeout: 20_000 }).toEqual([{ preau: "tok_1" }, [url]]);
    await page.context().close();
    site.closeAllConnections();
    site.close();
  });
});
