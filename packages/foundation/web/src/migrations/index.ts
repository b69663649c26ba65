import type { DatabaseMigration } from "@preau/database";
import { web001Session } from "./web_001_session.ts";
import { web002SessionKey } from "./web_002_session_key.ts";

/** The tables of this package, prefix `web_`. */
export const webMigrations: readonly DatabaseMigration[] = [web001Session, web002SessionKey];
