/** The support bridge on one screen: a desk for those outside the GAR, a form in the hub for everybody else, and a wall between. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { supportBridgeMigrations } from "./migrations/index.ts";
import { type SupportBridgeOptions, supportBridgeOptions } from "./options.ts";

export const supportBridgePlugin = {
  ...emptyPlugin,
  id: "support-bridge",
  clauses: ["DC", "D4.1", "D10.1b", "D10.1c", "D12.2", "DB.n"],
  options: supportBridgeOptions,
  tablePrefix: "spt_",
  migrations: supportBridgeMigrations,
  errors,
} as const satisfies Plugin<SupportBridgeOptions>;
