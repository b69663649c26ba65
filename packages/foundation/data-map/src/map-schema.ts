/**
 * The shape of a data map: where personal data stands in one application's database, and what becomes of it. The file
 * is YAML; docs/data-map.md explains it with an example. Names of tables are without the site's prefix.
 */
import { z } from "zod";
import { lifecycleSchema } from "./lifecycle-schema.ts";
import {
  bilingualSchema as bilingual,
  nameSchema as name,
  parentSchema as parent,
  scalarSchema as scalar,
  textSchema as text,
  whereSchema as where,
} from "./map-words.ts";
import { projectsSchema } from "./project-schema.ts";

export type { Parent, Scalar, Where } from "./map-words.ts";

const strategy = z.union([
  /** NULL. */
  z.null(),
  /** NULL where the column allows it, else 0 for numbers and '' for texts. */
  z.literal("empty"),
  /** A random text, one a person and plan. */
  z.literal("token"),
  /** A random number below -1,000,000,000, one a person and plan: no row of the person table has it. */
  z.literal("numberToken"),
  /** Always this value. */
  z.strictObject({ constant: scalar }),
  /** A random text after a prefix. */
  z.strictObject({ token: z.string().max(20) }),
  /** A value of the site's own, read when planning: its guest account, for example. */
  z.strictObject({ lookup: z.strictObject({ table: name, column: name, where }) }),
  /** The same JSON with all texts emptied, and numbers that are the person's key set to 0; keys and shape stay. */
  z.strictObject({ jsonRedact: z.strictObject({ keep: z.array(text), otherwise: scalar }) }),
]);

const keep = z.strictObject({ reason: text, clause: text, until: text.optional() });
const verdict = z.union([
  z.literal("erase"),
  z.strictObject({ anonymise: z.record(name, strategy) }),
  z.strictObject({ keep }),
]);

const rule = z.strictObject({
  by: name,
  where: where.optional(),
  of: parent.optional(),
  verdict,
  grounds: z
    .strictObject({
      "account-deleted": verdict.optional(),
      instruction: verdict.optional(),
      retention: verdict.optional(),
      "contract-end": verdict.optional(),
    })
    .optional(),
});

/** What becomes of a planned person's name or address found in a row that is not about that person. */
const mention = z.enum(["redact", "keep"]);

const table = z.strictObject({
  category: text,
  purpose: text,
  rows: z.array(rule).default([]),
  /** All text columns of the table, or each by name. */
  texts: z.union([mention, z.record(name, mention)]).optional(),
  /** Columns whose name looks like a reference to a person and is none. */
  notReferences: z.array(name).default([]),
});

const referenceNames = z.array(z.string().regex(/^[A-Za-z0-9_*]{1,64}$/)).default([]);

/** What a site adds to a map: tables of its own, and rows, texts or names beside those of a table that is there. */
export const extensionSchema = z.strictObject({
  referenceNames,
  tables: z.record(name, table.partial({ category: true, purpose: true })),
});

/** Whether a text is a pattern that can yield a part. */
function hasGroup(pattern: string): boolean {
  try {
    return (new RegExp(`${pattern}|`, "u").exec("")?.length ?? 0) > 1;
  } catch {
    return false;
  }
}

const identity = z.union([
  z.strictObject({
    column: name,
    trace: z.enum(["login", "email", "number", "telephone"]),
    /** What of the value is the identifier: the first group of this pattern. A value that does not match has none. */
    part: z.string().refine(hasGroup, "a regular expression with a group").optional(),
  }),
  z.strictObject({ columns: z.array(name).min(2).max(3), trace: z.literal("name") }),
  z.strictObject({ table: name, by: name, column: name, trace: z.literal("detect") }),
]);

const restriction = z.strictObject({
  /** Columns of the person's row while restricted. */
  set: z.record(name, scalar),
  /** Their values once lifted, where no mark remembers them. */
  clear: z.record(name, scalar).optional(),
  /** A row of the application's own that says so, and remembers the values from before. */
  mark: z.strictObject({ table: name, by: name, values: z.record(name, scalar), remembers: name }).optional(),
});

export const mapSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, "lower case, digits, dots, hyphens"),
  title: bilingual,
  application: z.strictObject({ name: text, versions: z.array(text).min(1) }),
  tablePrefix: z
    .string()
    .regex(/^[A-Za-z0-9_]{0,20}$/)
    .default(""),
  subject: z.strictObject({
    kind: text,
    table: name,
    key: name,
    /** When the row was made: a restored row is known by it. Without it nobody can be erased again after a restore. */
    created: name.optional(),
    identity: z.array(identity).min(1),
    restriction: restriction.optional(),
  }),
  /** Who has an account, since when it rests, what goes by its age, who may enter. */
  lifecycle: lifecycleSchema.optional(),
  /** What a teacher calls a class, a course, the school, and which rows are part of it. */
  projects: projectsSchema.optional(),
  /** Why mentions marked `keep` stay. */
  mentions: keep.optional(),
  /** Names of columns that refer to a person in this application; `*` stands for any characters. */
  referenceNames,
  tables: z.record(name, table),
});

export type DataMap = z.infer<typeof mapSchema>;
export type MapExtension = z.infer<typeof extensionSchema>;
export type MapTable = DataMap["tables"][string];
export type MapRule = MapTable["rows"][number];
export type MapVerdict = MapRule["verdict"];
export type Strategy = z.infer<typeof strategy>;
export type Mention = z.infer<typeof mention>;
export type Identity = z.infer<typeof identity>;
export type KeepReason = z.infer<typeof keep>;
