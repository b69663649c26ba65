/**
 * Restriction (art. 18) with every store that a hub really has: the demonstration's school, the journal, the sessions, the duties'
 * own tables. It comes out as done where it is, each store says why, and lifting gives back what was.
 */
import path from "node:path";
import { executeRequest } from "@preau/data-subject-requests";
import { openDatabase } from "@preau/database";
import { instant } from "@preau/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DutiesHouse, MINISTRY, startDutiesHouse } from "./duties-house.ts";

const ACCOUNT = 11;

describe("restriction over a hub's own stores (D10.1a)", () => {
  let house: DutiesHouse;
  beforeAll(async () => {
    house = await startDutiesHouse(instant("2026-11-23T08:00:00.000Z"));
  }, 60_000);
  afterAll(() => house.stop());

  it("is verified where every store follows or only keeps, says which, and is lifted exactly (D10.1a)", async () => {
    const { ports } = house.hub;
    const { unitOfWork, subjects, instructions, rightsDesk, clock } = ports;
    const inUnit = unitOfWork.transaction.bind(unitOfWork);
    const subject = await inUnit((unit) =>
      subjects.identify(unit, MINISTRY, { kind: "school.account", value: String(ACCOUNT) }),
    );
    const inSchool = async () => {
      const place = path.join(house.environment.PREAU_DATA, "simulators/school/school.sqlite");
      const school = await openDatabase({ url: `sqlite:${place}` });
      const row = await school.knex("sch_account").where({ id: ACCOUNT }).first<{ restricted: number }>();
      await school.close();
      return row.restricted;
    };
    const person = await house.person(subject);
    expect((await person.get("/requests/mine")).status).toBe(200);
    const by = { role: "controllerDpo" } as const;
    const { requests } = await inUnit((unit) =>
      rightsDesk.receive(unit, {
        ...{
          channel: "page",
          receivedAt: clock.now(),
          language: "fr",
          key: "restrict",
          matters: ["restriction"],
        },
        requester: { controller: MINISTRY, subject, origin: "gar", role: "pupil" },
      }),
    );
    const [request = "rqs_"] = requests;
    const instruction = await inUnit((unit) =>
      instructions.record(unit, {
        ...{ controller: MINISTRY, kind: "restrict", clause: "D10.1a", scope: { subject }, by },
      }),
    );
    await executeRequest(ports, { controller: MINISTRY, request, instruction, by });
    await house.work();
    const verdicts = async (type: string) => {
      const query = { controller: MINISTRY, type: `data-subject-requests.${type}` };
      const entries = await inUnit((unit) => ports.journal.entries(unit, query));
      return entries.map(({ payload }) => payload?.["verdict"]);
    };
    expect(await verdicts("restrictionSettled")).toEqual(["PASS"]);
    expect(await inSchool()).toBe(1);
    expect((await person.get("/requests/mine")).status).not.toBe(200);
    const dpo = await house.as("publisherDpo");
    const storesIn = (html: string) =>
      Object.fromEntries(
        [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) => {
          const words = row
            .replaceAll(/<[^>]*>/g, "|")
            .split("|")
            .map((each) => each.trim());
          const [store = "", ...rest] = words.filter((each) => each !== "");
          return [store, rest.join(" ")] as const;
        }),
      );
    const stores = storesIn((await dpo.get(`/requests/${request}`)).html);
    expect(stores).toMatchObject({
      "École de démonstration": "Vérifié PASS",
      "Le registre des instructions": "Vérifié PASS",
      "Journal des actions et des preuves": "Vérifié PASS conservé comme preuve, rien n’en est fait",
      "Sessions de ce service": "Vérifié PASS rien sur cette personne",
    });
    const lifting = await inUnit((unit) =>
      instructions.record(unit, {
        ...{ controller: MINISTRY, kind: "liftRestriction", clause: "D10.1a", scope: { subject }, by },
      }),
    );
    const page = `/requests/${request}`;
    expect((await dpo.post(page, `${page}/lift`, { liftInstruction: lifting })).status).toBe(303);
    await house.work();
    expect(await verdicts("restrictionEnded")).toEqual(["PASS"]);
    expect(await inSchool()).toBe(0);
  }, 60_000);
});
