import { localDate } from "@preau/calendar";
import { openContract, registerController } from "@preau/contracts";
import { migrate, openDatabase } from "@preau/database";
import { type ActorRole, type ControllerId, instant } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { retentionPlugin } from "../../src/index.ts";
import { OTHER_SCHOOL, SCHOOL } from "../house.ts";
import { memoryDoors } from "../memory-doors.ts";
import { account, memoryLifecycle } from "../retention-house.ts";
import { openSite } from "./site.ts";

const AT = `/controllers/${SCHOOL}/contract-end`;

describe("pages of contracts' ends", () => {
  async function open() {
    const database = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => database.close());
    const site = await openSite(database);
    await migrate(database, [{ owner: "retention", migrations: retentionPlugin.migrations }]);
    site.clock.set(instant("2026-11-26T08:00:00.000Z"));
    const doors = memoryDoors();
    const { lifecycle } = memoryLifecycle([account(1), account(2)]);
    const school = site.sources.get("school");
    if (school !== undefined)
      site.sources.set("school", { ...school, lifecycle: { ...lifecycle, access: doors.access } });
    const edit = { actor: { role: "controllerDpo" } as const, version: "current" as const };
    const means = site.ports as unknown as Parameters<typeof openContract>[1];
    await site.ports.unitOfWork.transaction(async (unit) => {
      for (const controller of [SCHOOL, OTHER_SCHOOL]) {
        const place = { region: "metropole", zone: "Europe/Paris" } as const;
        const values = {
          kind: "school",
          name: "Collège du Hameau",
          legalForm: "EPLE",
          seat: "1, rue",
          place,
        } as const;
        await registerController(unit, means, { ...edit, controller }, values);
        const dates = { startsOn: localDate("2019-09-01"), endsOn: localDate("2026-11-20") };
        await openContract(
          unit,
          means,
          { ...edit, controller },
          { reference: "HAM-1", products: ["plume"], ...dates },
        );
      }
    });
    const reader = async (role: ActorRole, controller: ControllerId = SCHOOL, language = "fr") => {
      const browser = site.browser(language);
      await browser.signIn(role, undefined, controller);
      return browser;
    };
    const contract = async (controller: ControllerId = SCHOOL) => {
      const all = await site.ports.unitOfWork.transaction((unit) =>
        site.ports.contracts.contracts(unit, controller),
      );
      return all[0]?.id ?? "";
    };
    return { ...site, reader, doors: doors.state, contract };
  }

  it("carry an end from the choice to the doors and back (D6.2c, S10)", async () => {
    const { reader, doors, contract, worker } = await open();
    const dpo = await reader("controllerDpo");
    const first = await dpo.ask(`${AT}?plan=${await contract()}`);
    expect(first.text).toContain("Préparer une fin de contrat");
    expect(first.text).toContain("Ce qui partirait");
    const chosen = await dpo.send(AT, AT, { contract: await contract(), choice: "delete" });
    expect(chosen.status).toBe(303);
    await worker.drain();
    expect(doors.doors).toBe("administratorsOnly");
    const page = (await dpo.ask(AT)).text;
    expect(page).toContain("L’effacement attend que quelqu’un le confirme");
    expect(page).toContain("mode de maintenance");
    const [, end = ""] = /contract-end\/(end_[0-9a-z]+)\//.exec(page) ?? [];
    const wrong = await dpo.send(`${AT}/${end}/confirmation`, AT, { word: "HAM-2" });
    expect(wrong.status).toBe(400);
    expect((await dpo.send(`${AT}/${end}/withdrawal`, AT)).status).toBe(303);
    expect(doors.doors).toBe("open");
    for (const language of ["fr", "en"])
      expect((await (await reader("auditor", SCHOOL, language)).ask(AT)).text).not.toMatch(
        /undefined|\[object|NaN/,
      );
  });

  it("are for the controller's own people, the publisher's officer and an auditor; only the first three decide", async () => {
    const { reader, contract } = await open();
    for (const role of ["dataSubject", "support"] as const)
      expect((await (await reader(role)).ask(AT)).status, role).toBe(403);
    // Operations of another house than the publisher's see their own controller's alone.
    expect((await (await reader("operations", OTHER_SCHOOL)).ask(AT)).status).toBe(404);
    const auditor = await reader("auditor");
    expect((await auditor.ask(AT)).status).toBe(200);
    expect((await auditor.send(AT, AT, { contract: await contract(), choice: "delete" })).status).toBe(403);
  });

  it("of another controller do not exist, nor can anything be decided there", async () => {
    const { reader, contract, doors, worker } = await open();
    const other = await reader("controllerDpo", OTHER_SCHOOL);
    for (const path of [AT, `/controllers/${SCHOOL}/copies-held`])
      expect((await other.ask(path)).status).toBe(404);
    const own = `/controllers/${OTHER_SCHOOL}/contract-end`;
    // A contract of the other school, named on one's own page.
    expect((await other.send(own, own, { contract: await contract(), choice: "delete" })).status).toBe(404);
    expect((await other.send(AT, own, { contract: await contract(), choice: "delete" })).status).toBe(404);
    await worker.drain();
    expect(doors.calls).toEqual([]);
  });
});
