/**
 * The part of a data map that says what a teacher calls a project, one class, one course, the school, and which rows are
 * part of it. docs/data-map.md explains it with an example.
 * @clause DD.2
 */
import { z } from "zod";
import { nameSchema, whereSchema } from "./map-words.ts";

/** Rows whose `by` is the project's key; or, with `of`, the `column` of a row of that table or set that is part of it. */
const projectRow = z.strictObject({
  by: nameSchema,
  where: whereSchema.optional(),
  /** A table of the same kind, or one of its sets. */
  of: nameSchema.optional(),
  column: nameSchema.default("id"),
});

const list = z.strictObject({
  table: nameSchema,
  key: nameSchema,
  title: nameSchema,
  where: whereSchema.optional(),
  /** Rows that are no project: the site's own front page, for example. */
  not: z.array(whereSchema).default([]),
});

const kind = z.strictObject({
  list,
  /** Rows that others hang on without being given themselves, or that stand for a table in a circle. */
  sets: z
    .record(nameSchema, z.strictObject({ table: nameSchema, rows: z.array(projectRow).min(1) }))
    .default({}),
  /** Of these tables only these columns are given: names of persons, not their whole accounts. */
  columns: z.record(nameSchema, z.array(nameSchema).min(1)).default({}),
  /** In the order in which a reader wants them; a row is part of the project when one of the lines finds it. */
  rows: z.union([z.literal("everything"), z.record(nameSchema, z.array(projectRow).min(1))]),
});

export const projectsSchema = z.strictObject({
  /** What only runs the application, and secrets: in no project, nor in a release. */
  leaveOut: z
    .strictObject({
      tables: z.array(nameSchema).default([]),
      columns: z.record(nameSchema, z.array(nameSchema).min(1)).default({}),
      /** Columns of whatever table, by name; `*` stands for any characters. */
      columnNames: z.array(z.string().regex(/^[A-Za-z0-9_*]{1,64}$/)).default([]),
    })
    .default({ tables: [], columns: {}, columnNames: [] }),
  kinds: z.strictObject({ class: kind.optional(), course: kind.optional(), school: kind.optional() }),
});

export type ProjectsMap = z.infer<typeof projectsSchema>;
export type ProjectKindMap = z.infer<typeof kind>;
export type ProjectRow = z.infer<typeof projectRow>;
