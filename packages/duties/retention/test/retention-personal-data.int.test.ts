import { openDatabase } from "@preau/database";
import { instant, manualClock, type SubjectId, type SubjectTarget } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { placeHold } from "../src/place-hold.ts";
import { retentionPersonalData } from "../src/retention-personal-data.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { account, databasesWith, openRetentionHouse } from "./retention-house.ts";

const DPO = { role: "controllerDpo" } as const;

describeEachDatabase("purges and holds as personal data", openDatabase, (fresh) => {
  async function open() {
    const databases = await databasesWith(await fresh(), [1, 2]);
    onTestFinished(async () => {
      await databases.keysDatabase.close();
      await databases.schoolDatabase.close();
    });
    const lastActivity = instant("2024-03-01T09:00:00.000Z");
    const accounts = [account(1, { lastActivity }), account(2, { lastActivity })];
    const clock = manualClock(instant("2026-11-26T08:00:00.000Z"));
    const house = await openRetentionHouse(databases, { clock, accounts });
    await house.survey();
    const { source, second } = retentionPersonalData(house.ports);
    const targetOf = async (pupil: number): Promise<SubjectTarget> => ({
      subject: await house.identify(pupil),
      identifiers: [],
    });
    const [mine, other] = [await targetOf(1), await targetOf(2)];
    const plan = (subjects = [mine], controller = SCHOOL) =>
      source.plan({ controller, subjects, ground: "account-deleted" });
    const hold = (subject: SubjectId, until?: string) =>
      house.ports.unitOfWork.transaction((unit) =>
        placeHold(unit, house.ports, {
          ...{ controller: SCHOOL, covers: "person", subject, lawful: true, basis: "Archives", by: DPO },
          until: until as never,
        }),
      );
    return { ...house, source, second, mine, other, plan, hold };
  }
  async function listOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
    const list: T[] = [];
    for await (const item of items) list.push(item);
    return list;
  }

  it("gives what names one person, and another controller nothing (D10.1a)", async () => {
    const { source, mine, hold, plan } = await open();
    await hold(mine.subject);
    const of = async (controller: typeof SCHOOL) =>
      (await listOf(source.collect({ controller, subject: mine }))).map(({ where }) => where);
    expect(await of(SCHOOL)).toEqual(["ret_purge_person", "ret_hold"]);
    expect(await of(OTHER_SCHOOL)).toEqual([]);
    expect((await plan([mine], OTHER_SCHOOL)).tables.every(({ erased }) => erased === 0)).toBe(true);
  });

  it("forgets the person and nobody else, once; a second look finds nothing (D12.2)", async () => {
    const { source, second, mine, other, plan, hold, clock, rows } = await open();
    await hold(mine.subject, "2026-11-27");
    clock.set(instant("2026-12-01T08:00:00.000Z"));
    const made = await plan();
    expect(made.tables).toMatchObject([{ erased: 1 }, { anonymised: 1 }]);
    expect((await second.lookAgain(SCHOOL, made.traces)).hits).toBe(2);
    expect((await second.lookAgain(OTHER_SCHOOL, made.traces)).hits).toBe(0);
    await listOf(source.erase(made));
    expect(
      (await listOf(source.erase(made))).every(({ erased, anonymised }) => erased + anonymised === 0),
    ).toBe(true);
    expect((await source.remaining(made)).every(({ erased, anonymised }) => erased + anonymised === 0)).toBe(
      true,
    );
    expect(await second.lookAgain(SCHOOL, made.traces)).toMatchObject({ hits: 0, where: [] });
    expect(await rows("ret_purge_person")).toMatchObject([{ subject: other.subject }]);
    expect(await rows("ret_hold")).toMatchObject([{ subject: null, basis: "Archives" }]);
  });

  it("blocks whoever is held, of that controller alone, and the others go (D6.2c)", async () => {
    const { plan, mine, other, hold } = await open();
    await hold(mine.subject);
    const made = await plan([mine, other]);
    expect(made.blocked).toEqual([{ subject: mine.subject, reason: "held", clause: "D6.2c" }]);
    expect(made.subjects).toEqual([other.subject]);
    expect((await plan([mine], OTHER_SCHOOL)).blocked).toEqual([]);
  });

  describe("the second look", () => {
    it("finds a person who was written into a text", async () => {
      const { second, mine, plan, hold, database } = await open();
      const made = await plan();
      await hold(mine.subject);
      await database.knex("ret_hold").update({ subject: null, basis: `pour ${mine.subject}, archives` });
      const { where } = await second.lookAgain(SCHOOL, made.traces);
      expect(where.map(({ place }) => place)).toContain("ret_hold.basis");
    });
  });
});
