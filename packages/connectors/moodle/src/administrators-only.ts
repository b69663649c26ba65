/** The window of a Moodle for its site administrators alone. @clause S10 */
import type { Database } from "@preau/database";
import type { AccessWindow, ControllerId } from "@preau/kernel";
import { fault } from "./errors.ts";
import { accountsThatMayEnter, releaseOthers, suspendOthers } from "./store/account-access.ts";
import { readSiteSettings } from "./store/site-settings.ts";

export interface WindowOf {
  readonly database: Pick<Database, "knex">;
  readonly controller: ControllerId;
  readonly prefix: string;
}

/** @clause S10 */
export function administratorsOnly({ database, controller, prefix }: WindowOf): AccessWindow {
  /** @throws MOODLE_NOT_FOUND where nobody could be told from an administrator */
  const administrators = async () => {
    const site = await readSiteSettings(database, prefix);
    if (site.release === undefined) throw fault("MOODLE_NOT_FOUND", { place: `${prefix}config` });
    return site.administrators;
  };
  const nothing = { changed: 0, refused: [] };
  return {
    mechanism: {
      en: "Moodle’s own suspension of accounts (user.suspended), sessions ended; each account remembers in a preference (preau_window) what was there before",
      fr: "La suspension de comptes de Moodle (user.suspended), sessions terminées ; chaque compte retient dans une préférence (preau_window) ce qui était là avant",
    },
    doors: async (of) =>
      of === controller && (await accountsThatMayEnter(database, prefix, await administrators())) === 0
        ? "administratorsOnly"
        : "open",
    closeToOthers: async (of) =>
      of === controller
        ? { changed: await suspendOthers(database, prefix, await administrators()), refused: [] }
        : nothing,
    reopen: async (of) =>
      of === controller ? { changed: await releaseOthers(database, prefix), refused: [] } : nothing,
  };
}
