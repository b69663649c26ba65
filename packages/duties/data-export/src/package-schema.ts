/**
 * The form of the machine-readable files of a person's copy, `preau.copy/1`, as `data/schema.json` says it: JSON Schema
 * (2020-12), whose root takes a file of data or `context.json`. Described in docs/export-format.md.
 * @clause D10.1a
 */
import { z } from "zod";
import { contextFileSchema } from "./access-context-form.ts";
import { COPY_SCHEMA, copiedTableSchema } from "./copy-table-form.ts";

export function packageSchema(): string {
  const schema = z.toJSONSchema(z.union([copiedTableSchema, contextFileSchema]), { target: "draft-2020-12" });
  return `${JSON.stringify({ title: COPY_SCHEMA, ...schema }, undefined, 2)}\n`;
}
