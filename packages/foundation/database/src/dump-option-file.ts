/**
 * Where the dump program reads address, account and password: an option file that has no name any more. Neither the
 * process list nor the environment has the password, and whatever ends us leaves no file behind.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { MysqlTarget } from "./database-url.ts";
import type { DumpTool } from "./dump-tool.ts";

export interface OptionFile {
  /** To be given to the program as its descriptor 3. */
  readonly descriptor: number;
  close(): void;
}

/** The argument by which the program reads what stands behind its descriptor 3, and no other option file. */
export const OPTION_FILE_ARGUMENT = "--defaults-file=/dev/fd/3";

/** Makes it: for this user alone (0600 in a folder of 0700), and unlinked before anything is written into it. */
export function makeOptionFile(
  target: MysqlTarget,
  password: string | undefined,
  tool: DumpTool,
): OptionFile {
  const folder = mkdtempSync(path.join(tmpdir(), "preau-dump-"));
  let descriptor: number;
  try {
    descriptor = openSync(path.join(folder, "options"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeSync(descriptor, optionsText(target, password, tool), 0);
  return { descriptor, close: () => closeSync(descriptor) };
}

function optionsText(target: MysqlTarget, password: string | undefined, tool: DumpTool): string {
  const lines = [
    "[client]",
    `host=${quoted(target.host)}`,
    `port=${target.port}`,
    "protocol=tcp",
    `user=${quoted(target.user)}`,
    ...(password === undefined ? [] : [`password=${quoted(password)}`]),
    ...tlsLines(target.tls, tool),
  ];
  return `${lines.join("\n")}\n`;
}

function tlsLines(verify: boolean, { kind }: DumpTool): readonly string[] {
  if (kind === "mysql") return verify ? ["ssl-mode=VERIFY_IDENTITY"] : ["loose-get-server-public-key"];
  return verify ? ["ssl", "ssl-verify-server-cert"] : ["skip-ssl"];
}

/** A value as option files spell it: `#`, quotes and spaces are the password's own. */
function quoted(value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return `"${escaped.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
}
