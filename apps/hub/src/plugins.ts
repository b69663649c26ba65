/** Every plugin of the product. The kernel's `sortPlugins` gives their one order. */
import { anonymisationPlugin } from "@preau/anonymisation";
import { backupsPlugin } from "@preau/backups";
import { contractsPlugin } from "@preau/contracts";
import { dataExportPlugin } from "@preau/data-export";
import { garPlugin } from "@preau/gar";
import type { Plugin } from "@preau/kernel";
import { retentionPlugin } from "@preau/retention";
import { accountsPlugin } from "@preau/web";
import { calendarPlugin } from "./calendar-plugin.ts";

export const plugins: readonly Plugin[] = [
  accountsPlugin,
  anonymisationPlugin,
  backupsPlugin,
  calendarPlugin,
  contractsPlugin,
  dataExportPlugin,
  garPlugin,
  retentionPlugin,
];
