import { executeRequest, makeRelayLink, noteInaccurateData, receiveMail } from "@preau/data-subject-requests";
import { addHours, controllerId, type InquiryId, type RequestId, type SubjectId } from "@preau/kernel";
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
const MAIL = `From: Zoé D’Alençon <zoe@famille.example>
Subject: Les données de mon fils
Message-ID: <look@famille.example>
Content-Type: text/plain; charset=utf-8

Bonjour,

Je suis la mère d’Ésope D’Alençon. Je voudrais une copie de ses données, et que ses anciens résultats soient effacés.

Merci d’avance.
`;

describe.skipIf(chromiumSkipReason() !== undefined)(
  "data subjects’ requests in a real browser (D10.1a, D10.1b, WCAG 2.2 AA)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    let inquiry: InquiryId;
    let [access, restriction]: RequestId[] = [];
    let report: string;
    let subject: SubjectId;
    beforeAll(async () => {
      house = await startHouse(folder.path);
      browser = await startChromium();
      const { ports } = house.hub;
      const { unitOfWork, rightsDesk, clock, subjects } = ports;
      const by = { role: "publisherDpo" } as const;
      const taken = await receiveMail(
        ports,
        { messageIdDomain: "" },
        Buffer.from(MAIL),
        addHours(clock.now(), -40),
      );
      if (taken.kind !== "taken") throw new Error("the mail was dropped");
      inquiry = taken.inquiry;
      subject = await unitOfWork.transaction((unit) =>
        subjects.identify(unit, MINISTRY, { kind: "school.pupil", value: "look" }),
      );
      const receive = (matter: "access" | "restriction" | "erasure", hours: number) =>
        unitOfWork.transaction((unit) =>
          rightsDesk.receive(unit, {
            ...{ channel: "page", receivedAt: addHours(clock.now(), -hours), language: "fr", key: matter },
            ...{ matters: [matter], text: "Je voudrais voir mes notes de l’an dernier." },
            requester: { controller: MINISTRY, subject, origin: "gar", role: "pupil" },
          }),
        );
      [access = "rqs_"] = (await receive("access", 50)).requests;
      [restriction = "rqs_"] = (await receive("restriction", 3)).requests;
      await receive("erasure", 20);
      await unitOfWork.transaction(async (unit) => {
        report = await noteInaccurateData(unit, ports, {
          ...{ controller: MINISTRY, subject, place: "school/person.first_name", learntAt: clock.now(), by },
          what: "Le prénom porte une faute de frappe.",
        });
      });
      const instruction = await unitOfWork.transaction(async (unit) => {
        const given = { controller: MINISTRY, kind: "restrict", clause: "D10.1a" } as const;
        const id = await ports.instructions.record(unit, {
          ...{ ...given, scope: { subject }, by: { role: "controllerDpo" } },
        });
        await ports.instructions.link(unit, MINISTRY, id, restriction ?? "");
        return id;
      });
      await executeRequest(ports, { controller: MINISTRY, request: restriction, instruction, by });
    }, 90_000);
    afterAll(async () => {
      await browser.close();
      await house.stop();
      folder.remove();
    });

    const picture = async (page: Page, look: Look, name: string) => {
      const place = process.env["PREAU_PICTURES"];
      if (place === undefined) return;
      await page.screenshot({ path: `${place}/${name}-${look.language}-${look.width}.png`, fullPage: true });
    };

    it.each(LOOKS)(
      "is readable on every page, $language, $width pixels wide, dark $dark",
      async (look) => {
        const [one, other] = [`/requests/${access ?? ""}`, `/requests/${restriction ?? ""}`];
        const walks = [
          ["visitor", ["/requests/new"]],
          [
            "publisherDpo",
            [
              ...["/requests?view=withController", other, "/requests/entry", "/inaccuracies"],
              `/inaccuracies/new?controller=${MINISTRY}`,
            ],
          ],
          ["controllerDpo", [one, `/inaccuracies/${report}`]],
        ] as const;
        for (const [role, paths] of walks) {
          const cookie = role === "visitor" ? "preau=none" : await cookieOfRole(house.hub, role, MINISTRY);
          await expectPagesReadable(browser, {
            ...{ look, url: house.url, cookie, paths },
            seen: (page, at) => picture(page, look, `${role}-${at}`),
          });
        }
        const { secret } = await house.hub.sessions.start({
          data: {
            ...{ controller: MINISTRY, actorRole: "dataSubject", subject, origin: "gar", role: "pupil" },
            ...{ categories: [], dropped: [], refusals: [] },
          },
        });
        await expectPagesReadable(browser, {
          ...{ look, url: house.url, cookie: `preau=${secret}`, paths: ["/requests/mine"] },
          seen: (page, at) => picture(page, look, `person-${at}`),
        });
      },
      120_000,
    );

    it.each(LOOKS)(
      "is asked, read, opened and refused by pressing, without a script, $language, $width",
      async (look) => {
        const { page } = await openPage(browser, { ...look, javaScript: false });
        const press = (name: RegExp) => page.getByRole("button", { name }).click();
        await page.goto(`${house.url}/requests/new`);
        await press(/Envoyer ma demande|Send my request/);
        expect(await page.getByRole("alert").innerText()).toMatch(/pas encore partie|not been sent yet/);
        await picture(page, look, "intake-refused");
        await page.getByLabel(/Voir mes données|See my data/).check();
        await press(/Envoyer ma demande|Send my request/);
        expect(await page.getByRole("main").innerText()).toContain("inq_");
        await picture(page, look, "intake-received");
        const link = await makeRelayLink(
          house.hub.ports,
          { controller: MINISTRY, id: access ?? "rqs_" },
          { role: "publisherDpo" },
        );
        await page.goto(house.url + link.path);
        await picture(page, look, "relay-look");
        await press(/Ouvrir la demande|Open the request/);
        expect(await page.getByRole("main").innerText()).toContain("notes de l’an dernier");
        await picture(page, look, "relay-opened");
        await page.goto(house.url + link.path);
        expect(await page.getByRole("main").innerText()).toMatch(/déjà été ouvert|opened already/);
        await picture(page, look, "relay-used");
        // Readable needs its script.
        const { page: reader } = await openPage(browser, look);
        await reader.goto(house.url + link.path);
        await expectReadable(reader);
        const cookie = await cookieOfRole(house.hub, "publisherDpo");
        await reader
          .context()
          .addCookies([{ name: "preau", value: cookie.slice("preau=".length), url: house.url }]);
        await reader.goto(`${house.url}/requests/inquiries/${inquiry}`);
        await reader.getByRole("button", { name: /Afficher le texte|Show the text/ }).click();
        expect(await reader.getByRole("main").innerText()).toContain("Ésope D’Alençon");
        await expectReadable(reader);
        await picture(reader, look, "inquiry-shown");
      },
      120_000,
    );
  },
);
