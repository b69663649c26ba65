/**
 * Who may call the desk, and with what it signs. Secrets are made at the first start, in files of the data folder for their
 * owner alone; the hub reads the same files.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SimulatorOptions } from "../simulator.ts";

export interface Credentials {
  readonly websiteId: string;
  readonly pluginId: string;
  /** Of the plugin's token pair. */
  readonly identifier: string;
  readonly key: string;
  /** Signs the plugin's hooks. */
  readonly hookSecret: string;
  /** The one that the publisher rotates to. */
  readonly nextHookSecret: string;
  /** `?key=` of the website's hook. */
  readonly urlKey: string;
  readonly files: CredentialFiles;
}

interface CredentialFiles {
  readonly key: string;
  readonly hookSecret: string;
  readonly nextHookSecret: string;
  readonly urlKey: string;
}

const WEBSITE_ID = "5f0c2b9e-7a41-4d36-9f18-2c6e8d03b7a5";
const PLUGIN_ID = "c1d7e4a8-30b6-4f95-8b2d-91a64e7f5c02";
const IDENTIFIER = "e83f6a17-5d2c-4b09-a7e4-60c9d1b8f3a2";

export async function credentialsIn({
  dataFolder,
  environment,
}: Pick<SimulatorOptions, "dataFolder" | "environment">): Promise<Credentials> {
  const folder = join(dataFolder, "desk");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: CredentialFiles = {
    key: environment["PREAU_SIM_DESK_KEY_FILE"] ?? join(folder, "plugin-key"),
    hookSecret: environment["PREAU_SIM_DESK_HOOK_SECRET_FILE"] ?? join(folder, "hook-secret"),
    nextHookSecret: environment["PREAU_SIM_DESK_NEXT_HOOK_SECRET_FILE"] ?? join(folder, "hook-secret-next"),
    urlKey: environment["PREAU_SIM_DESK_HOOK_KEY_FILE"] ?? join(folder, "website-hook-key"),
  };
  const [key, hookSecret, nextHookSecret, urlKey] = await Promise.all([
    secretIn(files.key),
    secretIn(files.hookSecret),
    secretIn(files.nextHookSecret),
    secretIn(files.urlKey),
  ]);
  return {
    websiteId: environment["PREAU_SIM_DESK_WEBSITE"] ?? WEBSITE_ID,
    pluginId: PLUGIN_ID,
    identifier: environment["PREAU_SIM_DESK_IDENTIFIER"] ?? IDENTIFIER,
    ...{ key, hookSecret, nextHookSecret, urlKey, files },
  };
}

/** Made once, for its owner alone: 64 characters of hex, as the real desk's are. */
async function secretIn(file: string): Promise<string> {
  try {
    await writeFile(file, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return (await readFile(file, "utf8")).trim();
}
