import { controllerId, instant, type Lifecycle, millisOf } from "@preau/kernel";
import { placeHold, retentionOptions, surveyStore } from "@preau/retention";
import { makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { chromiumSkipReason, expectPagesReadable, LOOKS, startChromium } from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");

/** Accounts whose last activity is spread over three years, as of that day. */
function spread(kind: string, today: number): Lifecycle {
  const accounts = Array.from({ length: 240 }, (_, n) => ({
    identifier: { kind, value: String(n + 1) },
    ...(n % 20 === 0 ? {} : { role: n % 7 === 0 ? "teacher" : "child" }),
    lastActivity: instant(today - ((n * n) % 820) * 86_400_000 - 3_600_000),
  }));
  return {
    accounts: () => Promise.resolve({ accounts }),
    factsOf: (_, identifiers) =>
      Promise.resolve(
        accounts.filter((each) => identifiers.some(({ value }) => value === each.identifier.value)),
      ),
  };
}

describe.skipIf(chromiumSkipReason() !== undefined)(
  "periods and purges in a real browser (WCAG 2.2 AA)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    let paths: readonly string[];
    beforeAll(async () => {
      house = await startHouse(folder.path);
      browser = await startChromium();
      const { ports, lms } = house.hub;
      const school = ports.sources.get("school");
      if (school === undefined) throw new Error("no school");
      const lifecycle = spread(lms[0]?.kind ?? "", millisOf(ports.clock.now()));
      (ports.sources as Map<string, typeof school>).set("school", { ...school, lifecycle });
      const options = retentionOptions.parse({});
      const { proposed } = await surveyStore(ports, options, { controller: MINISTRY, source: "school" });
      const subject = await ports.unitOfWork.transaction((unit) =>
        ports.subjects.identify(unit, MINISTRY, { kind: lms[0]?.kind ?? "", value: "3" }),
      );
      await ports.unitOfWork.transaction(async (unit) => {
        const by = { role: "controllerDpo" } as const;
        const hold = {
          controller: MINISTRY,
          by,
          basis: "Code du patrimoine, art. L. 212-2 : archives en cours de tri",
        };
        await placeHold(unit, ports, { ...hold, covers: "person", subject, lawful: true });
        await placeHold(unit, ports, {
          ...hold,
          covers: "category",
          category: "productionsResults",
          lawful: false,
        });
      });
      paths = [
        "/retention",
        `/retention/purges/${proposed[0]}`,
        "/retention/holds",
        "/retention/receipts",
        `/retention/subjects/${subject}`,
      ];
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
        await expectPagesReadable(browser, { look, url: house.url, cookie, paths });
      },
      60_000,
    );
  },
);
