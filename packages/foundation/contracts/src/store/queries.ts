import type { Database, inUnit } from "@preau/database";

/** Queries inside a unit of work, or on the database itself. */
export type Queries = Database["knex"] | ReturnType<typeof inUnit>;
