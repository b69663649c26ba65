import { cases, deskEvents, knownWords } from "./spt-001-cases.ts";

export const supportBridgeMigrations = [deskEvents, cases, knownWords];
