/**
 * The contracts of a scope as a file that can be imported again: semicolons and a byte-order mark, as French spreadsheets
 * want them. A cell that a spreadsheet would take for a formula gets an apostrophe before it (CSV injection).
 */
import type { Language } from "@preau/kernel";
import { stringify } from "csv-stringify/sync";
import { controllerState } from "./change-controller.ts";
import type { Everything } from "./contracts-port.ts";
import { fileColumns, headingsOf } from "./file-columns.ts";
import { contractState } from "./open-contract.ts";

export function writeContractsFile({ controllers, contracts }: Everything, language: Language): string {
  const byId = new Map(controllers.map((each) => [each.id, controllerState(each)]));
  const rows = contracts.map((contract) => {
    const cells = {
      ...byId.get(contract.controller),
      ...contractState(contract),
      controller: contract.controller,
    };
    return fileColumns.map(({ field }) => {
      const value = (cells as Readonly<Record<string, unknown>>)[field];
      return Array.isArray(value) ? value.join(" ") : typeof value === "string" ? value : "";
    });
  });
  return stringify([headingsOf(language), ...rows], {
    delimiter: ";",
    bom: true,
    record_delimiter: "windows",
    escape_formulas: true,
  });
}
