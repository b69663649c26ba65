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
  mariaDbSkipReason,
  type Schema,
  startMariaDb,
} from "./mariadb-server.ts";
export { sharedMariaDb } from "./shared-mariadb.ts";
export { type Folder, makeFolder, temporaryFolder } from "./temporary-folder.ts";
