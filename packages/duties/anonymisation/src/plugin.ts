/** Anonymisation on one screen: what may leave as anonymised data, who is out of it, and the ledger of what did. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { releaseMenu, releaseRoutes } from "./http/release-routes.tsx";
import { objections, standings } from "./migrations/001-objections.ts";
import { handOvers, releaseControllers, releases } from "./migrations/002-releases.ts";
import { objectionCheck } from "./objection-check.ts";
import { type AnonymisationOptions, anonymisationOptions } from "./options.ts";

export const anonymisationPlugin = {
  ...emptyPlugin,
  id: "anonymisation",
  clauses: ["D13.1", "D13.2", "D13.3", "S11", "S13"],
  options: anonymisationOptions,
  requires: [
    "agreements",
    "clock",
    "contracts",
    "ids",
    "instructions",
    "journal",
    "log",
    "sources",
    "unitOfWork",
    "vault",
  ],
  tablePrefix: "ano_",
  migrations: [objections, standings, releases, releaseControllers, handOvers],
  routes: (ports) => releaseRoutes(ports),
  pages: [releaseMenu],
  gateChecks: (ports) => [objectionCheck(ports)],
  journalEvents: [
    "anonymisation.destroyed",
    "anonymisation.handOverInstructed",
    "anonymisation.handedOver",
    "anonymisation.objected",
    "anonymisation.objectionWithdrawn",
    "anonymisation.refused",
    "anonymisation.released",
  ],
  errors,
} as const satisfies Plugin<AnonymisationOptions>;
