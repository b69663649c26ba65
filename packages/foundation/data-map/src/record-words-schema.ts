/**
 * The shape of a map's words: what a reader calls its tables and columns, and what a copy for a person needs beyond the
 * map. The file is YAML and stands beside the map; names of tables are without the site's prefix.
 */
import { z } from "zod";
import { bilingualSchema, nameSchema, parentSchema, textSchema, whereSchema } from "./map-words.ts";

const column = z.strictObject({
  fr: textSchema,
  en: textSchema,
  form: z
    .enum(["text", "html", "number", "yesNo", "unixSeconds", "isoMoment", "duration", "bytes", "technical"])
    .optional(),
  /** What the values of a closed list mean. */
  choices: z.record(z.string(), bilingualSchema).optional(),
});

/** A title in another table: the course of an enrolment's method. */
const next = z.strictObject({ table: nameSchema, key: nameSchema.default("id"), title: nameSchema });

const title = z.strictObject({
  table: nameSchema,
  key: nameSchema.default("id"),
  /** The column of the title, or with `of` the key of the row that has it. */
  title: nameSchema,
  of: next.optional(),
  /** Only in rows that have these values. */
  when: whereSchema.optional(),
});

/** A row of a table that names, by two columns, a row of one of many tables: Moodle's course modules. */
const titleByKind = z.strictObject({
  table: nameSchema,
  key: nameSchema.default("id"),
  /** The column that says which table, as a key of the table of kinds, whose `title` is the table's name. */
  kind: z.strictObject({ column: nameSchema, table: nameSchema, title: nameSchema }),
  /** The column that holds the key there. */
  instance: nameSchema,
  title: nameSchema,
  when: whereSchema.optional(),
});

const reference = z.union([title, titleByKind]);
const references = z.record(nameSchema, z.array(reference));

const table = z.strictObject({
  title: bilingualSchema.optional(),
  /** In the order in which a reader wants them; what is not named is technical. */
  columns: z.record(nameSchema, column).default({}),
  /** What its references are called, beside those of every table; an empty list for none. */
  names: references.default({}),
  /** Columns that are in no copy: hashes of passwords, tokens, what is computed from other persons' keys. */
  secrets: z.array(nameSchema).default([]),
  /** Columns that say something of the person in another column: they go when that is somebody else. */
  goesWith: z.record(nameSchema, nameSchema).default({}),
  /** Rows about a person that no rule of the map ends with: what others wrote to them. */
  alsoAbout: z
    .array(z.strictObject({ by: nameSchema, where: whereSchema.optional(), of: parentSchema.optional() }))
    .default([]),
});

/** A pattern whose first group is a person's key. */
const keyPattern = z.string().refine((pattern) => {
  try {
    return (new RegExp(`${pattern}|`, "u").exec("")?.length ?? 0) === 2;
  } catch {
    return false;
  }
}, "a regular expression with one group");

export const mapWordsSchema = z.strictObject({
  /** The id of the map. */
  map: textSchema,
  categories: z.record(z.string(), bilingualSchema).default({}),
  /** What references of any table are called, by their column. */
  names: references.default({}),
  /** Columns of the person table that identify and by which no erasure searches: postal addresses. */
  alsoIdentify: z.array(nameSchema).default([]),
  /** Titles whose words name no person: courses, subjects. */
  ordinaryWords: z.array(z.strictObject({ table: nameSchema, column: nameSchema })).default([]),
  /** Where a person's key stands in texts: links. */
  keysInTexts: z.array(keyPattern).default([]),
  tables: z.record(nameSchema, table),
});

/** A map's words, as their file has them. */
export type MapWords = z.infer<typeof mapWordsSchema>;
export type TitleOf = z.infer<typeof reference>;
export type TitleByKind = z.infer<typeof titleByKind>;
