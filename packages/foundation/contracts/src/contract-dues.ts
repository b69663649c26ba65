/**
 * What contracts make due: their end, the choice for it, the attestation or the officer that a running one lacks.
 * @clause D3, D4.3, D6.0
 */
import { dayIn, startOfDay } from "@preau/calendar";
import { inUnit } from "@preau/database";
import type { Due, DueScope, Ports } from "@preau/kernel";
import { statementsOf } from "./attest.ts";
import type { Contract } from "./contract.ts";
import { stateOn } from "./standing.ts";
import { contractsToWatch } from "./store/contract-rows.ts";

const END = {
  en: "A contract ends: renew it, or see to its data",
  fr: "Un contrat se termine : le renouveler, ou s’occuper de ses données",
};
const CHOICE = {
  en: "A contract ends: have the controller choose what becomes of the data",
  fr: "Un contrat se termine : faire choisir au responsable ce que deviennent les données",
};
const ATTEST = {
  en: "A contract runs without the controller's attestation: nothing can be imported",
  fr: "Un contrat court sans l’attestation du responsable : rien ne peut être importé",
};

const OFFICER = {
  en: "A controller with a running contract has named no data protection officer",
  fr: "Un responsable dont un contrat court n’a nommé aucun délégué à la protection des données",
};

/** Ends are due when their last day begins; an attestation since the contract started. */
export function contractDues({
  agreements,
  clock,
  unitOfWork,
}: Pick<Ports, "agreements" | "clock" | "unitOfWork">) {
  return async (scope: DueScope): Promise<readonly Due[]> => {
    // The latest day that any zone has at that moment, so that no last day is missed.
    const until = dayIn("Pacific/Kiritimati", scope.before);
    const watched = await unitOfWork.transaction((unit) =>
      contractsToWatch(inUnit(unit), scope.controller, until),
    );
    const due = (contract: Contract, what: Pick<Due, "clause" | "title" | "dueAt">, kind: string): Due => ({
      id: `${contract.id}.${kind}`,
      controller: contract.controller,
      href: `/controllers/${contract.controller}/contracts/${contract.id}`,
      ...what,
    });
    return watched.flatMap((contract): readonly Due[] => {
      const agreement = agreements.of(contract.controller);
      const state = stateOn(dayIn(contract.zone, clock.now()), contract);
      const found: Due[] = [];
      if (contract.endsOn !== undefined && state !== "ended") {
        const dueAt = startOfDay(contract.zone, contract.endsOn);
        const open = contract.atEnd === undefined && agreement.endOfContract !== undefined;
        found.push(due(contract, { clause: "D3", title: END, dueAt }, "end"));
        if (open) found.push(due(contract, { clause: "D6.2c", title: CHOICE, dueAt }, "choice"));
      }
      if (state === "running" && !contract.attested && statementsOf(agreement).length > 0) {
        const dueAt = startOfDay(contract.zone, contract.startsOn);
        found.push(due(contract, { clause: "D6.0", title: ATTEST, dueAt }, "attestation"));
      }
      if (state === "running" && !contract.hasDpo) {
        const dueAt = startOfDay(contract.zone, contract.startsOn);
        found.push(due(contract, { clause: "D4.3", title: OFFICER, dueAt }, "officer"));
      }
      return found.filter(({ dueAt }) => dueAt < scope.before);
    });
  };
}
