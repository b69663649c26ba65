/** `preau export release`: anonymised and written, or refused and said why. @clause D13.1, D13.2, S11 */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import {
  makeRelease,
  type ReleasePlan,
  type ReleaseRequest,
  readPlan,
  tryRelease,
} from "@preau/anonymisation";
import { controllerId } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { untilInterrupted } from "./export-interrupt.ts";
import { releaseText } from "./export-release-report.ts";
import { terminalLanguage } from "./report-error.ts";

export interface ReleaseArguments {
  readonly plan?: string;
  readonly table?: string;
  readonly controller?: string;
  readonly out?: string;
  readonly instruction?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const MOST_BYTES = 131_072;

/** 0 anonymised, 1 pseudonymised and refused. @throws what cannot be asked: 2, nothing entered */
export async function exportReleaseCommand(
  context: CommandContext,
  given: ReleaseArguments,
): Promise<number> {
  if (given.plan === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--plan" });
  if (given.out === undefined && given.dryRun !== true) throw fault("HUB_BAD_ARGUMENT", { place: "--out" });
  const plan = planIn(context, given.plan);
  const { controller, table, instruction } = given;
  if (table !== undefined && controller === undefined)
    throw fault("HUB_BAD_ARGUMENT", { place: "--table --controller" });
  const of = controller === undefined ? undefined : controllerId(controller);
  const out = path.resolve(context.cwd, given.out ?? "");
  return untilInterrupted((signal) =>
    withHub(context, {}, async (hub) => {
      const request: ReleaseRequest = {
        ...{ plan, out, signal, by: { role: "operations" } },
        ...(instruction === undefined ? {} : { instruction }),
        ...(of === undefined ? {} : { controllers: [of] }),
        ...(table === undefined || of === undefined
          ? {}
          : { file: { path: path.resolve(context.cwd, table), controller: of, origin: "service" } }),
      };
      const { dryRun, json } = given;
      const release =
        dryRun === true ? await tryRelease(hub.ports, request) : await makeRelease(hub.ports, request);
      await hub.sequencer.runOnce();
      const schema = dryRun === true ? "preau.release-try/1" : "preau.release/1";
      if (json === true) context.out(`${JSON.stringify({ schema, ...release })}\n`);
      else context.out(releaseText(release, terminalLanguage(context.environment)));
      return release.verdict === "anonymised" ? 0 : 1;
    }),
  );
}

/** Reads a plan without data: 0, or what is wrong with line and column. @throws ANONYMISATION_PLAN_INVALID, ANONYMISATION_PLAN_IDENTIFIES */
export function releaseCheckCommand(
  context: CommandContext,
  file: string,
  { json }: { readonly json?: boolean },
): number {
  const { id, title, purpose, columns, thresholds } = planIn(context, file);
  const language = terminalLanguage(context.environment);
  if (json === true)
    context.out(
      `${JSON.stringify({ schema: "preau.release-check/1", plan: id, purpose, columns: Object.keys(columns), thresholds })}\n`,
    );
  else context.out(`${id}  ${title[language]}  k=${thresholds.k} l=${thresholds.l}\n`);
  return 0;
}

/** @throws HUB_FILE_UNREADABLE, HUB_FILE_TOO_LARGE, and what is wrong with the plan */
function planIn({ cwd }: CommandContext, file: string): ReleasePlan {
  const place = path.basename(file);
  try {
    const at = path.resolve(cwd, file);
    if (statSync(at).size > MOST_BYTES) throw fault("HUB_FILE_TOO_LARGE", { place });
    return readPlan(readFileSync(at, "utf8"), place);
  } catch (cause) {
    if (cause instanceof Error && "syscall" in cause) throw fault("HUB_FILE_UNREADABLE", { place, cause });
    throw cause;
  }
}
