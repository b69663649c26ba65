import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Agreement, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { type Database, databaseMigrations, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { type DatabaseJournal, journalMigrations, makeJournal, openSigner } from "@preau/journal";
import {
  type ControllerId,
  controllerId,
  type Instant,
  type ManualClock,
  makeIds,
  manualClock,
  type Unit,
} from "@preau/kernel";
import { type KeyStore, keyMigrations, openKeyStore } from "@preau/keys";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl, temporaryFolder } from "@preau/testing";
import { describe, onTestFinished } from "vitest";
import {
  type Contracts,
  type ContractValues,
  type ControllerValues,
  contractMigrations,
  type Edit,
  makeContracts,
  openContract,
  type RegistryPorts,
  readContractValues,
  readControllerValues,
  registerController,
  type Written,
} from "../src/index.ts";

export const SCHOOL = controllerId("college-des-tilleuls");
export const OTHER = controllerId("ecole-des-saules");
const NOON = "2026-11-23T11:00:00.000Z" as Instant;

/** The reference agreement, with an attestation and the choices for the end whatever it says of them. */
export function sampleAgreement(change: Partial<Agreement> = {}): Agreement {
  const files = ["agreement.yaml", "text.fr.md", "text.en.md"].map(
    (name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")] as const,
  );
  return {
    ...readAgreementFolder(new Map(files)),
    attestation: {
      clause: "D6.0",
      statements: [
        { id: "formalities", fr: "Formalités accomplies", en: "Formalities done" },
        { id: "persons", fr: "Personnes informées", en: "Persons informed" },
      ],
    },
    endOfContract: { clause: "D6.2c", choices: ["return", "delete", "returnThenDelete"] },
    ...change,
  };
}

export interface OpenRegister {
  readonly database: Database;
  readonly vault: KeyStore;
  readonly contracts: Contracts;
  readonly ports: RegistryPorts & { readonly contracts: Contracts };
  readonly journal: DatabaseJournal;
  readonly clock: ManualClock;
  readonly run: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;
}

/** A register over a fresh database of that kind; closed when the test has finished. */
export async function openRegister(kind: DatabaseKind, agreement = sampleAgreement()): Promise<OpenRegister> {
  const [database, keys] = [
    await openDatabase({ url: await freshDatabaseUrl(kind) }),
    await openDatabase({ url: await freshDatabaseUrl("sqlite") }),
  ];
  await migrate(database, [databaseMigrations, journalMigrations, contractMigrations]);
  await migrate(keys, [keyMigrations]);
  const clock = manualClock(NOON);
  const ids = makeIds(clock);
  const vault = await openKeyStore({ database: keys, rootKey: randomBytes(32), clock, ids });
  const agreements = oneAgreement(agreement);
  const signer = openSigner(path.join(temporaryFolder(), "journal.key"));
  const journal = makeJournal({ database, keyStore: vault, clock, ids, origin: "journal.example", signer });
  const contracts = makeContracts({ database, vault, agreements, clock });
  const units = makeUnitOfWork(database);
  onTestFinished(async () => {
    await contracts.finishRemovals();
    vault.close();
    await database.close();
    await keys.close();
  });
  return {
    database,
    vault,
    contracts,
    ports: { agreements, clock, ids, journal, vault, contracts },
    journal,
    clock,
    run: (work) => units.transaction(work),
  };
}

/** A suite on both databases whose tests open them themselves. */
export function describeKinds(title: string, suite: (kind: DatabaseKind) => void): void {
  describe(`${title}, on SQLite`, () => suite("sqlite"));
  describeOnMariaDb(`${title}, on MariaDB`, () => suite("mariadb"));
}

export const tilleuls: Written = {
  kind: "school",
  name: "Collège des Tilleuls",
  seat: "2, allée des Tilleuls, 57000 Metz",
  region: "Alsace-Moselle",
  goodFriday: "unknown",
};

export function controllerValues(written: Written = tilleuls): ControllerValues {
  const { values, issues } = readControllerValues(written);
  if (values === undefined) throw new Error(JSON.stringify(issues));
  return values;
}

export function contractValues(change: Written = {}, agreement = sampleAgreement()): ContractValues {
  const written = { reference: "C-2026-01", products: "plume jardin", startsOn: "2026-09-01", ...change };
  const { values, issues } = readContractValues(written, agreement);
  if (values === undefined) throw new Error(JSON.stringify(issues));
  return values;
}

export function editOf(controller: ControllerId = SCHOOL, version: Edit["version"] = "current"): Edit {
  return { controller, version, actor: { role: "publisherDpo", id: "act_0000000000000000000000dpo" } };
}

/** A registered school with one contract that has begun; its id. */
export async function openedContract(
  { run, ports }: OpenRegister,
  change: Written = {},
  controller = SCHOOL,
) {
  await run((unit) => registerController(unit, ports, editOf(controller), controllerValues()));
  return run((unit) => openContract(unit, ports, editOf(controller), contractValues(change)));
}

/** Instructions of the journal, oldest first: deed, and what it says. */
export async function instructions({ run, journal }: OpenRegister, controller = SCHOOL) {
  const entries = await run((unit) => journal.entries(unit, { controller, log: "evidence" }));
  return entries
    .toReversed()
    .map(({ id, type, clause, actorRole, payload }) => ({ id, type, clause, actorRole, ...payload }));
}
