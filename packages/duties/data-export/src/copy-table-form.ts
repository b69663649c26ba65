/** The form of `data/STORE/TABLE.json`: every row of one table about the person. @clause D10.1a */
import { z } from "zod";

export const COPY_SCHEMA = "preau.copy/1";

const bilingual = z.strictObject({ fr: z.string(), en: z.string() });
const forms = [
  "text",
  "html",
  "number",
  "yesNo",
  "unixSeconds",
  "isoMoment",
  "duration",
  "bytes",
  "technical",
] as const;

const column = z.strictObject({
  name: z.string().describe("The column as the store calls it"),
  title: bilingual.nullable(),
  form: z.enum(forms).nullable().describe("How its values are read; null where the store does not say"),
  choices: z.record(z.string(), bilingual).nullable(),
});

const row = z.strictObject({
  category: z.string().describe("Category of personal data, in the words of the store"),
  purpose: z.string().describe("Purpose of the processing, in the words of the store"),
  row: z.record(z.string(), z.json()).describe("The exact values, by column"),
  names: z.record(z.string(), z.string()).optional().describe("What references are called, by column"),
  withheld: z
    .array(z.string())
    .optional()
    .describe("Columns from which another person (GDPR art. 15(4)) or a secret was taken out"),
  file: z.string().nullable().optional().describe("Path of its file in the package; null when not given"),
});

export const copiedTableSchema = z
  .strictObject({
    schema: z.literal(COPY_SCHEMA),
    store: z.string(),
    table: z.string(),
    title: bilingual.nullable(),
    columns: z.array(column),
    rowCount: z.int().min(0),
    rows: z.array(row),
  })
  .describe("One table of one store: every row about the person");
