export { type Database, type DatabaseOptions, type Dialect, openDatabase } from "./open-database.ts";
export { afterCommit, inUnit, makeUnitOfWork } from "./unit-of-work.ts";
export {
  type DatabaseMigration,
  type MigrationList,
  migrate,
  pendingMigrations,
  type Schema,
} from "./migrate.ts";
export { insertRows } from "./store/insert-rows.ts";
export { type LookedTable, rawRows, tablesNow } from "./store/look-again-rows.ts";
export { type DumpOptions, dumpDatabase } from "./dump-database.ts";
export { outsideDump } from "./dump-rights.ts";
export { compressDump } from "./dump-compress.ts";
export { emptyWriteAheadLog } from "./empty-write-ahead-log.ts";
export { controllerColumn, exactColumn, idColumn, instantColumn, jsonOf } from "./columns.ts";
export { databaseMigrations } from "./migrations/database-migrations.ts";
export { type JobsOptions, makeJobs } from "./jobs.ts";
export { makeWorker, type Worker, type WorkerOptions } from "./worker.ts";
export {
  deadJobs,
  dropDeadJob,
  type JobCount,
  type JobLine,
  type JobQuery,
  jobStatus,
  requeueDeadJob,
  retryingJobs,
} from "./job-status.ts";
export { type Backoff, type Chance } from "./backoff.ts";
export { errors } from "./errors.ts";
