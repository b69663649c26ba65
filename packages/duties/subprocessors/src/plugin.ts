/** Subprocessors on one screen: who they are, what changes, which controller was told, and for whom each is open. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { type SubprocessorsOptions, subprocessorsOptions } from "./options.ts";

export const subprocessorsPlugin = {
  ...emptyPlugin,
  id: "subprocessors",
  clauses: ["D8.1", "D8.2", "D8.3", "D8.4", "D8.5", "D9.1", "D9.2", "D9.3", "DC", "S12"],
  options: subprocessorsOptions,
  requires: ["clock", "unitOfWork"],
  tablePrefix: "spr_",
  errors,
} as const satisfies Plugin<SubprocessorsOptions>;
