/** Whom the desk must not know, out of a school's own database: everybody but the teachers and administrators outside the GAR. @clause DC */
import path from "node:path";
import { type Database, openDatabase } from "@preau/database";
import { instant } from "@preau/kernel";
import { scheduleKnowing } from "@preau/support-bridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DutiesHouse, MINISTRY, startDutiesHouse } from "./duties-house.ts";

interface Account {
  readonly id: number | string;
  readonly role: string;
  readonly login: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly email: string | null;
  readonly gar_id: string | null;
}

let house: DutiesHouse;
let school: Database;
let accounts: readonly Account[] = [];

beforeAll(async () => {
  house = await startDutiesHouse(instant("2026-11-23T08:00:00.000Z"));
  const file = path.join(house.environment.PREAU_DATA, "simulators/school/school.sqlite");
  school = await openDatabase({ url: `sqlite:${file}` });
  accounts = await school.knex("sch_account").select<Account[]>();
  await scheduleKnowing(house.hub.ports, [MINISTRY]);
  await house.work();
}, 120_000);
afterAll(async () => {
  await school.close();
  await house.stop();
});

const isKnown = (text: string) => {
  const { unitOfWork, support } = house.hub.ports;
  return unitOfWork.transaction((unit) => support.known.isNamed(unit, MINISTRY, text));
};
const nextDay = async () => {
  house.clock.advance(25 * 3_600_000);
  await house.work();
};
const isAllowed = ({ role, gar_id }: Account) =>
  gar_id === null && (role === "teacher" || role === "administrator");
const nameOf = ({ first_name, last_name }: Account) => `${first_name ?? ""} ${last_name ?? ""}`.trim();

describe("persons whom the desk must not know, after the survey of a school (DC)", () => {
  it("are all pupils, children, parents and people of the GAR, by name, address and login", async () => {
    const walled = accounts.filter((account) => !isAllowed(account));
    expect(walled.length).toBeGreaterThan(30);
    for (const account of walled)
      for (const text of [nameOf(account), account.email, account.login])
        if (text !== null && text.length > 4)
          expect([account.role, text, await isKnown(`De : ${text}, hier`)]).toEqual([
            account.role,
            text,
            true,
          ]);
  });

  it("are no teacher and no administrator outside the GAR", async () => {
    const allowed = accounts.filter(isAllowed);
    expect(allowed.length).toBeGreaterThan(1);
    for (const { role, email } of allowed)
      if (email !== null) expect([role, email, await isKnown(email)]).toEqual([role, email, false]);
  });

  it("are forgotten at the survey after their account is gone, and a namesake of a teacher's is known by the name", async () => {
    const [gone, namesake] = accounts.filter(
      ({ role, first_name }) => role === "pupil" && first_name !== null,
    );
    const teacher = accounts.find((account) => account.role === "teacher" && isAllowed(account));
    if (gone === undefined || namesake === undefined || teacher === undefined)
      throw new Error("no such school");
    const { first_name, last_name } = teacher;
    expect(await isKnown(gone.login)).toBe(true);
    expect(await isKnown(nameOf(teacher))).toBe(false);
    await school.knex("sch_account").where({ id: gone.id }).delete();
    await school.knex("sch_account").where({ id: namesake.id }).update({ first_name, last_name });
    await nextDay();
    expect(await isKnown(gone.login)).toBe(false);
    expect(await isKnown(nameOf(teacher))).toBe(true);
  });
});
