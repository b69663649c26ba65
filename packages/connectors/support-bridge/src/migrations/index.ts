import { cases, deskEvents, knownWords } from "./spt-001-cases.ts";
import { accesses } from "./spt-004-access.ts";
import { surveys } from "./spt-005-surveys.ts";
import { knownStores } from "./spt-006-known-store.ts";

export const supportBridgeMigrations = [deskEvents, cases, knownWords, accesses, surveys, knownStores];
