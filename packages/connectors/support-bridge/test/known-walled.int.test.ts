/** What a store said of an account goes before anybody's word on origin and role (DC). */
import { manualClock } from "@preau/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountOwner } from "../src/known-owner.ts";
import { freshSupportHouse, OTHER_SCHOOL, SCHOOL, type SupportHouse } from "./support-house.ts";

let house: SupportHouse;
let remove = async () => {};
beforeAll(async () => {
  ({ house, remove } = await freshSupportHouse("sqlite", manualClock()));
});
afterAll(() => remove());

it("an account that the survey noted as a pupil's is not let to the desk as a teacher outside the GAR (DC)", async () => {
  const { known, wall } = house.ports.support;
  const [person, colleague] = [
    await house.person({ kind: "moodle.user" }),
    await house.person({ kind: "moodle.user" }),
  ];
  const judge = (of: typeof person) => house.inUnit((unit) => wall.judge(unit, of));
  expect(await judge(person)).toMatchObject({ side: "desk", reason: "ALLOWED" });
  const words = [{ kind: "familyName", value: "Oustachev" }] as const;
  const note = (controller: typeof SCHOOL) =>
    house.inUnit(async (unit) => {
      const [account] = await house.subjects.identifiers(unit, SCHOOL, person.subject);
      if (account === undefined) throw new TypeError("no account");
      const owner = await accountOwner(house.ports.vault, controller, account);
      await known.noteAs(unit, owner, { controller, origin: "gar", role: "pupil", words });
    });
  await note(OTHER_SCHOOL);
  expect(await judge(person)).toMatchObject({ side: "desk" });
  await note(SCHOOL);
  expect(await judge(person)).toEqual({ side: "hub", reason: "KNOWN_WALLED", clause: "DC" });
  expect(await judge(colleague)).toMatchObject({ side: "desk" });
});
