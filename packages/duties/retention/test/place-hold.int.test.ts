import { openDatabase } from "@preau/database";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { liftHold, placeHold } from "../src/place-hold.ts";
import { SCHOOL } from "./house.ts";
import { openPurging } from "./purging-bench.ts";

const DPO = { role: "controllerDpo" } as const;
const ADMINISTRATOR = { role: "controllerAdministrator" } as const;
const hold = {
  controller: SCHOOL,
  covers: "controller",
  basis: "Code du patrimoine, art. L. 212-2",
} as const;

describeEachDatabase("a hold that a law requires (D6.2c)", openDatabase, (fresh) => {
  it("is placed and lifted by a data protection officer alone: it outlasts every ceiling", async () => {
    const { ports } = await openPurging(await fresh());
    const place = (lawful: boolean, by: typeof DPO | typeof ADMINISTRATOR) =>
      ports.unitOfWork.transaction((unit) => placeHold(unit, ports, { ...hold, lawful, by }));
    const lift = (id: Awaited<ReturnType<typeof place>>, by: typeof DPO | typeof ADMINISTRATOR) =>
      ports.unitOfWork.transaction((unit) => liftHold(unit, ports, { controller: SCHOOL, id, by }));
    const refused = { code: "RETENTION_HOLD_NEEDS_DPO" };
    await expect(place(true, ADMINISTRATOR)).rejects.toMatchObject(refused);
    const lawful = await place(true, DPO);
    await expect(lift(lawful, ADMINISTRATOR)).rejects.toMatchObject(refused);
    expect(await lift(lawful, DPO)).toBe(lawful);
    const other = await place(false, ADMINISTRATOR);
    expect(await lift(other, ADMINISTRATOR)).toBe(other);
  });
});
