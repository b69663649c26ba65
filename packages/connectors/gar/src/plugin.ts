import type { Plugin } from "@preau/kernel";
import { emptyPlugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { garRoutes } from "./http/routes.ts";
import { garMigrations } from "./migrations/index.ts";
import { type GarOptions, garOptions } from "./options.ts";
import { purgeRequests } from "./store/pending-requests.ts";
import { purgeAssertions } from "./store/used-assertions.ts";

/** Sign-in through the GAR, the French ministry's access manager: SAML 2.0, and what the agreement lets us keep of it. */
export const garPlugin = {
  ...emptyPlugin,
  id: "gar",
  clauses: ["D4.1", "DB.K.gar-teacher", "DB.K.gar-pupil", "DD.7"],
  options: garOptions,
  requires: [
    "clock",
    "ids",
    "log",
    "unitOfWork",
    "events",
    "gate",
    "journal",
    "subjects",
    "sessions",
    "vault",
  ],
  tablePrefix: "gar_",
  migrations: garMigrations,
  routes: garRoutes,
  on: ({ log }) => ({
    // Sign-ins that were begun, and assertions that were used: each sign-in takes old ones away, and the last has none after it.
    "logs.ended": async ({ before }, unit) => {
      const rows = (await purgeRequests(unit, before)) + (await purgeAssertions(unit, before));
      if (rows > 0) log.info("gar.tracesPurged", { rows });
    },
  }),
  journalEvents: ["gar.signedIn", "gar.signInRefused", "gar.signedOut", "gar.signedOutByProvider"],
  errors,
} satisfies Plugin<GarOptions>;
