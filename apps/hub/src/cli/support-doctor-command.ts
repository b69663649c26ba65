/** `preau support doctor`: what keeps support from reaching whom it may, or lets it reach whom it must not. */
import type { Language } from "@preau/kernel";
import { type SupportFinding, supportDoctor } from "@preau/support-bridge";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";
import { supportOptionsOf } from "./support-options.ts";

/** 1 when something fails, 3 when something is not known, 0 otherwise. */
export function supportDoctorCommand(
  context: CommandContext,
  given: { readonly json?: boolean },
): Promise<number> {
  return withHub(context, {}, async (hub) => {
    const findings = await supportDoctor(hub.ports, supportOptionsOf(hub));
    if (given.json === true) context.out(`${JSON.stringify({ schema: "preau.support/1", findings })}\n`);
    else context.out(report(findings, terminalLanguage(context.environment)));
    const has = (result: SupportFinding["result"]) => findings.some((each) => each.result === result);
    if (has("FAIL")) return 1;
    return has("UNKNOWN") ? 3 : 0;
  });
}

/** A line a finding, and under those that are not well what to do. */
function report(findings: readonly SupportFinding[], language: Language): string {
  const lines = alignedTable(
    findings.map(({ result, check, evidence }) => [result, check, evidence[language]]),
  ).split("\n");
  return findings
    .map(({ result, remedy }, at) => {
      const advice = result === "PASS" || remedy === undefined ? "" : `         ${remedy[language]}\n`;
      return `${lines[at] ?? ""}\n${advice}`;
    })
    .join("");
}
