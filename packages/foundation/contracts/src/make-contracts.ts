/** The register over a database: reads for others. What changes it are the verbs, each in its file. */
import type { AgreementsInForce } from "@preau/agreement";
import { dayIn, mainland } from "@preau/calendar";
import { type Database, inUnit, makeUnitOfWork } from "@preau/database";
import type { Clock, ControllerId, Unit } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { covers, statementsOf } from "./attest.ts";
import type { Attestation } from "./contract.ts";
import type { Contracts } from "./contracts-port.ts";
import { fault } from "./errors.ts";
import { finishRemovals } from "./remove-officer.ts";
import { openOfficers } from "./seal-officer.ts";
import { standingOn, stateOn } from "./standing.ts";
import { contractsOf, datedContractsOf, readContracts } from "./store/contract-rows.ts";
import { listControllers, readController, readControllers } from "./store/controller-rows.ts";
import { officerRowsOf } from "./store/officer-rows.ts";
import { attestationsOf, ownPeriodsOf, purposeBasesOf } from "./store/term-rows.ts";

export interface ContractsOptions {
  /** Migrated with `contractMigrations`. */
  readonly database: Database;
  readonly vault: KeyStore;
  readonly agreements: AgreementsInForce;
  readonly clock: Clock;
}

export function makeContracts({ database, vault, agreements, clock }: ContractsOptions): Contracts {
  const today = (zone: string) => dayIn(zone, clock.now());

  const standing: Contracts["standing"] = async (unit, controller, product) => {
    const contracts = await datedContractsOf(inUnit(unit), controller);
    const [first] = contracts;
    return first === undefined ? "NO_CONTRACT" : standingOn(today(first.zone), contracts, product);
  };

  /** An attestation counts while its contract runs, and only when it says everything that is asked today. @clause D6.0 */
  const attestation = async (
    unit: Unit,
    controller: ControllerId,
    product: string,
  ): Promise<Attestation | undefined> => {
    const queries = inUnit(unit);
    const { zone } = (await readController(queries, controller))?.place ?? mainland;
    const running = (await contractsOf(queries, controller)).filter(
      (each) => each.products.includes(product) && stateOn(today(zone), each) === "running",
    );
    const attested = await attestationsOf(queries, controller);
    const agreement = agreements.of(controller);
    return attested.find((each) => running.some(({ id }) => id === each.contract) && covers(each, agreement));
  };

  return {
    controller: (unit, controller) => readController(inUnit(unit), controller),
    placeOf: async (unit, controller) => (await readController(inUnit(unit), controller))?.place ?? mainland,
    officers: async (unit, controller) => openOfficers(vault, await officerRowsOf(inUnit(unit), controller)),
    contracts: (unit, controller) => contractsOf(inUnit(unit), controller),
    stateOf: (contract, { zone }) => stateOn(today(zone), contract),
    ownPeriods: (unit, controller) => ownPeriodsOf(inUnit(unit), controller),
    purposeBases: async (unit, controller) => {
      const contracts = await contractsOf(inUnit(unit), controller);
      const named = new Set(contracts.flatMap(({ id, products }) => products.map((each) => `${id} ${each}`)));
      const bases = await purposeBasesOf(inUnit(unit), controller);
      return bases.filter(({ contract, product }) => named.has(`${contract} ${product}`));
    },
    attestations: (unit, controller) => attestationsOf(inUnit(unit), controller),
    attestation,
    requireImport: async (unit, controller, product) => {
      const reason = await standing(unit, controller, product);
      if (reason !== "RUNNING") throw fault("CONTRACT_NOT_IN_FORCE", { clause: "D3", log: { reason } });
      if (statementsOf(agreements.of(controller)).length === 0) return;
      if ((await attestation(unit, controller, product)) !== undefined) return;
      throw fault("CONTRACT_NOT_ATTESTED", { clause: "D6.0" });
    },
    standing,
    hasBegun: async (unit, controller) => {
      const contracts = await datedContractsOf(inUnit(unit), controller);
      return contracts.some(({ startsOn, zone }) => startsOn <= today(zone));
    },
    list: (unit, query) => listControllers(inUnit(unit), query),
    everything: async (unit, scope) => ({
      controllers: await readControllers(inUnit(unit), scope),
      contracts: await readContracts(inUnit(unit), scope),
    }),
    finishRemovals: () => finishRemovals(database, makeUnitOfWork(database), vault),
  };
}
