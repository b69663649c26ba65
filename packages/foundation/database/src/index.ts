export { type Database, type DatabaseOptions, type Dialect, openDatabase } from "./open-database.ts";
export { afterCommit, inUnit, makeUnitOfWork } from "./unit-of-work.ts";
export {
  type DatabaseMigration,
  type MigrationList,
  migrate,
  pendingMigrations,
  type Schema,
} from "./migrate.ts";
export { controllerColumn, exactColumn, idColumn, instantColumn, jsonOf } from "./columns.ts";
export { errors } from "./errors.ts";
