/** `preau gar doctor`: what would refuse a school's sign-ins tomorrow. */
import path from "node:path";
import { type GarFinding, type GarOptions, garDoctor, garPlugin } from "@preau/gar";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";

export interface GarDoctorArguments {
  readonly accept?: boolean;
  readonly json?: boolean;
}

/** 1 when something fails, 3 when something could not be measured, 0 otherwise. */
export function garDoctorCommand(context: CommandContext, given: GarDoctorArguments): Promise<number> {
  return withHub(context, {}, async ({ config, plugins, ports }) => {
    const options = plugins.find(({ plugin }) => plugin.id === garPlugin.id)?.options as GarOptions;
    const findings = await garDoctor(ports, options, {
      snapshotFile: path.join(config.data, "gar-accepted.json"),
      accept: given.accept === true,
    });
    if (given.json === true) context.out(`${JSON.stringify({ findings })}\n`);
    else context.out(report(findings, terminalLanguage(context.environment)));
    const has = (result: GarFinding["result"]) => findings.some((each) => each.result === result);
    if (has("FAIL")) return 1;
    return has("UNKNOWN") ? 3 : 0;
  });
}

/** A line a finding, and under those that are not well what to do; the same advice once in a row. */
function report(findings: readonly GarFinding[], language: "en" | "fr"): string {
  const rows = findings.map(({ result, about, evidence }) => [result, about, evidence[language]]);
  const lines = alignedTable(rows).split("\n");
  let last: string | undefined;
  return findings
    .map(({ result, remedy }, at) => {
      const advice = result === "PASS" ? undefined : remedy?.[language];
      const said = advice === undefined || advice === last ? "" : `         ${advice}\n`;
      last = advice;
      return `${lines[at] ?? ""}\n${said}`;
    })
    .join("");
}
