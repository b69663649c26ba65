/** Every plugin of the product. The kernel's `sortPlugins` gives their one order. */
import { anonymisationPlugin } from "@preau/anonymisation";
import { backupsPlugin } from "@preau/backups";
import { contractsPlugin } from "@preau/contracts";
import { dataExportPlugin } from "@preau/data-export";
import { dataSubjectRequestsPlugin } from "@preau/data-subject-requests";
import { garPlugin } from "@preau/gar";
import { instructionsPlugin } from "@preau/instructions";
import type { Plugin } from "@preau/kernel";
import { mailerPlugin } from "@preau/mailer";
import { retentionPlugin } from "@preau/retention";
import { subprocessorsPlugin } from "@preau/subprocessors";
import { supportBridgePlugin } from "@preau/support-bridge";
import { accountsPlugin } from "@preau/web";
import { calendarPlugin } from "./calendar-plugin.ts";

export const plugins: readonly Plugin[] = [
  accountsPlugin,
  anonymisationPlugin,
  backupsPlugin,
  calendarPlugin,
  contractsPlugin,
  dataExportPlugin,
  dataSubjectRequestsPlugin,
  garPlugin,
  instructionsPlugin,
  mailerPlugin,
  retentionPlugin,
  subprocessorsPlugin,
  supportBridgePlugin,
];
