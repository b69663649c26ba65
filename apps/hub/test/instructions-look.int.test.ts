import { askObservation, flagInstruction, writeNotice } from "@preau/instructions";
import { addHours, controllerId, type InstructionId } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { chromiumSkipReason, expectPagesReadable, LOOKS, startChromium } from "./chromium.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");

describe.skipIf(chromiumSkipReason() !== undefined)(
  "the ledger of instructions in a real browser (D6.1c, D6.1d, S14, WCAG 2.2 AA)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    let paths: readonly string[];
    let links: readonly string[];
    beforeAll(async () => {
      house = await startHouse(folder.path);
      browser = await startChromium();
      const { ports } = house.hub;
      const now = ports.clock.now();
      const by = { role: "publisherDpo" } as const;
      const of = { controller: MINISTRY };
      const [product] = ports.agreements.of(MINISTRY).products;
      const ids = await ports.unitOfWork.transaction(async (unit) => {
        const record = (more: object) =>
          ports.instructions.record(unit, {
            ...{ ...of, kind: "export", clause: "D10.1a", by: { role: "controllerDpo" }, scope: {} },
            ...more,
          });
        const plain = await record({
          scope: { product: product?.id, subject: "sub_01kat2v6m0x3w8r5n9c4f7h1q2" },
        });
        const told = await record({
          ...{ kind: "staffAccess", clause: "DB.n", by, endsAt: addHours(now, 240) },
          writing: {
            ...{ receivedAt: addHours(now, -2), means: "letter", writer: "representative" },
            ...{ reference: "LRAR 2026-118", sha256: "a1".repeat(32) },
          },
        });
        for (const thing of ["era_01kat2v6m0x3w8r5n9c4f7h1q2", "exp_01kat2v6m0x3w8r5n9c4f7h1q2"])
          await ports.instructions.link(unit, MINISTRY, told, thing);
        return [plain, told] as const;
      });
      await flagInstruction(ports, {
        ...{ ...of, instruction: ids[1], by },
        why: "L’accès demandé dépasse ce que l’assistance nécessite.",
      });
      const observation = await askObservation(ports, {
        ...{ ...of, by, product: product?.id ?? "", purpose: "Comprendre comment les devoirs sont remis." },
        ...{ capacity: "ergonome de l’éditeur", startsAt: now, endsAt: addHours(now, 24 * 20) },
        fields: ["sch_account.login"],
      });
      const options = { remindAfterWorkingDays: 7, linkDays: 60, publicUrl: house.url };
      const notice = await writeNotice(ports, options, {
        ...{ ...of, by, category: "authority", clause: "D10.2c" },
        text: "L’autorité de contrôle nous a interrogés.\nNous vous joignons la réponse.",
      });
      links = await ports.unitOfWork.transaction(async (unit) => {
        const make = (purpose: string, thing: string) =>
          ports.links.make(unit, { ...of, purpose, thing, until: addHours(now, 24) });
        return [
          `/instructions/flagged/${await make("instructions.flag", ids[1] satisfies InstructionId)}`,
          `/instructions/observations/answer/${await make("instructions.observation", observation)}`,
          `/notices/acknowledge/${await make("instructions.notice", notice)}`,
        ];
      });
      paths = [
        ...[
          "/instructions",
          "/instructions/new",
          "/instructions/of",
          "/instructions/observations",
          "/notices",
        ],
        ...ids.map((id) => `/instructions/${id}`),
        ...[`/instructions/observations/${observation}`, `/notices/${notice}`],
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
        for (const role of ["controllerDpo", "publisherDpo"] as const) {
          const cookie = await cookieOfRole(house.hub, role);
          const staff = [`/instructions/new?controller=${MINISTRY}`, `/notices?controller=${MINISTRY}`];
          staff.push(`/instructions/observations/new?controller=${MINISTRY}`);
          const picture = process.env["PREAU_PICTURES"];
          await expectPagesReadable(browser, {
            ...{ look, url: house.url, cookie },
            paths: role === "publisherDpo" ? [...paths, ...staff] : [...paths, ...links],
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
