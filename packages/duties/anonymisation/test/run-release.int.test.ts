import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { oneAgreement } from "@preau/agreement";
import { openDatabase } from "@preau/database";
import { type ControllerId, instant, type JsonObject, manualClock } from "@preau/kernel";
import { codeOf, describeEachDatabase, temporaryFolder } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import {
  destroyRelease,
  handOverRelease,
  instructHandOver,
  listReleases,
  recordObjection,
  settleReleases,
  withdrawObjection,
} from "../src/index.ts";
import { earlierClasses } from "../src/release-classes.ts";
import type { Party } from "../src/release-parties.ts";
import { type Computed, runRelease } from "../src/release-run.ts";
import {
  ACACIAS,
  DPO,
  HAMEAU,
  makeHouse,
  PUBLISHER_DPO,
  planOf,
  referenceAgreement,
  TILLEULS,
} from "./house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const HOUR = 3_600_000;

/** What a gate would answer about one row a school. */
function computedOf(parties: readonly Party[], rows: readonly JsonObject[] = [{ age: 12 }]): Computed {
  return {
    ...{
      verdict: "anonymised",
      rowsIn: rows.length,
      rowsOut: rows.length,
      k: 5,
      l: 3,
      figures: { answers: [], leftOutColumns: [] },
    },
    rowsOf: new Map(parties.map(({ controller }) => [controller, 1])),
    content: { columns: Object.keys(rows[0] ?? {}), rows, report: { k: 5 }, html: "<!doctype html>" },
    classes: [["12", 5]],
  };
}

