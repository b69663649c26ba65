/** The words that every part of a data map is written with. */
import { z } from "zod";

/** Names that may stand in SQL: they are quoted as well, so this is the second lock of two. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "letters, digits and underscores, 64 at most");
export const textSchema = z.string().min(1);
export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const bilingualSchema = z.strictObject({ fr: textSchema, en: textSchema });

/** Column → the value, or one of the values, that a row must have. */
export const whereSchema = z.record(nameSchema, z.union([scalarSchema, z.array(scalarSchema).min(1)]));

export type Scalar = z.infer<typeof scalarSchema>;
export type Where = z.infer<typeof whereSchema>;

/** Rows of a parent table, whose `column` the row above refers to. */
export interface Parent {
  readonly table: string;
  readonly column: string;
  readonly by: string;
  readonly where?: Where | undefined;
  readonly of?: Parent | undefined;
}

export const parentSchema: z.ZodType<Parent> = z.lazy(() =>
  z.strictObject({
    table: nameSchema,
    column: nameSchema,
    by: nameSchema,
    where: whereSchema.optional(),
    of: parentSchema.optional(),
  }),
);
