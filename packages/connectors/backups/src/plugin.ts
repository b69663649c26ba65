/** Backups on one screen: what they hold and until when, and who is erased again after a restore. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { replayLists } from "./migrations/001-replay-lists.ts";
import { type BackupsOptions, backupsOptions } from "./options.ts";

export const backupsPlugin = {
  ...emptyPlugin,
  id: "backups",
  clauses: ["D12.3", "DD.1"],
  options: backupsOptions,
  requires: ["agreements", "clock", "contracts", "log", "unitOfWork"],
  tablePrefix: "bck_",
  migrations: [replayLists],
  errors,
} as const satisfies Plugin<BackupsOptions>;
