import type { MigrationList } from "@preau/database";
import { createStore } from "./001-store.ts";

/** All changes of the key store's schema, in order. */
export const keyMigrations: MigrationList = { owner: "keys", migrations: [createStore] };
