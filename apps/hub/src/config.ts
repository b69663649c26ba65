/**
 * What the hub is told: `preau.yaml` and the environment (INTERFACES, *Start*). Unknown keys are refused with their
 * line; secrets never stand in the file or on the command line.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { fault } from "./errors.ts";

const lmsSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** The controller whose LMS it is. */
  controller: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  /** The data map that says where personal data stands. Relative to the configuration file. */
  map: z.string(),
  /** `sqlite:PATH` (relative to the data folder) or `mysql://user@host:port/name`. */
  database: z.string(),
  /** How a sign-in finds its account: the column that holds the sign-in identifier. */
  signIn: z
    .strictObject({
      identifier: z.string(),
      table: z.string().regex(/^\w+$/),
      column: z.string().regex(/^\w+$/),
      key: z.string().regex(/^\w+$/),
    })
    .optional(),
});

const fileSchema = z.strictObject({
  /** Where browsers reach the hub. `http://127.0.0.1:<port>` by default. */
  publicUrl: z.url().optional(),
  /** Name in the page header and in the journal's origin line. */
  name: z.string().min(1).max(80).default("preau"),
  /** Folder of the agreement in force; the one that ships with Préau by default. */
  agreement: z.string().optional(),
  /** Hours until the last backup of the key store is gone; 0 when none is made. Receipts say UNKNOWN until it is told. */
  keyBackupHours: z.union([z.int().min(0), z.literal("unknown")]).default("unknown"),
  /** The LMSs whose personal data Préau reaches. */
  lms: z.array(lmsSchema).default([]),
  /** Where the demonstration's school is shown, for the home page. */
  demoSchoolUrl: z.url().optional(),
  /** One key a plugin, read by that plugin. */
  plugins: z.record(z.string(), z.unknown()).default({}),
});

export type LmsConfig = z.infer<typeof lmsSchema>;
export interface Config extends z.infer<typeof fileSchema> {
  /** Absolute folder that relative paths of the file start from. */
  readonly folder: string;
  /** Absolute data folder. */
  readonly data: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly databasePassword: string | undefined;
  /** The key store: a database of its own. */
  readonly keysUrl: string;
  readonly keysPassword: string | undefined;
  readonly publicUrl: string;
  /** What the environment says to a plugin, before the file. */
  readonly overrides: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment and the file it names. A default file that is missing is an empty one; a named one is an error.
 * @throws HUB_CONFIG_INVALID with file, line and column; HUB_FILE_UNREADABLE
 */
export function readConfig(environment: Environment, cwd: string): Config {
  const named = environment["PREAU_CONFIG"];
  const file = path.resolve(cwd, named ?? "preau.yaml");
  const values = parseFile(file, readText(file, named === undefined));
  const port = readPort(environment["PREAU_PORT"] ?? "8700");
  const data = path.resolve(cwd, environment["PREAU_DATA"] ?? ".preau");
  const publicUrl = values.publicUrl ?? `http://127.0.0.1:${port}`;
  return {
    ...values,
    folder: path.dirname(file),
    data,
    port,
    databaseUrl: environment["PREAU_DB"] ?? `sqlite:${path.join(data, "hub.sqlite")}`,
    databasePassword: readSecret(environment, "PREAU_DB_PASSWORD"),
    keysUrl: environment["PREAU_KEYS_DB"] ?? `sqlite:${path.join(data, "keys.sqlite")}`,
    keysPassword: readSecret(environment, "PREAU_KEYS_DB_PASSWORD"),
    publicUrl,
    overrides: {
      gar: {
        publicUrl,
        keyFile: path.join(data, "gar.pem"),
        ...optional("idpMetadata", environment["PREAU_GAR_IDP_METADATA"]),
        ...optional("entityId", environment["PREAU_GAR_ENTITY_ID"]),
      },
    },
  };
}

function optional(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined || value === "" ? {} : { [name]: value };
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

function parseFile(file: string, text: string): z.infer<typeof fileSchema> {
  const name = path.basename(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw fault("HUB_CONFIG_INVALID", { place: `${name}:${line}:${col}` });
  }
  const read = fileSchema.safeParse(document.toJS({ maxAliasCount: 20 }) ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const at = issue?.path ?? [];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const node = document.getIn([...at, ...unknown], true) as { range?: [number, number, number] } | undefined;
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
  throw fault("HUB_CONFIG_INVALID", { place: `${name}:${line}:${col} ${[...at, ...unknown].join(".")}` });
}
