import { type Agreement, officerCorrespondence } from "@preau/agreement";
import { localDate } from "@preau/calendar";
import { endContract } from "@preau/contracts";
import { openDatabase } from "@preau/database";
import { controllerId, type Flow, instant, manualClock, type Operation, type Origin } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { contractsFor, rememberAgreement } from "../src/baseline.ts";
import { publicRegister } from "../src/public-register.ts";
import { recordReceipt } from "../src/record-receipt.ts";
import { readRegistry } from "../src/registry.ts";
import { beforeTests } from "./shared-databases.ts";
import {
  ACACIAS,
  addition,
  DPO,
  HAMEAU,
  type House,
  type HouseGiven,
  makeHouse,
  OFFICER,
  reference,
  storing,
  supportDesk,
  TILLEULS,
} from "./subprocessor-house.ts";

const NOW = instant("2026-06-01T08:00:00.000Z");

/** The reference agreement without "outside GAR" at its support desk. */
const open: Agreement = {
  ...reference,
  annexC: reference.annexC.map((each) =>
    each.recipient === supportDesk.recipient ? { ...each, origins: "everyOrigin" as const } : each,
  ),
};
const operations: readonly Operation[] = ["store", "show", "send", "export", "answer", "return"];
const origins: readonly Origin[] = ["gar", "outsideGar"];

/** Every flow of one category to a subprocessor that the words of the agreement can say. */
function allFlows(): readonly Flow[] {
  const flows: Flow[] = [];
  for (const product of reference.products)
    for (const { recipient } of reference.annexC)
      for (const operation of operations)
        for (const origin of origins)
          for (const { id: role } of reference.roles)
            for (const { id: purpose } of reference.purposes)
              for (const { id: category } of reference.categories)
                flows.push({
                  ...{ controller: HAMEAU, product: product.id, recipient, operation, origin, role, purpose },
                  categories: [category],
                });
  return flows;
}

describeEachDatabase("what was signed", openDatabase, (_, kind) => {
  const clock = manualClock(NOW);
  const opened: { shared?: { databases: HouseGiven; before: House; after: House } } = {};
  beforeTests(kind, async (databases) => {
    const before = await makeHouse(databases, clock);
    await before.register(HAMEAU);
    // The agreement's file is edited, and the hub starts again.
    const after = await makeHouse(databases, clock, { agreement: open });
    await after.register(ACACIAS);
    opened.shared = { databases, before, after };
  });
  const houses = () => {
    if (opened.shared === undefined) throw new Error("the houses are not open");
    clock.set(NOW);
    return opened.shared;
  };

  it("is what the edited annex C opens: nothing for who signed before, for who signs after exactly the GAR teachers’ support (D8.1, DC, DB.K.gar-teacher)", async () => {
    const { before, after } = houses();
    const flipped: Flow[] = [];
    for (const flow of allFlows()) {
      const [was, is] = [before.gate.decide(flow).allowed, after.gate.decide(flow).allowed];
      if (was) expect(is).toBe(true);
      if (was === is) continue;
      flipped.push(flow);
      expect(await after.ask(flow)).toBe("D8.2 NOT_ANNOUNCED");
      expect(await after.ask({ ...flow, controller: ACACIAS })).toBe("open");
    }
    const words = new Set(
      flipped.map(({ origin, role, purpose, recipient }) => [origin, role, purpose, recipient].join(" ")),
    );
    expect([...words]).toEqual(["gar teacher support supportDesk"]);
    expect([...new Set(flipped.flatMap(({ categories }) => categories))].sort()).toEqual(
      garTeacherSupport().sort(),
    );
    expect(new Set(flipped.map(({ operation }) => operation))).toEqual(
      new Set(supportDesk.operations.filter((each) => each !== "erase")),
    );
    // What was open before is open still, for both; each of the support desk's own, and one of the others.
    const stay = allFlows().filter((flow) => before.gate.decide(flow).allowed);
    for (const flow of stay.filter(({ recipient }, at) =>
      recipient === "supportDesk" ? at % 3 === 0 : at % 40 === 0,
    ))
      expect([await after.ask(flow), await after.ask({ ...flow, controller: ACACIAS })]).toEqual([
        "open",
        "open",
      ]);
  });

  it("opens the wider scope for who signed before once it was announced, received and not objected to (D8.2, D8.3)", async () => {
    const { after } = houses();
    const { inUnit, ports, options, announce, ask } = after;
    const flow = storing(HAMEAU, { origin: "gar", purpose: "support", recipient: "supportDesk" });
    const entry = { ...supportDesk, origins: "everyOrigin" };
    const change = await announce({ ...addition, kind: "extendScope", entry });
    await inUnit((unit) => recordReceipt(unit, ports, options, { controller: HAMEAU, change, by: DPO }));
    expect(await ask(flow)).toBe("D8.3 WINDOW_OPEN");
    clock.set(instant("2026-06-10T21:59:59.999Z"));
    expect(await ask(flow)).toBe("D8.3 WINDOW_OPEN");
    clock.set(instant("2026-06-10T22:00:00.000Z"));
    expect(await ask(flow)).toBe("open");
  });

  it("is not known of an agreement that was never in force here, until it is remembered (D8.1)", async () => {
    const { databases } = houses();
    const earlier: Agreement = { ...reference, en: "An earlier one" };
    const past = await makeHouse(databases, clock, { agreement: earlier });
    await past.register(TILLEULS);
    const agreement = past.ports.agreements.hashOf(TILLEULS);
    await past.database.knex("spr_annex").where({ agreement }).delete();
    const { ask, inUnit, ports } = await makeHouse(databases, clock);
    const flow = storing(TILLEULS, { recipient: "host" });
    expect(await ask(flow)).toBe("D8.1 ANNEX_UNKNOWN");
    expect(await inUnit((unit) => rememberAgreement(unit, ports, { agreement: earlier, by: OFFICER }))).toBe(
      true,
    );
    expect(await inUnit((unit) => rememberAgreement(unit, ports, { agreement: earlier, by: OFFICER }))).toBe(
      false,
    );
    expect(await ask(flow)).toBe("open");
  });

  it("is what every contract that runs has accepted: an older annex is not widened by a newer one beside it (D8.1)", async () => {
    const { before, after } = houses();
    const { ask, inUnit, ports } = after;
    const school = controllerId("lycee-renouvele");
    await before.register(school);
    const sent = storing(school, {
      ...{ origin: "gar", purpose: "support", recipient: "supportDesk", operation: "send" },
    });
    await after.register(school, { reference: "renewed" });
    expect(await ask(sent)).toBe("D8.2 NOT_ANNOUNCED");
    const [first] = (await inUnit((unit) => ports.contracts.contracts(unit, school))).filter(
      ({ reference: number }) => number !== "renewed",
    );
    const edit = { controller: school, actor: DPO, version: "current" } as const;
    await inUnit((unit) =>
      endContract(unit, ports, edit, {
        ...{ contract: first?.id ?? "ctr_none", endsOn: localDate("2026-05-30"), atEnd: "delete" },
      }),
    );
    expect(await ask(sent)).toBe("open");
  });

  it("has another company under the same recipient shut for who signed before (D8.1, D8.2)", async () => {
    const { databases } = houses();
    const annexC = reference.annexC.map((each) =>
      each.recipient === "host" ? { ...each, name: "Nuage Exemple", siret: "83308580600028" } : each,
    );
    const edited = await makeHouse(databases, clock, { agreement: { ...reference, annexC } });
    const newcomer = controllerId("college-neuf");
    await edited.register(newcomer);
    expect(await edited.ask(storing(HAMEAU, { recipient: "host" }))).toBe("D8.2 NOT_ANNOUNCED");
    expect(await edited.ask(storing(newcomer, { recipient: "host" }))).toBe("open");
  });

  it("is published with its history, and nothing of any controller (D8.5)", async () => {
    const { after, databases } = houses();
    await after.announce(addition);
    const annexC = reference.annexC.filter(({ recipient }) => recipient !== "mailer");
    clock.set(instant("2026-07-01T08:00:00.000Z"));
    const { inUnit, ports } = await makeHouse(databases, clock, { agreement: { ...reference, annexC } });
    const register = await inUnit((unit) => publicRegister(unit, ports));
    expect(register.current.map(({ entry }) => entry.recipient)).toEqual(["host", "supportDesk"]);
    expect(register.announced.map(({ entry }) => entry.recipient)).toContain("spareHost");
    const said = register.history.map((each) =>
      "entry" in each ? `${each.is} ${each.entry.recipient}` : `${each.is} ${each.change.entry.recipient}`,
    );
    expect(said[0]).toBe("gone mailer");
    expect(said).toEqual(expect.arrayContaining(["announced spareHost", "named host", "named mailer"]));
    expect(JSON.stringify(register)).not.toContain(HAMEAU);
    const registry = await inUnit((unit) => readRegistry(unit, ports));
    expect(registry.map(({ recipient, from }) => `${recipient} ${from}`)).toEqual([
      ...["host annexC", "supportDesk annexC", "spareHost announced"],
    ]);
  });
});

