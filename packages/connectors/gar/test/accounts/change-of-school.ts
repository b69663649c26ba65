import type { SubjectId } from "@preau/kernel";
import { approveRelink } from "../../src/accounts/approve-relink.ts";
import { type Asker, askRelink } from "../../src/accounts/ask-relink.ts";
import type { Approver } from "../../src/accounts/judge-relink.ts";
import { garOptions } from "../../src/options.ts";
import { MINISTRY, OTHER_UAI, UAI } from "./accounts-base.ts";
import type { SignedIn } from "./accounts-house.ts";
import { openHouse } from "./open-accounts.ts";

export const options = garOptions.parse({});
export const DAY = 86_400_000;

/** A pupil of last year under an identifier of before, a teacher of the new school, and the pupil come back under another. */
export async function changeOfSchool() {
  const house = await openHouse("sqlite", "2026-03-02T08:00:00.000Z");
  const old = await house.comesIn({ ido: "before", schools: [OTHER_UAI] });
  house.clock.advance(200 * DAY); // 18 September: another school year
  const now = await house.comesIn({ ido: "after" });
  const teacher = await house.comesIn({ ido: "teacher", role: "teacher" });
  const askAs = (who: SignedIn, more: Partial<Asker> = {}) =>
    house.unitOfWork.transaction((unit) =>
      askRelink(unit, house.ports, options, { ...askerOf(who), ...more }),
    );
  const approver: Approver = {
    ...{ kind: "teacher", controller: MINISTRY, origin: "gar", role: "teacher", identifierKind: "gar.ido" },
    subject: teacher.subject,
    schools: [UAI],
  };
  const approve = (code: string, more: Partial<Approver> = {}, before: SubjectId = old.subject) =>
    approveRelink(house.ports, options, {
      approver: { ...approver, ...more } as Approver,
      wish: { code, old: before },
    });
  return { ...house, old, now, teacher, approver, askAs, approve };
}

export function askerOf({ subject, session }: SignedIn): Asker {
  const { controller, role = "pupil", product = "plume" } = session.data;
  const identifierKind = session.sealed["identifierKind"] as string;
  return { controller, subject, product, role, origin: "gar", identifierKind, schools: [UAI] };
}
