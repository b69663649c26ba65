/** The console's accounts on one screen: who may sign in to it, in which role, and how that is proved. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { accountEvents } from "./account-journal.ts";
import { makeAccountMeans } from "./account-means.ts";
import { type AccountOptions, accountOptions } from "./account-options.ts";
import { errors } from "./errors.ts";
import { linkRoutes } from "./http/link-routes.tsx";
import { signInRoutes } from "./http/sign-in-routes.tsx";

export const accountsPlugin = {
  ...emptyPlugin,
  id: "accounts",
  clauses: ["DD.4", "DD.5", "DD.7"],
  options: accountOptions,
  requires: ["clock", "ids", "log", "unitOfWork", "journal", "jobs", "vault", "sessions"],
  routes: (ports, options) => {
    const means = makeAccountMeans(ports, options);
    return [...signInRoutes(means), ...linkRoutes(means)];
  },
  journalEvents: accountEvents,
  errors,
} as const satisfies Plugin<AccountOptions>;
