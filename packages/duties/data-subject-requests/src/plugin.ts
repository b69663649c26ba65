/** The rights desk on one screen: requests of data subjects, their clocks, their relay, and what is done on instruction. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { inquiries, inquiryRequests, requests } from "./migrations/001-requests.ts";
import { inaccuracies, latestSeen, relays } from "./migrations/002-relays.ts";
import { type DataSubjectRequestsOptions, dataSubjectRequestsOptions } from "./options.ts";

export const dataSubjectRequestsPlugin = {
  ...emptyPlugin,
  id: "data-subject-requests",
  clauses: ["D10.1a", "D10.1b", "D10.1c", "D10.3b"],
  options: dataSubjectRequestsOptions,
  requires: ["clock", "unitOfWork"],
  tablePrefix: "dsr_",
  migrations: [inquiries, requests, inquiryRequests, relays, latestSeen, inaccuracies],
  errors,
} as const satisfies Plugin<DataSubjectRequestsOptions>;
