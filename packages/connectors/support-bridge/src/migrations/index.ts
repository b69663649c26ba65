import { cases, deskEvents, knownWords } from "./spt-001-cases.ts";
import { accesses } from "./spt-004-access.ts";
import { surveys } from "./spt-005-surveys.ts";

export const supportBridgeMigrations = [deskEvents, cases, knownWords, accesses, surveys];
