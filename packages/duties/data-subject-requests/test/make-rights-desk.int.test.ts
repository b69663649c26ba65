import { mariaDbSkipReason, rightsDeskContract } from "@preau/testing";
import { describe } from "vitest";
import { makeRightsDesk } from "../src/index.ts";
import { OTHER_SCHOOL, SCHOOL, sharedHouse } from "./desk-house.ts";

for (const kind of ["sqlite", "mariadb"] as const)
  describe.skipIf(kind === "mariadb" && mariaDbSkipReason() !== undefined)(kind, () => {
    const open = sharedHouse(kind);
    let person = 0;
    rightsDeskContract(`the desk on ${kind}`, async ({ clock }) => {
      const house = await open(clock);
      person += 2;
      return {
        ...{ controller: SCHOOL, otherController: OTHER_SCHOOL },
        subject: await house.identify("school.pupil", String(person)),
        otherSubject: await house.identify("school.pupil", String(person + 1)),
        unitOfWork: house.ports.unitOfWork,
        rightsDesk: makeRightsDesk(house.ports),
      };
    });
  });
