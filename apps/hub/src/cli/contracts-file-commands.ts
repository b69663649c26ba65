/** `preau contracts import` and `export`. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import {
  dryRunImport,
  type ImportPlan,
  importContracts,
  type PlannedRow,
  sayIssue,
  writeContractsFile,
} from "@preau/contracts";
import { controllerId, isFault, type Language } from "@preau/kernel";
import { fault } from "../errors.ts";
import { importPortsOf } from "../import-ports.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { contractsTexts } from "./contracts-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Read no further than a file that could be imported. */
const MOST_BYTES = 16 << 20;

export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** 0 done; a dry run is 1 when rows are refused; an import that is refused is 2, and nothing is written. */
export async function importCommand(
  context: CommandContext,
  file: string,
  options: ImportOptions,
): Promise<number> {
  const bytes = readBytes(context, file);
  const language = terminalLanguage(context.environment);
  return withHub(context, {}, async (hub) => {
    const ports = importPortsOf(hub);
    const { unitOfWork } = hub.ports;
    if (options.dryRun === true) {
      const plan = await unitOfWork.transaction((unit) => dryRunImport(unit, ports, bytes));
      context.out(options.json ? planJson(plan, true) : planText(plan, language, true));
      return plan.counts.refused > 0 ? 1 : 0;
    }
    try {
      const actor = { role: "operations" } as const;
      const plan = await unitOfWork.transaction((unit) => importContracts(unit, ports, actor, { bytes }));
      await hub.sequencer.runOnce();
      context.out(options.json ? planJson(plan, false) : planText(plan, language, false));
      return 0;
    } catch (error) {
      if (isFault(error, "CONTRACTS_FILE_REFUSED")) {
        const { rows } = await unitOfWork.transaction((unit) => dryRunImport(unit, ports, bytes));
        context.err(
          rowsText(
            rows.filter(({ what }) => what === "refused"),
            language,
          ),
        );
      }
      throw error;
    }
  });
}

export interface ExportOptions {
  readonly controller?: string;
}

export async function exportCommand(context: CommandContext, options: ExportOptions): Promise<number> {
  const scope = options.controller === undefined ? "all" : controllerId(options.controller);
  return withHub(context, {}, async ({ ports }) => {
    const all = await ports.unitOfWork.transaction((unit) => ports.contracts.everything(unit, scope));
    context.out(writeContractsFile(all, terminalLanguage(context.environment)));
    return 0;
  });
}

function readBytes(context: CommandContext, file: string): Uint8Array {
  const absolute = path.resolve(context.cwd, file);
  try {
    // A device or a pipe has no size and no end.
    const { size } = statSync(absolute);
    return readFileSync(absolute).subarray(0, Math.min(size, MOST_BYTES));
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: path.basename(file), cause });
  }
}

function planText(plan: ImportPlan, language: Language, dryRun: boolean): string {
  const words = contractsTexts[language];
  const counts = (["added", "changed", "unchanged", "refused"] as const)
    .map((what) => `${plan.counts[what]} ${words.counts[what]}`)
    .join(" · ");
  const rows = rowsText(
    plan.rows.filter(({ what }) => what !== "unchanged"),
    language,
  );
  return `${rows}${counts}\n${dryRun ? `${words.wouldWrite}\n` : ""}`;
}

function rowsText(rows: readonly PlannedRow[], language: Language): string {
  const words = contractsTexts[language];
  return rows
    .flatMap(({ line, what, controller, reference, ofController, ofContract, issues }) => [
      `${words.line} ${line}: ${words.counts[what]} ${controller ?? ""} ${reference ?? ""}`.trimEnd(),
      ...(what === "changed" ? [ofController, ofContract] : []).flatMap((changes) =>
        Object.keys(changes?.after ?? {}).map(
          (field) =>
            `  ${field}: ${JSON.stringify(changes?.before[field])} → ${JSON.stringify(changes?.after[field])}`,
        ),
      ),
      ...issues.map((issue) => {
        const { says, remedy } = sayIssue(issue);
        const column =
          issue.column === undefined ? "" : `${words.column} ${issue.column} (${issue.heading}): `;
        return `  ${column}${issue.code}  ${says[language]} ${remedy[language]}`;
      }),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

function planJson(plan: ImportPlan, dryRun: boolean): string {
  const rows = plan.rows.map(({ issues, ...row }) => ({
    ...row,
    issues: issues.map((issue) => ({ ...issue, says: sayIssue(issue).says, remedy: sayIssue(issue).remedy })),
  }));
  const { counts, digest } = plan;
  return `${JSON.stringify({ schema: "preau.contracts-import/1", dryRun, counts, digest, rows })}\n`;
}
