import type { DatabaseMigration } from "@preau/database";
import { web001Session } from "./001-session.ts";
import { web002SessionKey } from "./002-session-key.ts";

/** The tables of this package, prefix `web_`. */
export const webMigrations: readonly DatabaseMigration[] = [web001Session, web002SessionKey];
