/**
 * What the hub is told: `preau.yaml` and the environment (INTERFACES, *Start*). Unknown keys are refused with their
 * line; secrets never stand in the file or on the command line.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { isLoopback } from "@preau/web";
import { type ConfigFile, parseConfigFile, type ReadConfigFile } from "./config-file.ts";
import { fault } from "./errors.ts";

export interface Config extends ConfigFile {
  readonly placeOf: ReadConfigFile["placeOf"];
  /** Absolute folder that relative paths of the file start from. */
  readonly folder: string;
  /** Absolute data folder. */
  readonly data: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly databasePassword: string | undefined;
  /** Absolute folder of the list of whom to erase again after a restore: beside the data, never in it. */
  readonly replayFolder: string;
  /** The key store: a database of its own. */
  readonly keysUrl: string;
  readonly keysPassword: string | undefined;
  readonly publicUrl: string;
  /** What the environment says to a plugin, before the file. */
  readonly overrides: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Options that only the environment says. */
const SECRETS = { mailer: ["password", "apiKey", "hookSecret"], "support-bridge": ["key", "hookSecret"] };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment and the file it names. A default file that is missing is an empty one; a named one is an error.
 * @throws HUB_CONFIG_INVALID with file, line and column; HUB_FILE_UNREADABLE
 */
export function readConfig(given: Environment, cwd: string): Config {
  // An empty variable is one that is not set.
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const named = environment["PREAU_CONFIG"];
  const file = path.resolve(cwd, named ?? "preau.yaml");
  const { values: written, placeOf } = parseConfigFile(file, readText(file, named === undefined));
  const values = { ...written, plugins: withWholePaths(written.plugins, path.dirname(file)) };
  const port = readPort(environment["PREAU_PORT"] ?? "8700");
  const data = path.resolve(cwd, environment["PREAU_DATA"] ?? ".preau");
  const publicUrl = values.publicUrl ?? `http://127.0.0.1:${port}`;
  if (values.demonstration && !isLoopback(new URL(publicUrl).hostname))
    throw fault("HUB_CONFIG_INVALID", { place: placeOf(["demonstration"]) });
  // Secrets stand in no configuration: a file of its own, or the environment.
  for (const [plugin, secrets] of Object.entries(SECRETS))
    for (const secret of secrets)
      if (values.plugins[plugin]?.[secret] !== undefined)
        throw fault("HUB_CONFIG_INVALID", { place: placeOf(["plugins", plugin, secret]) });
  return {
    ...values,
    ...staffNetworksOf(values, publicUrl),
    placeOf,
    folder: path.dirname(file),
    data,
    replayFolder: path.resolve(
      ...(environment["PREAU_REPLAY_LIST"] === undefined
        ? [path.dirname(file), values.replayList ?? `${data}-replay`]
        : [cwd, environment["PREAU_REPLAY_LIST"]]),
    ),
    port,
    databaseUrl: environment["PREAU_DB"] ?? `sqlite:${path.join(data, "hub.sqlite")}`,
    databasePassword: readSecret(environment, "PREAU_DB_PASSWORD"),
    keysUrl: environment["PREAU_KEYS_DB"] ?? `sqlite:${path.join(data, "keys.sqlite")}`,
    keysPassword: readSecret(environment, "PREAU_KEYS_DB_PASSWORD"),
    publicUrl,
    overrides: {
      accounts: { demonstration: values.demonstration },
      "data-export": { folder: path.join(data, "exports"), publicUrl },
      instructions: { publicUrl },
      subprocessors: { publicUrl },
      "data-subject-requests": { publicUrl },
      mailer: {
        publicUrl,
        demonstration: values.demonstration,
        ...optional("password", readSecret(environment, "PREAU_SMTP_PASSWORD")),
        ...optional("apiKey", readSecret(environment, "PREAU_BREVO_API_KEY")),
        // The file is read anew at every hook, and may hold two lines: its name is handed on, not its first line.
        ...optional("hookSecretFile", environment["PREAU_MAIL_HOOK_SECRET_FILE"]),
        ...optional("hookSecret", environment["PREAU_MAIL_HOOK_SECRET"]),
      },
      "support-bridge": {
        // What the file says of a desk is not mixed with another's.
        ...(values.plugins["support-bridge"]?.["desk"] === undefined ? deskOf(environment) : {}),
        ...optional("key", readSecret(environment, "PREAU_SUPPORT_KEY")),
        ...optional("hookSecretFile", environment["PREAU_SUPPORT_HOOK_SECRET_FILE"]),
        ...optional("hookSecret", environment["PREAU_SUPPORT_HOOK_SECRET"]),
      },
      gar: {
        publicUrl,
        keyFile: path.join(data, "gar.pem"),
        ...optional("idpMetadata", environment["PREAU_GAR_IDP_METADATA"]),
        ...optional("entityId", environment["PREAU_GAR_ENTITY_ID"]),
        ...part(values.plugins["gar"], "oidc", {
          ...optional("issuer", environment["PREAU_GAR_OIDC_ISSUER"]),
          ...optional("clientId", environment["PREAU_GAR_OIDC_CLIENT_ID"]),
          ...optional("clientSecretFile", environment["PREAU_GAR_OIDC_CLIENT_SECRET_FILE"]),
          ...optional("idRessource", environment["PREAU_GAR_OIDC_ID_RESSOURCE"]),
        }),
        ...part(values.plugins["gar"], "cas", {
          ...optional("server", environment["PREAU_GAR_CAS_SERVER"]),
          ...optional("caFile", environment["PREAU_GAR_CAS_CA_FILE"]),
        }),
      },
    },
  };
}

