/** Every page of the support, looked at in a real browser: people's, agents', a client's. */
import { inUnit } from "@preau/database";
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
import { ACACIAS, type SupportHouse, startSupportHouse, TILLEULS } from "./support-house.ts";

/** `PREAU_PICTURES=FOLDER` keeps a picture of every page. */
const PICTURES = process.env["PREAU_PICTURES"];

interface Visit {
  readonly name: string;
  readonly cookie: string;
  readonly paths: readonly string[];
}

describe.skipIf(chromiumSkipReason() !== undefined)("support in a real browser (WCAG 2.2 AA)", () => {
  let house: SupportHouse;
  let browser: Browser;
  /** A case in which an agent may answer, and the agent's cookie. */
  let answers: { readonly path: string; readonly cookie: string };
  /** Of both looks, and of one alone. */
  const visits: Record<"both" | "fr" | "en", Visit[]> = { both: [], fr: [], en: [] };

  const caseOf = async (where: Readonly<Record<string, string>>) =>
    house.hub.ports.unitOfWork.transaction(async (unit) => {
      const [row] = await inUnit(unit)("spt_case").where(where).select<{ readonly id: string }[]>("id");
      return row?.id ?? "";
    });
  const teacher = (origin: "gar" | "outsideGar", value: string, controller = ACACIAS) =>
    house.signIn({
      ...{ origin, controller },
      identifier: { kind: origin === "gar" ? "gar.ido" : "school.account", value },
    });
  const write = async (who: Awaited<ReturnType<typeof teacher>>, text: string) => {
    await who.post("/support", "/support", { text });
    return caseOf({ subject: who.subject });
  };

  beforeAll(async () => {
    house = await startSupportHouse();
    browser = await startChromium();
    const { ports } = house.hub;
    await ports.unitOfWork.transaction((unit) =>
      ports.instructions.record(unit, {
        ...{ controller: ACACIAS, kind: "staffAccess", clause: "DB.n", by: { role: "controllerDpo" } },
        scope: { recipients: ["supportTeam"], purposes: ["support"] },
      }),
    );
    const answered = await teacher("gar", "ido-look-1");
    const one = await write(
      answered,
      "Bonjour, depuis ce matin la page des évaluations de la 5e B reste blanche.\n\nPouvez-vous m’appeler au 06 12 34 56 78 ? Merci, Philippine Aubry",
    );
    const agent = await house.agentIn(one);
    const text = "Rechargez la page : c’est réparé. Sinon, écrivez-nous ici.";
    const where = `/support/cases/${one}`;
    await agent.post(where, `${where}/answer`, { text, act: "send" });

    answers = { path: where, cookie: agent.cookie };
    const asked = await teacher("gar", "ido-look-5");
    const passed = await write(asked, "Je souhaite recevoir une copie de toutes mes données. Merci.");
    const [message] = await ports.unitOfWork.transaction((unit) =>
      inUnit(unit)("spt_words").where({ case_id: passed }).select<{ readonly id: string }[]>("id"),
    );
    await agent.post(`/support/cases/${passed}`, `/support/cases/${passed}/proposals/${message?.id ?? ""}`, {
      ...{ decision: "confirm", "ask-access": "on" },
    });

    const outside = await teacher("outsideGar", "look-2");
    const offer = JSON.parse((await outside.get("/support/offer")).html) as { readonly token: string };
    await house.write({
      data: { preau: offer.token },
      content: "Bonjour. Je quitte l’école en juin : je demande l’effacement de mes données personnelles.",
    });
    const right = await caseOf({ subject: outside.subject });
    await house.write({ content: "Bonjour, je n’arrive pas à me connecter.", email: "a@famille.example" });
    const unknown = await caseOf({ side: "unknown" });
    const withheld = await write(await teacher("gar", "ido-look-3", TILLEULS), "Le bouton ne répond plus.");
    for (const id of [unknown, withheld])
      await agent.post(`/support/cases/${id}`, `/support/cases/${id}/opening`, { reason: "wall" });

    const pupil = await house.signIn({
      ...{ origin: "outsideGar", role: "pupil", identifier: { kind: "school.account", value: "look-4" } },
    });
    const client = await house.staff("controllerDpo", ACACIAS);
    visits.both.push(
      { name: "agent", cookie: agent.cookie, paths: ["/support/cases", `/support/cases/${right}`] },
      { name: "desk", cookie: outside.cookie, paths: ["/support"] },
    );
    visits.fr.push(
      { name: "unknown", cookie: agent.cookie, paths: [`/support/cases/${unknown}`] },
      { name: "person", cookie: answered.cookie, paths: ["/me", "/support"] },
      { name: "client", cookie: client.cookie, paths: [`/support/cases/${right}`] },
      { name: "passed", cookie: agent.cookie, paths: [`/support/cases/${passed}`] },
    );
    visits.en.push(
      { name: "cases", cookie: agent.cookie, paths: [where, `/support/cases/${withheld}`] },
      { name: "pupil", cookie: pupil.cookie, paths: ["/support"] },
      { name: "why", cookie: (await house.staff("publisherDpo")).cookie, paths: [where] },
    );
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await house.stop();
  });

  const picture = async (page: Page, { language, width }: Look, name: string) => {
    if (PICTURES === undefined) return;
    await page.screenshot({ path: `${PICTURES}/support-${name}-${language}-${width}.png`, fullPage: true });
  };

  for (const look of LOOKS)
    it(`every page is readable, in ${look.language}, ${look.width} wide`, async () => {
      for (const { name, cookie, paths } of [...visits.both, ...visits[look.language]])
        await expectPagesReadable(browser, {
          ...{ look, url: house.url, cookie, paths },
          seen: (page, at) => picture(page, look, `${name}-${at}`),
        });
    }, 120_000);

  it("an answer is read over, as it will be kept, before anybody sends it", async () => {
    const [look] = LOOKS;
    const { page } = await openPage(browser, look);
    const value = answers.cookie.slice("preau=".length);
    await page.context().addCookies([{ name: "preau", value, url: house.url }]);
    await page.goto(house.url + answers.path);
    await page.fill(
      "textarea[name=text]",
      "C’est réparé. Sinon, demandez à Théodule Quincampoix, 06 12 34 56 78.",
    );
    await page.click("button[value=preview]");
    await page.waitForSelector("button[value=send]");
    expect(await page.textContent("section .text")).toBe(
      "C’est réparé. Sinon, demandez à [nom], [téléphone].",
    );
    await picture(page, look, "preview");
    await expectReadable(page);
  }, 60_000);
});
