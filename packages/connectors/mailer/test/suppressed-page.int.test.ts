/** The list of addresses that nobody writes to, on its page: who sees it, what it never shows. @clause DC */
import { manualClock } from "@preau/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { ACACIAS, makeMailHouse, message, openHouseDatabases, TILLEULS } from "./mail-house.ts";
import { openMailSite } from "./mail-site.ts";

const PATH = "/mail/suppressed";
const ADDRESS = "a.dupre@acacias.example";

describe("the list of addresses that nobody writes to (DC)", () => {
  let house: Awaited<ReturnType<typeof makeMailHouse>>;
  beforeAll(async () => {
    house = await makeMailHouse(await openHouseDatabases("sqlite::memory:"), manualClock(), {
      options: { transport: "catcher" },
    });
    await house.suppress({ address: ADDRESS, kind: "softBounces" });
  });

  it("shows why and until when, and no address; it answers whether one is on it (S7: to the publisher's people alone)", async () => {
    const { reader } = await openMailSite(house);
    const staff = await reader("operations");
    const page = await staff.ask(PATH);
    expect(page.status).toBe(200);
    expect(page.text).toContain("a mailbox full or silent");
    expect(page.text).toContain("counted 1 of 2: without effect yet");
    expect(page.text).toContain(ACACIAS);
    expect(page.text).not.toContain("acacias.example");
    const ask = (address: string) => staff.send(`${PATH}/ask`, PATH, { address });
    const yes = await ask(` ${ADDRESS.toUpperCase()} `);
    expect(yes.text).toContain("Yes, it is on the list");
    expect(yes.text.toLowerCase()).not.toContain("dupre");
    expect((await ask("b.dupre@acacias.example")).text).toContain("No, it is not on the list");
    expect((await ask("b.dupre")).text).toContain("This is no address");
    for (const role of ["controllerDpo", "controllerAdministrator", "support"] as const)
      expect((await (await reader(role, ACACIAS)).ask(PATH)).status, role).toBe(403);
    const french = await reader("publisherDpo", undefined, "fr");
    expect((await french.ask(PATH)).text).toContain("Cette adresse y est-elle");
  });

  it("takes an address for one client from a person, keeps messages back then, and lets go when a person says so", async () => {
    const { reader } = await openMailSite(house);
    const staff = await reader("operations");
    const to = { address: ADDRESS };
    const added = await staff.send(`${PATH}/add`, PATH, { address: ADDRESS, controller: TILLEULS });
    expect([added.status, added.headers.get("location")]).toEqual([303, PATH]);
    expect((await staff.send(`${PATH}/add`, PATH, { address: "none", controller: TILLEULS })).status).toBe(
      422,
    );
    expect((await staff.send(`${PATH}/add`, PATH, { address: ADDRESS })).status).toBe(422);
    const flow = { ...message().flow, controller: TILLEULS };
    const [here, there] = [
      await house.send(message({ key: "here", to, flow })),
      await house.send(message({ key: "there", to })),
    ];
    await house.worker.drain();
    expect(await house.row(here)).toMatchObject({ state: "refused", reason: "SUPPRESSED_MANUAL" });
    expect(await house.row(there)).toMatchObject({ state: "accepted" });
    const list = await staff.ask("/mail");
    expect(list.text).toContain("Kept back: the address is on the list");
    const rows = await house.database.knex("mlr_suppressed").where({ controller: TILLEULS }).pluck("id");
    const remove = () => staff.send(`${PATH}/${String(rows[0])}/remove`, PATH);
    expect((await remove()).status).toBe(303);
    expect((await remove()).status).toBe(404);
    const again = await house.send(message({ key: "again", to, flow }));
    await house.worker.drain();
    expect(await house.row(again)).toMatchObject({ state: "accepted" });
  });
});
