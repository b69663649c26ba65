import type { Language } from "@preau/kernel";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumSkipReason, expectReadable, LOOKS, openPage, startChromium } from "./chromium.ts";
import { type ContractSite, SCHOOL, startContractSite } from "./contract-site.ts";

const FILE =
  "référence;identifiant;type;nom;région;produits;début\nF-1;a;école;École;mayotte;stylo;01/09/2026\n";

describe.skipIf(chromiumSkipReason() !== undefined)("the register in a real browser (WCAG 2.2 AA)", () => {
  let site: ContractSite;
  let browser: Browser;
  let contract = "";
  beforeAll(async () => {
    site = await startContractSite();
    browser = await startChromium();
    const { ports } = site.hub;
    const all = await ports.unitOfWork.transaction((unit) => ports.contracts.contracts(unit, SCHOOL));
    contract = all[0]?.id ?? "";
  });
  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  const signedIn = async (look: { language: Language; width: number; dark: boolean }) => {
    const dpo = await site.as("publisherDpo");
    const { page, refused } = await openPage(browser, look);
    await page
      .context()
      .addCookies([{ name: "preau", value: dpo.cookie.slice("preau=".length), url: site.url }]);
    return { page, refused };
  };

  it.each(LOOKS)("is readable on every page, $language, $width pixels wide, dark $dark", async (look) => {
    const { page, refused } = await signedIn(look);
    const { ports } = site.hub;
    const officers = await ports.unitOfWork.transaction((unit) => ports.contracts.officers(unit, SCHOOL));
    const at = `/controllers/${SCHOOL}`;
    const paths = [
      "/controllers",
      "/controllers?search=nobody",
      "/contracts/register",
      "/contracts/import",
      at,
    ]
      .concat([
        `${at}/edit`,
        `${at}/officers/new`,
        `${at}/officers/${officers[0]?.id ?? ""}/removal`,
        `${at}/contracts/new`,
      ])
      .concat(
        ["", "/edit", "/renewal", "/end", "/periods/unusedData", "/legal-bases", "/attestation"].map(
          (rest) => `${at}/contracts/${contract}${rest}`,
        ),
      );
    for (const path of paths) {
      const answer = await page.goto(site.url + path);
      expect([path, answer?.status()]).toEqual([path, 200]);
      await expectReadable(page);
    }
    expect(refused).toEqual([]);
  });

  it("is used with its forms alone: one refused and confirmed, a file refused, each readable", async () => {
    const { page } = await signedIn({ language: "fr", width: 1280, dark: false });
    await page.goto(`${site.url}/controllers/${SCHOOL}/contracts/${contract}/end`);
    await page.fill("#endsOn", "2027-08-31");
    await page.locator("form.stack button").click();
    expect(await page.locator("#atEnd-error").textContent()).toContain("Cette valeur manque");
    await expectReadable(page);
    await page.selectOption("#atEnd", "returnThenDelete");
    await page.locator("form.stack button").click();
    expect(await page.locator("main table").textContent()).toContain("31 août 2027");
    await expectReadable(page);
    await page.locator("form.stack button").click();
    await page.waitForURL(/\/contracts\/ctr_\w+$/);
    expect(await page.locator("main dl").textContent()).toContain("restituer puis supprimer");

    await page.goto(`${site.url}/contracts/import`);
    await page.setInputFiles("#file", { name: "c.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
    await page.locator("form.stack button").click();
    expect(await page.locator("main table").textContent()).toContain("Colonne 6 (produits)");
    await expectReadable(page);
  });
});