/**
 * The hub listens on the loopback: a public address has a proxy before it. Where the proxy's word is not taken, everybody
 * seems to come from this machine, and the default network would be the whole world: none is left. Towards DD.6.
 */
function staffNetworksOf({ staffNetworks, trustProxy }: ConfigFile, publicUrl: string) {
  const unknown = trustProxy === false && !isLoopback(new URL(publicUrl).hostname);
  return staffNetworks === undefined && unknown ? { staffNetworks: [] } : {};
}

/** A desk that the environment names: the simulated one, in a demonstration. */
function deskOf(environment: Environment): Readonly<Record<string, string>> {
  return {
    ...optional("desk", environment["PREAU_SUPPORT_DESK"]),
    ...optional("website", environment["PREAU_SUPPORT_WEBSITE"]),
    ...optional("api", environment["PREAU_SUPPORT_API"]),
    ...optional("identifier", environment["PREAU_SUPPORT_IDENTIFIER"]),
    ...optional("chat", environment["PREAU_SUPPORT_CHAT"]),
  };
}

function optional(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [name]: value };
}

/** Files that a plugin's options name (`keyFile`, `caFile`, `idpMetadata`) stand beside `preau.yaml`, wherever we are started. */
function withWholePaths<T>(value: T, folder: string): T {
  if (Array.isArray(value)) return value.map((each: unknown) => withWholePaths(each, folder)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]: [string, unknown]) => {
    const isPath =
      typeof each === "string" && (/File$/.test(name) || name === "idpMetadata") && !/^[a-z]+:/i.test(each);
    return [name, isPath ? path.resolve(folder, each) : withWholePaths(each, folder)] as const;
  });
  return Object.fromEntries(entries) as T;
}

/** A part of a plugin's options: what the environment says of it, before what the file says; nothing where it says nothing. */
function part(
  written: Readonly<Record<string, unknown>> | undefined,
  name: string,
  said: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  if (Object.keys(said).length === 0) return {};
  const inFile = written?.[name];
  return { [name]: { ...(typeof inFile === "object" ? inFile : {}), ...said } };
}

/** A secret from `NAME_FILE` (its first line) or `NAME`. @throws HUB_FILE_UNREADABLE */
export function readSecret(environment: Environment, name: string): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file === undefined) return environment[name];
  try {
    return readFileSync(file, "utf8").split(/\r?\n/, 1)[0];
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: `${name}_FILE`, cause });
  }
}

function readText(file: string, mayBeMissing: boolean): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    if (missing && mayBeMissing) return "";
    throw fault("HUB_FILE_UNREADABLE", { place: path.basename(file), cause });
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw fault("HUB_CONFIG_INVALID", { place: "PREAU_PORT" });
  return port;
}
