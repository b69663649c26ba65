/** Values of the forms that recur in `agreement.yaml`: words, clauses, texts, durations. */
import { type Duration, parseDuration } from "@preau/calendar";
import { z } from "zod";

export const word = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/, "word");
export const clause = z.string().regex(/^[A-Z][A-Za-z0-9]{0,15}(\.[A-Za-z0-9-]{1,40}){0,4}$/, "clause");
export const text = z.string().min(1).max(2_000);
export const country = z.string().regex(/^[A-Z]{2}$/, "country");
export const bilingual = z.strictObject({ fr: text, en: text });
export const list = <T extends z.ZodType>(item: T, atLeast = 0) =>
  z.array(item).min(atLeast).max(500).readonly();

export const duration = z.string().transform((value, context): Duration => {
  const parsed = parseDuration(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: "custom", message: "duration" });
  return z.NEVER;
});

/** `none`: it keeps no copy of its own, so that what is erased there is gone. `unknown` is never taken for that. */
export const documentedDelay = z.string().transform((value, context): Duration | "unknown" | "none" => {
  if (value === "unknown" || value === "none") return value;
  const parsed = parseDuration(value);
  if (parsed?.unit === "hours" || parsed?.unit === "days") return parsed;
  context.addIssue({ code: "custom", message: "documentedDelay" });
  return z.NEVER;
});

/** Month and day, `08-31`; never the 29th of February, which most years lack. */
export const dayOfYear = z
  .string()
  .regex(
    /^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))$/,
    "dayOfYear",
  );

/** Days ahead, so that everybody counts the same ones. */
export const daysAhead = z.string().transform((value, context): Duration => {
  const parsed = parseDuration(value);
  if (parsed?.unit === "days") return parsed;
  context.addIssue({ code: "custom", message: "daysAhead" });
  return z.NEVER;
});
