/** The register on one screen: what it keeps, what it lets pass, what it makes due. Its pages stand in the hub. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { contractDues } from "./contract-dues.ts";
import { errors } from "./errors.ts";
import { contractInForce } from "./gate-check.ts";
import { INSTRUCTION } from "./instruction.ts";
import { contractMigrations } from "./migrations/contract-migrations.ts";

export const contractsPlugin = {
  ...emptyPlugin,
  id: "contracts",
  clauses: ["D1", "D3", "D4.3", "D5", "D6.0", "D6.1a"],
  requires: ["agreements", "clock", "contracts", "unitOfWork"],
  tablePrefix: "ctr_",
  migrations: contractMigrations.migrations,
  dues: contractDues,
  gateChecks: ({ contracts }) => [contractInForce(contracts)],
  journalEvents: [INSTRUCTION],
  errors,
} as const satisfies Plugin<object>;
