import type { Plugin } from "@preau/kernel";
import { emptyPlugin } from "@preau/kernel";
import { accountsPersonalData } from "./accounts/accounts-personal-data.ts";
import { closeNotes } from "./accounts/note-destructions.ts";
import { restrictedCheck } from "./accounts/restricted-check.ts";
import { errors } from "./errors.ts";
import { accountRoutes } from "./http/account-routes.tsx";
import { certificateReaders, certificateRoutes } from "./http/certificate-routes.tsx";
import { garRoutes } from "./http/routes.ts";
import { garMigrations } from "./migrations/index.ts";
import { type GarOptions, garOptions } from "./options.ts";
import { purgeRequests } from "./store/pending-requests.ts";
import { purgeRelinks } from "./store/relink-rows.ts";
import { purgeAssertions } from "./store/used-assertions.ts";

/** Sign-in through the GAR, the French ministry's access manager: SAML 2.0, and what the agreement lets us keep of it. */
export const garPlugin = {
  ...emptyPlugin,
  id: "gar",
  clauses: ["D4.1", "DB.K.gar-teacher", "DB.K.gar-pupil", "D10.1a", "D12.2", "DD.7"],
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
    "agreements",
    "contracts",
    "receipts",
    "sources",
    "knownPersons",
  ],
  tablePrefix: "gar_",
  migrations: garMigrations,
  routes: (ports, options) => [
    ...garRoutes(ports, options),
    ...accountRoutes(ports, options),
    ...certificateRoutes(ports),
  ],
  pages: [
    { path: "/gar/relink", title: { fr: "Ancien compte", en: "Old account" }, who: ["dataSubject"] },
    {
      path: "/gar/certificates",
      title: { fr: "Certificats du GAR", en: "GAR certificates" },
      who: certificateReaders,
    },
  ],
  gateChecks: () => [restrictedCheck()],
  personalData: (ports) => [accountsPersonalData(ports)],
  on: (ports) => ({
    // Sign-ins that were begun, and assertions that were used: each sign-in takes old ones away, and the last has none after it.
    "logs.ended": async ({ before }, unit) => {
      const rows = (await purgeRequests(unit, before)) + (await purgeAssertions(unit, before));
      const asked = await purgeRelinks(unit, before);
      if (rows + asked > 0) ports.log.info("gar.tracesPurged", { rows: rows + asked });
    },
    "erasure.closed": async (event, unit) => {
      await closeNotes(unit, ports, event);
    },
  }),
  journalEvents: [
    "gar.signedIn",
    "gar.signInRefused",
    "gar.signedOut",
    "gar.signedOutByProvider",
    "gar.relinkAsked",
    "gar.relinkCancelled",
    "gar.relinkRefused",
    "gar.relinked",
    "gar.destructionCertified",
  ],
  errors,
} satisfies Plugin<GarOptions>;
