/** A school whose contract has ended, with doors of its own that a test sees. */
import { oneAgreement } from "@preau/agreement";
import { localDate } from "@preau/calendar";
import { renewContract } from "@preau/contracts";
import type { Database } from "@preau/database";
import { type Instant, type Lifecycle, manualClock } from "@preau/kernel";
import type { ContractEnd } from "../src/contract-end.ts";
import { advanceContractEnd } from "../src/contract-end-advance.ts";
import type { Certificate } from "../src/contract-end-certificate.ts";
import {
  acknowledgeHandOver,
  chooseContractEnd,
  confirmErasure,
  type EndWishes,
} from "../src/contract-end-choose.ts";
import type { RetentionPorts } from "../src/retention-ports.ts";
import { readCertificate } from "../src/store/contract-ends.ts";
import { type Databases, SCHOOL } from "./house.ts";
import { memoryDoors, NOW, samplesPolicy } from "./memory-doors.ts";
import { account, databasesWith, openRetentionHouse } from "./retention-house.ts";
import { PUPIL_KIND } from "./school.ts";

export async function openContractEnd(
  database: Database,
  {
    pupils = [1, 2, 3],
    endsOn = "2026-11-20",
    known,
    now = NOW,
  }: {
    readonly pupils?: readonly number[];
    readonly endsOn?: string;
    /** Databases that another process has left. */
    readonly known?: Databases;
    readonly now?: Instant;
  } = {},
) {
  const databases = known ?? (await databasesWith(database, pupils));
  const clock = manualClock(now);
  const accounts = pupils.map((each) => account(each));
  const house = await openRetentionHouse(databases, { clock, accounts, endsOn: localDate(endsOn) });
  const agreements = oneAgreement(house.ports.agreements.of(SCHOOL), samplesPolicy);
  const ports: RetentionPorts = { ...house.ports, agreements };
  const doors = memoryDoors();
  const school = house.sources.get("school");
  if (school === undefined) throw new Error("no school");
  // Whoever is gone from the school has no account there any more.
  const here = async () => new Set(await databases.schoolDatabase.knex("pupil").pluck<number[]>("id"));
  const lifecycle: Lifecycle = {
    ...house.memory.lifecycle,
    accounts: async (controller, page) => {
      const known = await here();
      const found = await house.memory.lifecycle.accounts(controller, page);
      return {
        ...found,
        accounts: found.accounts.filter(({ identifier }) => known.has(Number(identifier.value))),
      };
    },
    factsOf: async (controller, identifiers) => {
      const known = await here();
      const own = identifiers.filter(({ kind, value }) => kind === PUPIL_KIND && known.has(Number(value)));
      return house.memory.lifecycle.factsOf(controller, own);
    },
    access: doors.access,
  };
  house.sources.set("school", { ...school, lifecycle });
  const [contract] = await ports.unitOfWork.transaction((unit) => ports.contracts.contracts(unit, SCHOOL));
  if (contract === undefined) throw new Error("no contract");
  const choose = (wishes: Partial<EndWishes> = {}) =>
    ports.unitOfWork.transaction((unit) =>
      chooseContractEnd(unit, ports, {
        controller: SCHOOL,
        contract: contract.id,
        by: { role: "controllerDpo" },
        ...wishes,
      }),
    );
  return {
    ...house,
    ports,
    databases,
    doors: doors.state,
    contract: contract.id,
    choose,
    /** Advances; receipts and certificates need numbered entries, as a running sequencer gives them. */
    advance: async (end: Pick<ContractEnd, "id">, batchPersons = 2) => {
      const state = { done: false };
      const numbering = (async () => {
        while (!state.done) {
          await house.sequencer.runOnce();
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      })();
      try {
        return await advanceContractEnd(ports, { controller: SCHOOL, id: end.id }, { batchPersons });
      } finally {
        state.done = true;
        await numbering;
      }
    },
    acknowledge: (end: Pick<ContractEnd, "id">) =>
      ports.unitOfWork.transaction((unit) =>
        acknowledgeHandOver(unit, ports, { controller: SCHOOL, id: end.id, by: { role: "controllerDpo" } }),
      ),
    confirm: (end: Pick<ContractEnd, "id">) =>
      ports.unitOfWork.transaction((unit) =>
        confirmErasure(unit, ports, { controller: SCHOOL, id: end.id, by: { role: "controllerDpo" } }),
      ),
    renew: (until: string) =>
      ports.unitOfWork.transaction((unit) =>
        renewContract(
          unit,
          house.means,
          { ...house.edit, controller: SCHOOL },
          { contract: contract.id, endsOn: localDate(until) },
        ),
      ),
    certificate: async (end: Pick<ContractEnd, "id">): Promise<Certificate> => {
      const row = await ports.unitOfWork.transaction((unit) => readCertificate(unit, SCHOOL, end.id));
      return JSON.parse(row?.body ?? "null") as Certificate;
    },
  };
}
