import { cases, deskEvents, knownWords } from "./spt-001-cases.ts";
import { accesses } from "./spt-004-access.ts";

export const supportBridgeMigrations = [deskEvents, cases, knownWords, accesses];
