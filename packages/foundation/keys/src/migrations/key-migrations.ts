import type { MigrationList } from "@preau/database";
import { createStore } from "./001-store.ts";
import { createMark } from "./002-mark.ts";

/** All changes of the key store's schema, in order. */
export const keyMigrations: MigrationList = { owner: "keys", migrations: [createStore, createMark] };
