import { controllerId } from "@preau/kernel";
import {
  announceChange,
  type ChangeGiven,
  type ChangeId,
  proposeChange,
  viewNotices,
} from "@preau/subprocessors";
import { makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { chromiumSkipReason, expectPagesReadable, LOOKS, startChromium } from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");
const CHANGE: ChangeGiven = {
  ...{ kind: "replace", replaces: "mailer", startsOn: "2026-01-01" },
  entry: {
    ...{ recipient: "spareMailer", clause: "DC", name: "Facteur Exemple", siret: "49801929800112" },
    ...{
      fr: "Acheminement des courriels techniques",
      en: "Sending of technical e-mail",
      origins: "everyOrigin",
    },
    ...{ transfers: "none", deletionDelay: "hours(20)", operations: ["store", "send", "erase"] },
    ...{ purposes: ["runPlatform"], categories: ["name", "workEmail"] },
  },
  content: {
    purpose: {
      fr: "Acheminer les messages techniques de la plateforme.",
      en: "Send the platform’s technical messages.",
    },
    places: { storage: ["FR"], processing: ["FR", "DE"] },
    retention: { fr: "Journaux gardés 20 heures.", en: "Logs kept for 20 hours." },
    guarantees: { fr: "Mesures examinées en mars 2026.", en: "Measures reviewed in March 2026." },
  },
};

describe.skipIf(chromiumSkipReason() !== undefined)(
  "subprocessors in a real browser (D8.2, D8.3, WCAG 2.2 AA)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    let change: ChangeId;
    let notice: string;
    beforeAll(async () => {
      house = await startHouse(folder.path);
      browser = await startChromium();
      const { ports } = house.hub;
      const by = { role: "publisherDpo" } as const;
      [change, notice] = await ports.unitOfWork.transaction(async (unit) => {
        const id = await proposeChange(unit, ports, { change: CHANGE, by });
        await announceChange(unit, ports, { id, version: 1, to: "all", by });
        const [own] = await viewNotices(unit, ports, { scope: MINISTRY, change: id, limit: 1 });
        return [id, `/subprocessors/notices/${own?.notice.id ?? ""}`];
      });
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await house.stop();
      folder.remove();
    });

    it.each(LOOKS)(
      "is readable on every page, $language, $width pixels wide, dark $dark",
      async (look) => {
        for (const role of ["controllerDpo", "publisherDpo"] as const) {
          const cookie = await cookieOfRole(house.hub, role);
          const prepared = [
            `/subprocessors/changes/${change}`,
            "/subprocessors/changes/new",
            "/subprocessors/host/facts",
          ];
          const paths = [
            ...["/subprocessors", "/subprocessors/supportDesk", notice],
            ...(role === "publisherDpo" ? prepared : []),
          ];
          const picture = process.env["PREAU_PICTURES"];
          await expectPagesReadable(browser, {
            ...{ look, url: house.url, cookie, paths },
            seen: async (shown, at) => {
              if (picture === undefined) return;
              const path = `${picture}/${role}-${look.language}-${String(look.width)}-${at}.png`;
              await shown.screenshot({ path, fullPage: true });
            },
          });
        }
      },
      60_000,
    );
  },
);
