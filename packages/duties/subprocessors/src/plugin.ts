/** Subprocessors on one screen: who they are, what changes, which controller was told, and for whom each is open. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { apiRoutes } from "./http/api-routes.ts";
import { changeRoutes } from "./http/change-routes.tsx";
import { linkRoutes } from "./http/link-routes.tsx";
import { noticeRoutes } from "./http/notice-routes.tsx";
import { registryRoutes, subprocessorsMenu } from "./http/registry-routes.tsx";
import { lookJob } from "./jobs/look.ts";
import { tellJob } from "./jobs/tell.ts";
import { messages } from "./messages.ts";
import { annexes, changes, notices, objections, subprocessors } from "./migrations/001-subprocessors.ts";
import { onMailSettled } from "./notice-mail.ts";
import { openCheck } from "./open-check.ts";
import { type SubprocessorsOptions, subprocessorsOptions } from "./options.ts";
import { subprocessorDues } from "./subprocessor-dues.ts";

export const subprocessorsPlugin = {
  ...emptyPlugin,
  id: "subprocessors",
  clauses: ["D8.1", "D8.2", "D8.3", "D8.4", "D8.5", "D9.1", "D9.2", "D9.3", "DC", "S12"],
  options: subprocessorsOptions,
  requires: [
    "agreements",
    "clock",
    "contracts",
    "ids",
    "instructions",
    "jobs",
    "journal",
    "links",
    "log",
    "mailer",
    "unitOfWork",
    "vault",
  ],
  tablePrefix: "spr_",
  migrations: [annexes, subprocessors, changes, notices, objections],
  routes: (ports, options) => [
    ...registryRoutes(ports),
    ...changeRoutes(ports),
    ...noticeRoutes(ports, options),
    ...linkRoutes(ports, options),
    ...apiRoutes(ports),
  ],
  pages: [subprocessorsMenu],
  jobs: (ports, options) => [tellJob(ports, options), lookJob(ports, options)],
  on: (ports) => ({ "mail.settled": onMailSettled(ports) }),
  dues: (ports) => subprocessorDues(ports),
  gateChecks: (ports) => [openCheck(ports)],
  messages,
  journalEvents: [
    "subprocessors.agreementRemembered",
    "subprocessors.changeAnnounced",
    "subprocessors.changeDiscarded",
    "subprocessors.changeProposed",
    "subprocessors.changeTakenBack",
    "subprocessors.contractEnded",
    "subprocessors.factsChanged",
    "subprocessors.linkHandedOver",
    "subprocessors.noticeQueued",
    "subprocessors.noticeSettled",
    "subprocessors.noticeTakenBack",
    "subprocessors.objected",
    "subprocessors.objectedLate",
    "subprocessors.objectionHonoured",
    "subprocessors.objectionWithdrawn",
    "subprocessors.received",
    "subprocessors.receiptCorrected",
    "subprocessors.reminded",
  ],
  errors,
} as const satisfies Plugin<SubprocessorsOptions>;
