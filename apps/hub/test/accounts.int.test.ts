import path from "node:path";
import { makeFolder } from "@preau/testing";
import { eraseAccount, inviteAccount, PUBLISHER, revokeAccount } from "@preau/web";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountMeans } from "../src/account-means.ts";
import { browserLike } from "./browser-like.ts";
import { chromiumSkipReason, expectReadable, LOOKS, openPage, startChromium } from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";

/** `PREAU_PICTURES=FOLDER` keeps a picture of every page. */
const PICTURES = process.env["PREAU_PICTURES"];

const WORDS = {
  fr: {
    email: "Adresse électronique",
    password: "Mot de passe",
    signIn: "Se connecter",
    code: "Code",
    confirm: "Confirmer",
    name: "Nom",
    role: "Rôle",
    invite: "Créer l’invitation",
    newPassword: "Nouveau mot de passe",
    setPassword: "Enregistrer le mot de passe",
    newCode: "Code affiché par l’application",
    auditor: "Auditeur",
  },
  en: {
    email: "E-mail address",
    password: "Password",
    signIn: "Sign in",
    code: "Code",
    confirm: "Confirm",
    name: "Name",
    role: "Role",
    invite: "Make the invitation",
    newPassword: "New password",
    setPassword: "Save the password",
    newCode: "Code that the authenticator shows",
    auditor: "Auditor",
  },
} as const;

const DPO = "dpo@editions-marelle.example";

/** What the sign-in page of the demonstration says of an account: password and code. */
function toldOf(html: string, email: string): { password: string; code: string } {
  const row = html.split("<tr").find((each) => each.includes(email)) ?? "";
  const [, password = "", code = ""] = [...row.matchAll(/<code>([^<]*)<\/code>/g)].map(
    ([, text = ""]) => text,
  );
  return { password, code };
}

describe("the demonstration's accounts (DD.4, DD.5)", () => {
  const folder = makeFolder();
  let house: RunningHouse;
  beforeAll(async () => {
    house = await startHouse(folder.path, { school: false });
  });
  afterAll(async () => {
    await house.stop();
    folder.remove();
  });

  it("let each role in with what the page tells, under a banner, and are journalled", async () => {
    const { html } = await browserLike().go(`${house.url}/sign-in`);
    expect(html).toContain("Démonstration");
    const emails = [...html.matchAll(/<code>([^<@]+@[^<]+)<\/code>/g)].map(([, email = ""]) => email);
    expect(emails).toHaveLength(6);
    for (const email of emails) {
      const browser = browserLike();
      const page = await browser.go(`${house.url}/sign-in`);
      const { password, code } = toldOf(page.html, email);
      const first = await browser.submit(filled(page, { email, password }), "/sign-in");
      const last = first.url.endsWith("/second-factor")
        ? await browser.submit(filled(first, { code }), "/second-factor")
        : first;
      expect([email, last.status, new URL(last.url).pathname]).toEqual([email, 200, "/"]);
      expect((await browser.go(`${house.url}/account`)).html).toContain(email);
    }
    const { ports } = house.hub;
    const entries = await ports.unitOfWork.transaction((unit) =>
      ports.journal.entries(unit, { controller: PUBLISHER, type: "accounts.signedIn" }),
    );
    expect(entries.map(({ actorRole }) => actorRole).sort()).toEqual([
      "auditor",
      "operations",
      "publisherDpo",
      "support",
    ]);
    expect(entries.every(({ actor }) => /^act_/.test(String(actor?.id)))).toBe(true);
  });

  it("leave the publisher's journal unreadable about an account that is erased, and its proofs whole (D12.2)", async () => {
    const { ports, journal, sequencer } = house.hub;
    const means = accountMeans(house.hub);
    const terminal = { role: "system", controller: PUBLISHER } as const;
    const person = {
      email: "x@editions-marelle.example",
      name: "Ysaline Orme",
      role: "auditor",
      controller: PUBLISHER,
    } as const;
    const { account } = await inviteAccount(means, terminal, person);
    await ports.unitOfWork.transaction((unit) =>
      ports.journal.record(unit, {
        log: "activity",
        type: "accounts.signedIn",
        controller: PUBLISHER,
        actor: { role: "auditor", id: account, payload: { about: "slot" } },
      }),
    );
    await sequencer.runOnce();
    const last = () =>
      ports.unitOfWork
        .transaction((unit) =>
          ports.journal.entries(unit, { controller: PUBLISHER, type: "accounts.signedIn", limit: 1 }),
        )
        .then(([entry]) => entry);
    expect((await last())?.actor).toEqual({ id: account, payload: { about: "slot" } });
    await revokeAccount(means, terminal, { controller: PUBLISHER, id: account });
    expect(await eraseAccount(means, terminal, { controller: PUBLISHER, id: account })).toEqual({ keys: 1 });
    expect((await last())?.actor).toBeUndefined();
    expect((await last())?.actorRole).toBe("auditor");
    await sequencer.runOnce();
    expect((await journal.audit("activity")).holds).toBe(true);
  });
});