describe("contracts that speak for a flow (D8.1)", () => {
  const contract = (agreement: string, startsOn: string, endsOn?: string, products = ["plume"]) => ({
    ...{ agreement, products, startsOn: localDate(startsOn) },
    ...(endsOn === undefined ? {} : { endsOn: localDate(endsOn) }),
  });
  const named = (all: readonly ReturnType<typeof contract>[], product = "plume", at = NOW) =>
    contractsFor(all, product, at).map(({ agreement }) => agreement);

  it("are all that run for its product; the newest that has begun when none runs; none of another product", () => {
    const [old, next] = [contract("A", "2025-09-01", "2026-08-31"), contract("B", "2026-09-01")];
    expect(named([old, next])).toEqual(["A"]);
    expect(named([old, next], "jardin")).toEqual([]);
    expect(named([old, next], officerCorrespondence.product)).toEqual(["A"]);
    expect(named([old, next], "plume", instant("2026-10-01T00:00:00.000Z"))).toEqual(["B"]);
    expect(named([old, contract("C", "2026-01-01")])).toEqual(["A", "C"]);
    expect(
      named([contract("A", "2024-09-01", "2025-08-31"), contract("B", "2025-09-01", "2026-05-01")]),
    ).toEqual(["B"]);
  });

  it("run from the first midnight on earth to the last one, so that none is missed", () => {
    const all = [contract("A", "2025-09-01", "2026-08-31"), contract("B", "2026-09-01")];
    expect(named(all, "plume", instant("2026-08-31T09:59:59.000Z"))).toEqual(["A"]);
    expect(named(all, "plume", instant("2026-08-31T10:00:00.000Z"))).toEqual(["A", "B"]);
    expect(named(all, "plume", instant("2026-09-01T11:59:59.000Z"))).toEqual(["A", "B"]);
    expect(named(all, "plume", instant("2026-09-01T12:00:00.000Z"))).toEqual(["B"]);
  });
});

/** The categories of a GAR teacher that the support desk's own row names too. */
function garTeacherSupport(): string[] {
  const row = reference.annexB.find(({ clause }) => clause === "DB.K.gar-teacher");
  const own = row?.categories.map(({ id }) => id) ?? [];
  return own.filter((category) => supportDesk.categories?.includes(category));
}
