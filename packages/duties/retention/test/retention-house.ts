/** The house of the other tests with an LMS that says who has an account: a school in SQL, its lifecycle in memory. */
import type { Agreement } from "@preau/agreement";
import { oneAgreement } from "@preau/agreement";
import { type LocalDate, localDate } from "@preau/calendar";
import { openContract, registerController } from "@preau/contracts";
import { type Database, makeWorker, migrate, openDatabase } from "@preau/database";
import {
  type AccountFacts,
  type ControllerId,
  type EventHandlers,
  type InMemoryAccounts,
  inMemoryLifecycle,
  type Lifecycle,
  type ManualClock,
  makeEvents,
  type Plugin,
  type Ports,
} from "@preau/kernel";
import { retentionOptions, retentionPlugin } from "../src/index.ts";
import type { RetentionOptions } from "../src/options.ts";
import { retentionPersonalData } from "../src/retention-personal-data.ts";
import type { RetentionPorts } from "../src/retention-ports.ts";
import { surveyStore } from "../src/survey.ts";
import { type Databases, makeHouse, OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { fillSchool, PUPIL_KIND } from "./school.ts";

export const WHERE = { controller: SCHOOL, source: "school" } as const;

/** What an LMS would tell, in memory: tests move it. */
export function memoryLifecycle(accounts: readonly AccountFacts[], controller: ControllerId = SCHOOL) {
  const held: InMemoryAccounts = { accounts: [...accounts], requests: [], events: [], doors: "open" };
  // Doors are those of the tests that have some.
  const { access: _none, ...reference } = inMemoryLifecycle(controller, held);
  let failure: Error | undefined;
  const lifecycle: Lifecycle = {
    ...reference,
    factsOf: async (whose, identifiers) => {
      if (failure !== undefined) throw failure;
      return reference.factsOf(whose, identifiers);
    },
  };
  const placeOf = (value: string) => held.accounts.findIndex(({ identifier }) => identifier.value === value);
  return {
    lifecycle,
    requests: held.requests,
    /** Moments of the rows of its activity log. */
    log: held.events,
    /** It does not answer, until told otherwise. */
    fail: (error: Error | undefined) => {
      failure = error;
    },
    set: (value: string, more: Partial<AccountFacts>) => {
      const at = placeOf(value);
      const known = held.accounts[at] ?? { identifier: { kind: PUPIL_KIND, value } };
      held.accounts.splice(at === -1 ? held.accounts.length : at, 1, { ...known, ...more });
    },
    remove: (value: string) => held.accounts.splice(placeOf(value), placeOf(value) === -1 ? 0 : 1).length > 0,
  };
}

export function account(pupil: number, more: Partial<AccountFacts> = {}): AccountFacts {
  return { identifier: { kind: PUPIL_KIND, value: String(pupil) }, role: "pupil", ...more };
}

export interface RetentionHouseOptions {
  readonly clock: ManualClock;
  readonly accounts: readonly AccountFacts[];
  readonly options?: Partial<RetentionOptions>;
  readonly agreement?: (reference: Agreement) => Agreement;
  readonly endsOn?: LocalDate;
}

/** Databases may be given again: a restart, or a second process. */
export async function openRetentionHouse(
  databases: Databases,
  { clock, accounts, options: given = {}, agreement = (same) => same, endsOn }: RetentionHouseOptions,
) {
  const house = await makeHouse(databases, clock);
  const plugin: Plugin<RetentionOptions> = retentionPlugin;
  await migrate(databases.database, [{ owner: "retention", migrations: retentionPlugin.migrations }]);
  const options = retentionOptions.parse(given);
  const memory = memoryLifecycle(accounts);
  const handlers: EventHandlers[] = [];
  const agreements = oneAgreement(agreement(house.ports.agreements.of(SCHOOL)));
  const ports: RetentionPorts = { ...house.ports, agreements, events: makeEvents(handlers) };
  handlers.push(plugin.on(ports as Ports, options));
  const school = house.sources.get("school");
  if (school !== undefined) house.sources.set("school", { ...school, lifecycle: memory.lifecycle });
  const own = [...house.sources];
  house.sources.clear();
  // As the hub registers them: the LMS, what the plugins declare, what finds the person last.
  for (const [id, source] of own) {
    if (id === "journal") house.sources.set("retention", retentionPersonalData(ports));
    house.sources.set(id, source);
  }
  const { unitOfWork } = ports;
  const edit = { actor: { role: "controllerDpo" } as const, version: "current" as const };
  const means = { ...ports, agreements } as unknown as Parameters<typeof openContract>[1];
  const isNew = await unitOfWork.transaction(
    async (unit) => (await house.ports.contracts.controller(unit, SCHOOL)) === undefined,
  );
  if (isNew)
    await unitOfWork.transaction(async (unit) => {
      for (const [controller, name] of [
        [SCHOOL, "Collège du Hameau"],
        [OTHER_SCHOOL, "Lycée des Acacias"],
      ] as const) {
        const values = {
          kind: "school",
          name,
          legalForm: "EPLE",
          seat: "1, rue du Hameau",
          place: { region: "metropole", zone: "Europe/Paris" },
        } as const;
        await registerController(unit, means, { ...edit, controller }, values);
        await openContract(
          unit,
          means,
          { ...edit, controller },
          {
            reference: "HAM-1",
            products: ["plume"],
            startsOn: localDate("2019-09-01"),
            ...(endsOn === undefined ? {} : { endsOn }),
          },
        );
      }
    });
  const worker = makeWorker({
    database: databases.database,
    handlers: plugin.jobs(ports as Ports, options),
    clock,
    ids: ports.ids,
    log: ports.log,
  });
  return {
    ...house,
    ports,
    clock,
    options,
    memory,
    worker,
    means,
    edit,
    survey: () => surveyStore(ports, options, WHERE),
    rows: async (table: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
      databases.database.knex(table).select(),
  };
}

/** Three databases, the school filled with the pupils of these accounts. */
export async function databasesWith(database: Database, pupils: readonly number[]) {
  const inMemory = () => openDatabase({ url: "sqlite::memory:" });
  const [keysDatabase, schoolDatabase] = [await inMemory(), await inMemory()];
  await fillSchool(schoolDatabase, pupils);
  return { database, keysDatabase, schoolDatabase };
}
