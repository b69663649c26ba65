export {
  describeEachDatabase,
  describeOnMariaDb,
  type OpenOptions,
  type Suite,
} from "./describe-each-database.ts";
export { freePort } from "./free-port.ts";
export {
  type DatabaseKind,
  type FreshDatabase,
  freshDatabase,
  freshDatabaseUrl,
} from "./fresh-database.ts";
export {
  type MariaDb,
  type MariaDbOptions,
  type MariaDbTemplate,
  mariaDbSkipReason,
  type Schema,
  startMariaDb,
} from "./mariadb-server.ts";
export {
  loadMoodleSchool,
  moodleSchoolFolder,
  moodleSchoolSkipReason,
  startMoodleSchool,
} from "./moodle-school.ts";
export { startRestartableMariaDb } from "./restartable-mariadb.ts";
export { sharedMariaDb } from "./shared-mariadb.ts";
export { type Folder, makeFolder, temporaryFolder } from "./temporary-folder.ts";
export {
  type InventedPerson,
  inventedPersons,
  seededChance,
  someControllers,
  somePersons,
} from "./invented-persons.ts";
export { inMemoryPorts } from "./in-memory-ports.ts";
export { type PaperLedger, type PaperLine, paperLedger } from "./paper-ledger.ts";
export {
  type KillLoopOptions,
  type KillLoopResult,
  killLoop,
  type SourceProgram,
  spawnSource,
} from "./kill-loop.ts";
export { type Closable, codeOf, setUp } from "./bench.ts";
export { type ClockBench, clockContract } from "./clock-contract.ts";
export { type UnitOfWorkBench, unitOfWorkContract } from "./unit-of-work-contract.ts";
export { type JobsBench, jobsContract } from "./jobs-contract.ts";
export { type GateBench, type GateBenchOptions, gateContract } from "./gate-contract.ts";
export {
  type PersonalDataSourceBench,
  personalDataSourceContract,
} from "./personal-data-source-contract.ts";
export type { Snapshot } from "./row-differences.ts";
export { type SubjectDirectoryBench, subjectDirectoryContract } from "./subject-directory-contract.ts";
export { type BackupCatalogueBench, backupCatalogueContract } from "./backup-catalogue-contract.ts";
export { type ReplayListBench, replayListContract } from "./replay-list-contract.ts";
export { type JournalBench, journalContract } from "./journal-contract.ts";
export { type LifecycleBench, lifecycleContract } from "./lifecycle-contract.ts";
export { type CsvCell, readCsv } from "./read-csv.ts";
export { type Figure, figureOf, msOf } from "./figure-of.ts";
export { type FormRequest, type TestAnswer, type TestBrowser, testBrowser } from "./test-browser.ts";
export { type MailerBench, mailerContract } from "./mailer-contract.ts";
export {
  type InstructionsBench,
  type InstructionsBenchOptions,
  instructionsContract,
} from "./instructions-contract.ts";
export {
  type RightsDeskBench,
  type RightsDeskBenchOptions,
  rightsDeskContract,
} from "./rights-desk-contract.ts";
export { type PluginContractOptions, pluginContract } from "./plugin-contract.ts";
export { type KnownPersonsBench, knownPersonsContract } from "./known-persons-contract.ts";
export {
  type Carried,
  type FuzzPersonKind,
  messageNaming,
  type NamingMessage,
  personKinds,
  type WalledPerson,
  walledPerson,
} from "./messages-naming-persons.ts";
