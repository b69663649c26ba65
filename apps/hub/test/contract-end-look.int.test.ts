import { localDate } from "@preau/calendar";
import { endContract } from "@preau/contracts";
import { controllerId } from "@preau/kernel";
import { advanceContractEnd, chooseContractEnd, recordRestoreTest, registerHolding } from "@preau/retention";
import { makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { chromiumSkipReason, expectPagesReadable, LOOKS, startChromium } from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");
/** `PREAU_PICTURES=FOLDER` keeps a picture of every page. */
const PICTURES = process.env["PREAU_PICTURES"];
const AT = "/controllers/ministry/contract-end";

describe.skipIf(chromiumSkipReason() !== undefined)(
  "a contract's end in a real browser (WCAG 2.2 AA)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    let paths: readonly string[];
    beforeAll(async () => {
      house = await startHouse(folder.path);
      browser = await startChromium();
      const { ports } = house.hub;
      const { unitOfWork } = ports;
      const now = ports.clock.now();
      const by = { role: "controllerDpo" } as const;
      const contract = await unitOfWork.transaction(
        async (unit) => (await ports.contracts.contracts(unit, MINISTRY))[0],
      );
      if (contract === undefined) throw new Error("no contract");
      const yesterday = localDate(new Date(Date.parse(now) - 86_400_000).toISOString().slice(0, 10));
      const edit = { controller: MINISTRY, actor: { role: "operations" }, version: "current" } as const;
      await unitOfWork.transaction((unit) =>
        endContract(unit, ports, edit, { contract: contract.id, endsOn: yesterday }),
      );
      const end = await unitOfWork.transaction((unit) =>
        chooseContractEnd(unit, ports, {
          ...{ controller: MINISTRY, contract: contract.id, by, choice: "delete", guard: "months(6)" },
        }),
      );
      await advanceContractEnd(ports, end, { batchPersons: 500 });
      await unitOfWork.transaction(async (unit) => {
        await registerHolding(unit, ports, {
          ...{ controller: MINISTRY, store: "loadingData", kind: "file", by },
          ...{ place: "/srv/reprise/reprise-2026.sql", bytes: 12_345_678 },
        });
        await recordRestoreTest(unit, ports, {
          ...{ controller: MINISTRY, backup: "site.sql.zst", backupAt: now, evidence: "PV 14", by },
        });
      });
      paths = [AT, `${AT}?plan=${contract.id}`, "/controllers/ministry/copies-held"];
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await house.stop();
      folder.remove();
    });

    it.each(LOOKS)(
      "is readable on every page, $language, $width pixels wide, dark $dark",
      async (look) => {
        const cookie = await cookieOfRole(house.hub, "controllerDpo", MINISTRY);
        await expectPagesReadable(browser, {
          ...{ look, url: house.url, cookie, paths },
          ...(PICTURES === undefined
            ? {}
            : {
                seen: async (page, at) => {
                  await page.screenshot({
                    path: `${PICTURES}/end-${look.language}-${at}.png`,
                    fullPage: true,
                  });
                },
              }),
        });
      },
      60_000,
    );
  },
);