describe.skipIf(chromiumSkipReason() !== undefined)(
  "the pages of accounts in a real browser (DD.4, DD.5)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    beforeAll(async () => {
      house = await startHouse(folder.path, { school: false });
      browser = await startChromium();
    });
    afterAll(async () => {
      await browser.close();
      await house.stop();
      folder.remove();
    });

    it.each(LOOKS)(
      "are readable and work without a script, $language, $width pixels wide, dark $dark (WCAG 2.2 AA)",
      async ({ language, width, dark }) => {
        const words = WORDS[language];
        const { page, refused } = await openPage(browser, { language, width, dark });
        let pictures = 0;
        const look = async (name: string) => {
          await expectReadable(page);
          pictures += 1;
          if (PICTURES !== undefined)
            await page.screenshot({
              path: path.join(PICTURES, `${language}-${String(pictures).padStart(2, "0")}-${name}.png`),
              fullPage: true,
            });
        };
        await page.goto(`${house.url}/sign-in`);
        await look("sign-in");
        const told = toldOf(await page.content(), DPO);
        await page.getByLabel(words.email).fill(DPO);
        await page.getByLabel(words.password).fill("something else");
        await press(page, words.signIn);
        await look("refused");
        await page.getByLabel(words.email).fill(DPO);
        await page.getByLabel(words.password).fill(told.password);
        await press(page, words.signIn);
        await look("second-factor");
        await page.getByLabel(words.code).fill("000000");
        await press(page, words.confirm);
        await look("wrong-code");
        await page.getByLabel(words.code).fill(told.code);
        await press(page, words.confirm);
        await page.goto(`${house.url}/accounts`);
        await look("accounts");
        await page.getByLabel(words.name).fill("Ysaline Orme");
        await page.getByLabel(words.email).fill(`ysaline.${language}@editions-marelle.example`);
        await page.getByLabel(words.role).selectOption("auditor");
        await press(page, words.invite);
        await look("link");
        const link = await page.locator("#link").inputValue();
        await page.goto(`${house.url}/accounts`);
        await page.getByRole("link", { name: "Salomé Érable" }).click();
        await look("manage");
        await page.goto(`${house.url}/accounts/review`);
        await look("review");
        await page.goto(`${house.url}/account`);
        await look("account");
        await page.goto(`${house.url}/account/confirm?next=/account`);
        await look("confirm");
        await page.goto(`${house.url}/sign-in/recover`);
        await look("recover");

        const invited = await openPage(browser, { language, width, dark, javaScript: false });
        await invited.page.goto(link.replace(/^http:\/\/[^/]+/, house.url));
        await invited.page.getByLabel(words.newPassword).fill("azertyuiopqs");
        await press(invited.page, words.setPassword);
        await invited.page.getByLabel(words.newPassword).fill("sept nuages violets dansent");
        await press(invited.page, words.setPassword);
        const cookies = await invited.page.context().cookies();
        await page.context().addCookies(cookies);
        await page.goto(`${house.url}/sign-in/enrol`);
        await look("enrol");
        expect(refused).toEqual([]);
        expect(
          await page
            .locator("img.qr")
            .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
        ).toBeGreaterThan(0);
        await page.context().close();
        await invited.page.context().close();
      },
    );
  },
);

async function press(page: Page, name: string): Promise<void> {
  await page.locator("main").getByRole("button", { name, exact: true }).click();
}

/** The page with these fields filled in, as `submit` reads them. */
function filled<T extends { html: string }>(page: T, fields: Readonly<Record<string, string>>): T {
  let { html } = page;
  for (const [name, value] of Object.entries(fields))
    html = html.replace(
      new RegExp(`(<input[^>]*name="${name}")([^>]*?)( value="[^"]*")?([^>]*>)`),
      `$1 value="${value}"$2$4`,
    );
  return { ...page, html };
}
