/** `preau mail doctor`: what keeps messages from arriving, or keeps more of them at the provider than it should. */
import { Resolver } from "node:dns/promises";
import type { Language } from "@preau/kernel";
import { type MailFinding, mailDoctor } from "@preau/mailer";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { mailOptionsOf } from "./mail-options.ts";
import { terminalLanguage } from "./report-error.ts";

const PATIENCE_MS = 5_000;

/** 1 when something fails, 3 when something is not known, 0 otherwise. */
export function mailDoctorCommand(
  context: CommandContext,
  given: { readonly json?: boolean },
): Promise<number> {
  return withHub(context, {}, async (hub) => {
    const findings = await mailDoctor(hub.ports, mailOptionsOf(hub), resolverOf(context));
    if (given.json === true) context.out(`${JSON.stringify({ findings })}\n`);
    else context.out(report(findings, terminalLanguage(context.environment)));
    const has = (result: MailFinding["result"]) => findings.some((each) => each.result === result);
    if (has("FAIL")) return 1;
    return has("UNKNOWN") ? 3 : 0;
  });
}

/** The machine's own resolvers; others (`PREAU_DNS=192.0.2.53,…`) where those see a network of their own. */
function resolverOf({ environment }: CommandContext): Resolver {
  const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 2 });
  const servers = (environment["PREAU_DNS"] ?? "").split(/[\s,]+/).filter(Boolean);
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

/** A line a finding, and under those that are not well what to do. */
function report(findings: readonly MailFinding[], language: Language): string {
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
