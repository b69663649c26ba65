/** `preau.yaml`: its keys, and the line and column of what is wrong in it. Its guide is the hub's README. */
import path from "node:path";
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import { z } from "zod";
import { declaredControllerSchema } from "./declared-controllers.ts";
import { fault } from "./errors.ts";

const lmsSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    /** `moodle` knows its map and its files by itself; `map` is any application that its data map alone describes. */
    kind: z.enum(["map", "moodle"]).default("map"),
    /** The controller whose LMS it is. */
    controller: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    /** The data map that says where personal data stands; Moodle's own when absent. Relative to the configuration file. */
    map: z.string().optional(),
    /** A file whose `tables:` add to the map: a site's own plugins. */
    mapExtra: z.string().optional(),
    /** Prefix of the site's tables; the map's own when absent. */
    tablePrefix: z
      .string()
      .regex(/^[A-Za-z0-9_]{0,30}$/)
      .optional(),
    /** Moodle's `$CFG->dataroot`; without it content files are listed as not covered. */
    moodledata: z.string().optional(),
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
  })
  .refine(({ kind, map }) => kind === "moodle" || map !== undefined, { path: ["map"] });

const fileSchema = z.strictObject({
  /** Where browsers reach the hub. `http://127.0.0.1:<port>` by default. */
  publicUrl: z.url().optional(),
  /** Name in the page header and in the journal's origin line. */
  name: z.string().min(1).max(80).default("preau"),
  /** Folder of the agreement in force; the one that ships with Préau by default. */
  agreement: z.string().optional(),
  /** Hours until the last backup of the key store is gone; 0 when none is made. Receipts say UNKNOWN until it is told. */
  keyBackupHours: z.union([z.int().min(0), z.literal("unknown")]).default("unknown"),
  /** Folder of the list of whom to erase again after a restore: outside every backup. `<data>-replay` by default. */
  replayList: z.string().min(1).optional(),
  /** Addresses of the reverse proxies in front, whose X-Forwarded-For is believed; none by default. */
  trustProxy: z
    .union([z.literal(false), z.int().min(1).max(4), z.array(z.string().min(1)).min(1)])
    .default(false),
  /** Networks from which staff may come (DD.6), as CIDR blocks; the loopback alone by default, where it can be told. */
  staffNetworks: z.array(z.string().min(1)).min(1).optional(),
  /** Controllers to register at the first start, with their officers and contracts. */
  controllers: z.array(declaredControllerSchema).default([]),
  /** The LMSs whose personal data Préau reaches. */
  lms: z.array(lmsSchema).default([]),
  /** Invented accounts with public passwords, told on the sign-in page. Refused unless `publicUrl` is this machine. */
  demonstration: z.boolean().default(false),
  /** Where the demonstration's school is shown, for the home page. */
  demoSchoolUrl: z.url().optional(),
  demoMediacentreUrl: z.url().optional(),
  /** One key a plugin, read by that plugin. */
  plugins: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

export type LmsConfig = z.infer<typeof lmsSchema>;
export type ConfigFile = z.infer<typeof fileSchema>;

export interface ReadConfigFile {
  readonly values: ConfigFile;
  /** `preau.yaml:12:3 plugins.gar.product`, for what a plugin finds wrong in its part. */
  readonly placeOf: (at: readonly PropertyKey[], unknownKey?: string) => string;
}

/** @throws HUB_CONFIG_INVALID with file, line, column and key */
export function parseConfigFile(file: string, text: string): ReadConfigFile {
  const name = path.basename(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const place = (offset: number, at: readonly PropertyKey[] = []) => {
    const { line, col } = lines.linePos(offset);
    const where = at.length === 0 ? "" : ` ${at.map(String).join(".")}`;
    return `${name}:${line}:${col}${where}`;
  };
  const placeOf: ReadConfigFile["placeOf"] = (at, key) =>
    place(offsetOf(document, at, key), key === undefined ? at : [...at, key]);

  const broken = document.errors[0];
  if (broken !== undefined) throw fault("HUB_CONFIG_INVALID", { place: place(broken.pos[0]) });
  let values: unknown;
  try {
    values = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    throw fault("HUB_CONFIG_INVALID", { place: place(firstAlias(document)) }); // no anchor, or too many
  }
  const read = fileSchema.safeParse(values ?? {});
  if (!read.success) throw fault("HUB_CONFIG_INVALID", { place: placeOfIssue(placeOf, read.error) });
  return { values: read.data, placeOf };
}

/** Where the first thing stands that a schema refuses, below `prefix`. */
export function placeOfIssue(
  placeOf: ReadConfigFile["placeOf"],
  { issues }: z.ZodError,
  prefix: readonly PropertyKey[] = [],
): string {
  const issue = issues[0];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  return placeOf([...prefix, ...(issue?.path ?? [])], unknown);
}

const MOST_ALIASES = 20;

function firstAlias(document: Document): number {
  let found = 0;
  visit(document, {
    Alias: (_key, node) => {
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Where the value of a path stands, or a key in it; where the last of its parents stands when it is not there. */
function offsetOf(document: Document, at: readonly PropertyKey[], key?: string): number {
  let node: unknown = document.contents;
  for (const step of at) {
    const next = isMap(node)
      ? pairOf(node, String(step))?.value
      : isSeq(node)
        ? node.items[Number(step)]
        : undefined;
    if (!isNode(next)) break;
    node = isAlias(next) ? (next.resolve(document) ?? next) : next;
  }
  const named = key !== undefined && isMap(node) ? pairOf(node, key)?.key : undefined;
  const place = isNode(named) ? named : node;
  return isNode(place) ? (place.range?.[0] ?? 0) : 0;
}

function pairOf(map: YAMLMap, key: string) {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}