describeEachDatabase("releases and their ledger", openDatabase, (fresh) => {
  async function open() {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await makeHouse({ database, keysDatabase }, clock);
    for (const each of [HAMEAU, ACACIAS]) await house.register(each);
    const { ports, inUnit } = house;
    const out = temporaryFolder();
    const order = {
      plan: planOf("ages"),
      ...{ controllers: [ACACIAS, HAMEAU] as readonly ControllerId[], by: PUBLISHER_DPO, out },
    };
    const release = (
      compute: (parties: readonly Party[]) => Promise<Computed> = (parties) =>
        Promise.resolve(computedOf(parties)),
      more: Partial<typeof order> = {},
    ) => runRelease(ports, { ...order, ...more }, compute);
    const ledger = (scope: ControllerId | "all" = "all") => inUnit((unit) => listReleases(unit, scope));
    const object = (controller: ControllerId) =>
      inUnit((unit) => recordObjection(unit, ports, { controller, by: DPO }));
    return { ...house, clock, out, order, release, ledger, object };
  }

  it("are entered with what they are made of, and each controller has its own evidence (D13.1)", async () => {
    const { release, ledger, entries, out } = await open();
    const made = await release();
    expect(await ledger()).toEqual([made]);
    expect(made).toMatchObject({ verdict: "anonymised", state: "released", k: 5, l: 3, enteredAt: NOW });
    expect(made.in.map(({ controller, rows }) => [controller, rows])).toEqual([
      [HAMEAU, 1],
      [ACACIAS, 1],
    ]);
    expect(made.place).toBe(path.join(out, made.id));
    const [entry] = await entries(HAMEAU, "anonymisation.released");
    expect(entry?.payload).toMatchObject({
      release: made.id,
      rows: 1,
      k: 5,
      agreement: made.in[0]?.agreement,
    });
    expect(JSON.stringify(entry)).not.toContain(ACACIAS);
  });

  it("that are refused leave the refusal in the ledger and nothing on the disk (D13.2)", async () => {
    const { release, ledger, out, entries } = await open();
    const refused = await release((parties) => {
      const { rowsIn, rowsOf } = computedOf(parties);
      const figures = { answers: [], leftOutColumns: [] };
      return Promise.resolve({ verdict: "pseudonymised", rowsIn, rowsOut: 0, rowsOf, figures });
    });
    expect(refused).toMatchObject({ verdict: "pseudonymised", state: "refused", files: [] });
    expect(refused.place).toBeUndefined();
    expect(readdirSync(out)).toEqual([]);
    expect(await ledger(HAMEAU)).toMatchObject([{ id: refused.id, in: [{ controller: HAMEAU }] }]);
    expect(await entries(HAMEAU, "anonymisation.refused")).toHaveLength(1);
    expect(await entries(HAMEAU, "anonymisation.released")).toEqual([]);
  });

  it("are computed again without whoever objects while they are computed (D13.3)", async () => {
    const { release, object, out } = await open();
    const asked: (readonly ControllerId[])[] = [];
    const made = await release(async (parties) => {
      asked.push(parties.map(({ controller }) => controller));
      if (asked.length === 1) await object(HAMEAU);
      return computedOf(
        parties,
        parties.map(({ controller }) => ({ controller })),
      );
    });
    expect(asked).toEqual([[HAMEAU, ACACIAS], [ACACIAS]]);
    expect(made.in.map(({ controller }) => controller)).toEqual([ACACIAS]);
    expect(made.out).toEqual([{ controller: HAMEAU, why: "objected", since: NOW }]);
    expect(readdirSync(out)).toEqual([made.id]);
    expect(readFileSync(path.join(made.place ?? "", "rows.csv"), "utf8")).not.toContain(HAMEAU);
  });

  it("stand when an objection comes after them, and the next is without; a withdrawal is for what comes (D13.3)", async () => {
    const { release, object, ledger, clock, inUnit, ports } = await open();
    const before = await release();
    clock.advance(HOUR);
    await object(HAMEAU);
    clock.advance(HOUR);
    const after = await release();
    clock.advance(HOUR);
    await inUnit((unit) => withdrawObjection(unit, ports, { controller: HAMEAU, by: DPO }));
    const again = await release();
    const has = (await ledger(HAMEAU)).map(({ id, in: inIt }) => [id, inIt[0]?.after]);
    expect(has).toEqual([
      [again.id, undefined],
      [before.id, undefined],
    ]);
    expect(after.in.map(({ controller }) => controller)).toEqual([ACACIAS]);
    expect((await ledger()).map(({ state }) => state)).toEqual(["released", "released", "released"]);
  });

  it("made between the receipt of an objection and its recording are flagged, for good (D13.3)", async () => {
    const { release, ledger, clock, inUnit, ports, entries } = await open();
    const before = await release();
    clock.advance(HOUR);
    const receivedAt = clock.now();
    const between = await release();
    clock.advance(HOUR);
    const evidence = { receivedAt, means: "email", writer: "dpo", reference: "courriel 7" } as const;
    const recorded = await inUnit((unit) =>
      recordObjection(unit, ports, { controller: HAMEAU, by: PUBLISHER_DPO, evidence }),
    );
    expect(recorded.releases).toEqual([between.id]);
    const flags = () =>
      ledger().then((all) =>
        Object.fromEntries(
          all.map(({ id, in: inIt }) => [id, inIt.map(({ controller, after }) => [controller, after])]),
        ),
      );
    const flagged = {
      [before.id]: [
        [HAMEAU, undefined],
        [ACACIAS, undefined],
      ],
      [between.id]: [
        [HAMEAU, recorded.objection],
        [ACACIAS, undefined],
      ],
    };
    const inOrder = (all: typeof flagged) =>
      Object.fromEntries(Object.entries(all).map(([id, each]) => [id, [...each].sort()]));
    expect(inOrder((await flags()) as typeof flagged)).toEqual(inOrder(flagged));
    expect((await entries(HAMEAU, "anonymisation.objected"))[0]?.payload).toMatchObject({
      releases: [between.id],
    });
    expect((await release()).in.map(({ controller }) => controller)).toEqual([ACACIAS]);
    const gone = await destroyRelease(ports, { id: between.id, by: PUBLISHER_DPO });
    expect(gone).toMatchObject({ state: "destroyed", destroyedAt: clock.now() });
    expect(() => readdirSync(between.place ?? "")).toThrow();
    expect((await entries(HAMEAU, "anonymisation.destroyed"))[0]?.payload).toMatchObject({
      objection: recorded.objection,
    });
    await inUnit((unit) => withdrawObjection(unit, ports, { controller: HAMEAU, by: DPO }));
    expect(JSON.stringify(await flags())).toContain(recorded.objection);
  });

  it("are made of controllers whose contract has begun and whose agreement allows it, and of nobody else (D13.1, S4)", async () => {
    const { release, register, ports, order } = await open();
    await register(TILLEULS, "noContract");
    const made = await release(undefined, { controllers: [HAMEAU, TILLEULS] });
    expect(made.out).toEqual([{ controller: TILLEULS, why: "noContract" }]);
    const asked: unknown[] = [];
    const nobody = release((parties) => Promise.resolve(computedOf((asked.push(parties), parties))), {
      controllers: [TILLEULS],
    });
    expect(await codeOf(nobody)).toBe("ANONYMISATION_NOBODY_LEFT");
    const refusing = oneAgreement({
      ...referenceAgreement,
      anonymisation: { clause: "D13.1", default: "refused" },
    });
    const compute = (parties: readonly Party[]) => {
      asked.push(parties);
      return Promise.resolve(computedOf(parties));
    };
    expect(await codeOf(runRelease({ ...ports, agreements: refusing }, order, compute))).toBe(
      "ANONYMISATION_NOBODY_LEFT",
    );
    expect(asked).toEqual([]);
  });

  it("keep their classes sealed for the next ones, until the copy is destroyed (D13.2)", async () => {
    const { release, ports, database } = await open();
    const made = await release();
    expect(await earlierClasses(ports)).toEqual([{ release: made.id, classes: [["12", 5]] }]);
    const [row] = await database.knex("ano_release").select<{ sealed_classes: Buffer }[]>("sealed_classes");
    expect(row?.sealed_classes.toString("latin1")).not.toContain('"12"');
    await destroyRelease(ports, { id: made.id, by: PUBLISHER_DPO });
    expect(await earlierClasses(ports)).toEqual([]);
  });

  it("of two at once the second is compared with the first, and computed again for that (D13.2)", async () => {
    const { release, ports } = await open();
    const compared: number[] = [];
    const compute = async (parties: readonly Party[]): Promise<Computed> => {
      const earlier = await earlierClasses(ports);
      const mine = compared.push(earlier.length) === 1;
      if (mine) await release(compute, { controllers: [HAMEAU] });
      return {
        ...(computedOf(parties) as Extract<Computed, { verdict: "anonymised" }>),
        comparedWith: new Set(earlier.map((each) => each.release)),
      };
    };
    await release(compute);
    expect(compared).toEqual([0, 0, 1]);
  });

  it("go to nobody but the publisher unless every controller in one asked for that, for it and for that recipient (S11)", async () => {
    const { release, ports, inUnit, clock, object, database } = await open();
    const made = await release();
    const other = await release();
    const hand = (recipient = "Université de l’Ouest", id = made.id) =>
      inUnit((unit) => handOverRelease(unit, ports, { release: id, recipient, by: PUBLISHER_DPO }));
    const instruct = (controller: ControllerId) =>
      inUnit((unit) =>
        instructHandOver(unit, ports, {
          ...{ controller, release: made.id, recipient: "Université de l’Ouest", by: PUBLISHER_DPO },
          ...{ receivedAt: clock.now(), reference: "lettre 4" },
        }),
      );
    const refusal = "ANONYMISATION_THIRD_PARTY";
    expect(await codeOf(hand())).toBe(refusal);
    await instruct(HAMEAU);
    expect(await codeOf(hand())).toBe(refusal);
    await instruct(ACACIAS);
    await instruct(ACACIAS);
    expect(await codeOf(hand("Institut du Nord"))).toBe(refusal);
    expect(await codeOf(hand(undefined, other.id))).toBe(refusal);
    expect(await database.knex("ano_hand_over").select()).toEqual([]);
    expect((await hand()).id).toBe(made.id);
    await hand();
    expect(await database.knex("ano_hand_over").select()).toHaveLength(1);
    // Whoever objects takes that back too.
    await object(HAMEAU);
    expect(await codeOf(hand())).toBe(refusal);
    expect(await codeOf(hand("odile@ouest.example"))).toBe("ANONYMISATION_HAND_OVER_BAD");
    expect(await codeOf(instruct(TILLEULS))).toBe("ANONYMISATION_NO_RELEASE");
  });

  it("whose files are gone after a crash are said to be lost, and never to be there (D13.1)", async () => {
    const { release, ports, database, ledger, clock, out } = await open();
    const [made, whole] = [await release(), await release()];
    const entered = () => database.knex("ano_release").update({ state: "entered" });
    await entered();
    rmSync(path.join(made.place ?? "", "rows.csv"));
    expect(await settleReleases(ports, { out })).toEqual({ released: [whole.id], lost: [], dropped: 0 });
    clock.advance(HOUR);
    expect(await settleReleases(ports, { out })).toEqual({ released: [], lost: [made.id], dropped: 0 });
    expect((await ledger()).map(({ id, state }) => [id, state]).sort()).toEqual(
      [
        [made.id, "lost"],
        [whole.id, "released"],
      ].sort(),
    );
  });

  it("neutralise formulas in their CSV, and say numbers as numbers (D13.1)", async () => {
    const { release } = await open();
    const cells = ["=1+1", "+33", "-5", "@SUM(A1)", "\tx", "＝1", 'a";b', "10–14", "é", "two\nlines"];
    const rows = [...cells.map((text) => ({ text, n: -5 })), { text: null, n: null }];
    const { place = "" } = await release((parties) => Promise.resolve(computedOf(parties, rows)));
    const csv = readFileSync(path.join(place, "rows.csv"), "utf8");
    expect(csv.startsWith("\uFEFFtext;n\r\n'=1+1;-5\r\n'+33;-5\r\n'-5;-5\r\n'@SUM(A1);-5\r\n")).toBe(true);
    expect(csv).toContain('"a"";b";-5\r\n10–14;-5\r\né;-5\r\n"two\nlines";-5\r\n;\r\n');
    expect(csv).toContain("\r\n'＝1;-5\r\n");
    expect(JSON.parse(readFileSync(path.join(place, "rows.json"), "utf8"))).toEqual(rows);
  });

  it("are not made where they cannot be written, and leave nothing then", async () => {
    const { release, ledger } = await open();
    for (const out of ["relative/folder", "/proc/nowhere"])
      expect(await codeOf(release(undefined, { out })), out).toBe("ANONYMISATION_FOLDER");
    expect(await ledger()).toEqual([]);
  });
});
