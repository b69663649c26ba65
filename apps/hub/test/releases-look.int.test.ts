import { makeRelease, type Release, readPlan, recordObjection } from "@preau/anonymisation";
import { addHours, controllerId, type ExportSource } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumSkipReason, expectPagesReadable, LOOKS, openPage, startChromium } from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");
const PLAN = `
format: preau.release-plan/1
id: scores
title: { fr: Notes par niveau, en: Scores by level }
purpose: statistics
data: { table: result, by: pupil }
columns:
  level: { role: quasi, values: [6e, 5e, 4e, 3e] }
  score: { role: sensitive, generalise: { kind: bands, widths: [4] } }
`;

/** Of the demonstration school itself: a row a result, its pupils told apart. */
const SCHOOL_PLAN = `
format: preau.release-plan/1
id: school-scores
title: { fr: Notes de la démonstration, en: Scores of the demonstration }
purpose: statistics
data: { table: sch_result, by: pupil_id }
columns:
  person.birth_date: { role: quasi, as: born, generalise: { kind: date, levels: [schoolYear] } }
  score: { role: sensitive, generalise: { kind: bands, widths: [3], from: 8, to: 17 } }
`;

/** Results of so many pupils of every controller. */
function results(pupils: number): ExportSource {
  return {
    projectKinds: [],
    projects: () => Promise.resolve([]),
    collectProject: () => {
      throw new Error("not asked for");
    },
    restitution: () => Promise.resolve(undefined),
    categoryOf: (table) => (table === "result" ? "results" : undefined),
    rows: async function* ({ token = "" }) {
      for (let pupil = 0; pupil < pupils; pupil += 1) {
        await Promise.resolve();
        yield { level: ["6e", "5e", "4e", "3e"][pupil % 4] ?? "", score: (pupil * 7) % 20, [token]: pupil };
      }
    },
  };
}

describe.skipIf(chromiumSkipReason() !== undefined)(
  "anonymised data in a real browser (D13.3, WCAG 2.2 AA)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    let paths: readonly string[];
    let real: Release;
    beforeAll(async () => {
      house = await startHouse(folder.path);
      browser = await startChromium();
      const { ports } = house.hub;
      const [id, school] = [...ports.sources].find(([name]) => name === "school") ?? [];
      if (id === undefined || school === undefined) throw new Error("no school");
      const sources = ports.sources as Map<string, typeof school>;
      real = await makeRelease(ports, {
        ...{ plan: readPlan(SCHOOL_PLAN), by: { role: "publisherDpo" }, out: `${folder.path}/releases` },
      });
      const make = async (pupils: number) => {
        sources.set(id, { ...school, exports: results(pupils) });
        const by = { role: "publisherDpo" } as const;
        return makeRelease(ports, { plan: readPlan(PLAN), by, out: `${folder.path}/releases` });
      };
      const made = [await make(400), await make(9)];
      expect(made.map(({ verdict }) => verdict)).toEqual(["anonymised", "pseudonymised"]);
      // Received before the first of them, recorded now.
      await ports.unitOfWork.transaction((unit) =>
        recordObjection(unit, ports, {
          controller: MINISTRY,
          by: { role: "publisherDpo" },
          evidence: {
            ...{ receivedAt: addHours(ports.clock.now(), -20), means: "email" },
            ...{ writer: "dpo", reference: "courriel 118" },
          },
        }),
      );
      paths = ["/releases", ...made.map((each) => `/releases/${each.id}`)];
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await house.stop();
      folder.remove();
    });

    it("is made of the demonstration school’s own results, and answers with figures (D13.1, D13.2)", () => {
      const { verdict, rowsIn, rowsOut, k, l, figures } = real;
      process.stderr.write(`${JSON.stringify({ verdict, rowsIn, rowsOut, k, l, why: figures.reasons })}\n`);
      expect(rowsIn).toBeGreaterThan(100);
      expect(figures.answers).toHaveLength(3);
      expect(verdict === "anonymised").toBe(figures.answers.every(({ holds }) => holds));
    });

    it.each(LOOKS)(
      "is readable on every page, $language, $width pixels wide, dark $dark",
      async (look) => {
        const own = ["/releases/objection", "/releases/objection/withdrawal"];
        for (const role of ["controllerDpo", "publisherDpo"] as const) {
          const cookie = await cookieOfRole(house.hub, role, MINISTRY);
          const all = role === "controllerDpo" ? [...paths, ...own] : paths;
          const picture = process.env["PREAU_PICTURES"];
          await expectPagesReadable(browser, {
            ...{ look, url: house.url, cookie, paths: all },
            seen: async (page, at) => {
              if (picture === undefined) return;
              await page.screenshot({
                path: `${picture}/${role}-${look.language}-${at}.png`,
                fullPage: true,
              });
            },
          });
        }
      },
      60_000,
    );

    it("takes an objection back and makes one again with the keyboard alone (D13.3)", async () => {
      const { page } = await openPage(browser, { language: "fr", width: 1280 });
      const cookie = await cookieOfRole(house.hub, "controllerDpo", MINISTRY);
      await page
        .context()
        .addCookies([{ name: "preau", value: cookie.slice("preau=".length), url: house.url }]);
      const press = async (target: string) => {
        for (let tabs = 0; tabs < 80; tabs += 1) {
          await page.keyboard.press("Tab");
          if (await page.locator(`${target}:focus`).count()) return page.keyboard.press("Enter");
        }
        throw new Error(`nobody gets to ${target} with the keyboard`);
      };
      for (const [link, says] of [
        ["/releases/objection/withdrawal", "Vous ne vous êtes pas opposé"],
        ["/releases/objection", "Vous êtes opposé depuis le"],
      ] as const) {
        await page.goto(`${house.url}/releases`);
        await press(`a[href="${link}"]`);
        await page.waitForURL(house.url + link);
        await press(`form[action="${link}"] button`);
        await page.waitForURL(`${house.url}/releases`);
        expect(await page.locator("main").innerText()).toContain(says);
      }
    });
  },
);
