/** The rights desk on one screen: requests of data subjects, their clocks, their relay, and what is done on instruction. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { type DataSubjectRequestsOptions, dataSubjectRequestsOptions } from "./options.ts";

export const dataSubjectRequestsPlugin = {
  ...emptyPlugin,
  id: "data-subject-requests",
  clauses: ["D10.1a", "D10.1b", "D10.1c", "D10.3b"],
  options: dataSubjectRequestsOptions,
  requires: ["clock", "unitOfWork"],
  tablePrefix: "dsr_",
  errors,
} as const satisfies Plugin<DataSubjectRequestsOptions>;
