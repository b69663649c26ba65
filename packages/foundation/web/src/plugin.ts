/** The console's accounts on one screen: who may sign in to it, in which role, and how that is proved. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { accountRoles } from "./account.ts";
import { accountEvents } from "./account-journal.ts";
import { makeAccountMeans } from "./account-means.ts";
import { type AccountOptions, accountOptions } from "./account-options.ts";
import { administeringRoles } from "./account-rights.ts";
import { errors } from "./errors.ts";
import { accountsRoutes } from "./http/accounts-routes.tsx";
import { apiTokenRoutes } from "./http/api-token-routes.tsx";
import { companyRoutes } from "./http/company-routes.tsx";
import { linkRoutes } from "./http/link-routes.tsx";
import { ownAccountRoutes } from "./http/own-account-routes.tsx";
import { signInRoutes } from "./http/sign-in-routes.tsx";
import { purgeJob } from "./jobs/purge-job.ts";
import { purgeSignInTraces } from "./purge-sign-in-traces.ts";
import { accountDues } from "./review-access.ts";

export const accountsPlugin = {
  ...emptyPlugin,
  id: "accounts",
  clauses: ["DD.4", "DD.5", "DD.7"],
  options: accountOptions,
  requires: [
    "clock",
    "ids",
    "log",
    "unitOfWork",
    "journal",
    "jobs",
    "vault",
    "sessions",
    "apiTokens",
    "attempts",
  ],
  routes: (ports, options) => {
    const means = makeAccountMeans(ports, options);
    return [
      ...[signInRoutes, linkRoutes, companyRoutes, ownAccountRoutes, accountsRoutes].flatMap((routes) =>
        routes(means),
      ),
      ...apiTokenRoutes({ ...means, apiTokens: ports.apiTokens }),
    ];
  },
  pages: [
    { path: "/account", title: { fr: "Mon compte", en: "My account" }, who: accountRoles },
    { path: "/accounts", title: { fr: "Comptes", en: "Accounts" }, who: administeringRoles },
  ],
  on: ({ log }) => ({
    "logs.ended": async ({ before }, unit) => {
      const rows = await purgeSignInTraces(unit, before);
      if (rows > 0) log.info("accounts.tracesPurged", { rows });
    },
  }),
  jobs: (ports, options) => [purgeJob(makeAccountMeans(ports, options))],
  dues: (ports, options) => (scope) => accountDues({ unitOfWork: ports.unitOfWork, options }, scope),
  journalEvents: accountEvents,
  errors,
} as const satisfies Plugin<AccountOptions>;
