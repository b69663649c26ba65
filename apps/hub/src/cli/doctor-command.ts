/** `preau doctor`: what is weak in this installation, with the evidence and the remedy. */
import { statSync } from "node:fs";
import path from "node:path";
import { isFault } from "@preau/kernel";
import type { Config } from "../config.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, configOf, withHub } from "./command-context.ts";
import { backupFindings, delayFindings } from "./doctor-backups.ts";
import { exportFindings } from "./doctor-exports.ts";
import { mailFindings } from "./doctor-mail.ts";
import { annexFindings } from "./doctor-subprocessors.ts";

export interface Finding {
  readonly check: string;
  readonly result: "PASS" | "WARN" | "FAIL";
  readonly evidence: string;
  readonly remedy?: string;
}

/** 0 when nothing fails, 1 otherwise. */
export async function doctorCommand(
  context: CommandContext,
  options: { readonly json?: boolean },
): Promise<number> {
  const config = configOf(context);
  const findings = [
    ...configFindings(config),
    ...(await hubFindings(context)),
    ...fileFindings(config),
    ...backupFindings(config),
    ...exportFindings(config, context.environment),
  ];
  if (options.json === true) {
    context.out(`${JSON.stringify({ findings })}\n`);
  } else {
    for (const each of findings) {
      context.out(`${each.result}  ${each.check.padEnd(20)} ${each.evidence}\n`);
      if (each.remedy !== undefined && each.result !== "PASS") context.out(`      ${each.remedy}\n`);
    }
  }
  return findings.some((each) => each.result === "FAIL") ? 1 : 0;
}

function configFindings(config: Config): readonly Finding[] {
  const secure = config.publicUrl.startsWith("https:");
  const loopback = ["127.0.0.1", "localhost", "[::1]"].includes(new URL(config.publicUrl).hostname);
  return [
    {
      check: "encrypted transport",
      result: secure || loopback ? "PASS" : "FAIL",
      evidence: `publicUrl is ${secure ? "https" : loopback ? "http on the loopback" : "http"}`,
      remedy: "Put a reverse proxy with TLS in front and set publicUrl to its https address (DD.9).",
    },
    {
      check: "demonstration",
      result: config.demonstration ? "WARN" : "PASS",
      evidence: config.demonstration ? "on: accounts with public passwords exist" : "off",
      remedy: "Take `demonstration` out of preau.yaml before anybody real uses it.",
    },
    {
      check: "keys apart",
      result: config.keysUrl === config.databaseUrl ? "FAIL" : "PASS",
      evidence: config.keysUrl === config.databaseUrl ? "keys stand in the data's database" : "own database",
      remedy:
        "Set PREAU_KEYS_DB to a database of its own: keys that are backed up with the data cannot be destroyed.",
    },
    {
      check: "key backups",
      result: config.keyBackupHours === "unknown" ? "WARN" : "PASS",
      evidence: `keyBackupHours is ${config.keyBackupHours}`,
      remedy:
        "Say in preau.yaml after how many hours the last backup of the key store is gone; receipts say UNKNOWN until then.",
    },
    {
      check: "database password",
      result:
        config.databasePassword === undefined && config.databaseUrl.startsWith("mysql:") ? "WARN" : "PASS",
      evidence: config.databaseUrl.startsWith("mysql:") ? "a server" : "embedded",
      remedy: "Give the account a password and name its file in PREAU_DB_PASSWORD_FILE.",
    },
  ];
}

async function hubFindings(context: CommandContext): Promise<readonly Finding[]> {
  const check = "opens";
  try {
    return await withHub(context, {}, async (hub) => [
      { check, result: "PASS" as const, evidence: `${hub.plugins.length} plugins, ${hub.lms.length} LMS` },
      ...delayFindings(hub),
      ...(await mailFindings(hub)),
      ...(await annexFindings(hub)),
      await knownList(hub),
    ]);
  } catch (error) {
    const code = isFault(error) ? error.code : "UNEXPECTED";
    const remedy = isFault(error) ? error.remedy("en") : undefined;
    return [{ check, result: "FAIL", evidence: code, ...(remedy === undefined ? {} : { remedy }) }];
  }
}

/** Whether the replay list is the one that this installation has written to. */
async function knownList(hub: Hub): Promise<Finding> {
  const check = "replay list known";
  try {
    await hub.replay.assertThere();
    return { check, result: "PASS", evidence: "the one that was written to, or none was yet" };
  } catch (error) {
    const remedy = isFault(error) ? error.remedy("en") : undefined;
    const evidence = isFault(error) ? error.code : "UNEXPECTED";
    return { check, result: "FAIL", evidence, ...(remedy === undefined ? {} : { remedy }) };
  }
}

function fileFindings(config: Config): readonly Finding[] {
  return ["", "root.key", "journal.key", "form.key", "link.key", "gar.pem", "hub.sqlite", "keys.sqlite"].map(
    (name) => {
      const file = path.join(config.data, name);
      const check = name === "" ? "data folder" : name;
      try {
        const open = (statSync(file).mode & 0o077) !== 0;
        return {
          check,
          result: open ? "FAIL" : "PASS",
          evidence: open ? "open to other users" : "closed to other users",
          remedy: `Run chmod ${name === "" ? "700" : "600"} on it.`,
        };
      } catch {
        return { check, result: "WARN", evidence: "not there yet", remedy: "It is made at the first start." };
      }
    },
  );
}
