/**
 * The form of `agreement.yaml`. Words (roles, categories, purposes, recipients) are declared once, by id, and rules
 * cite them; every rule cites its clause. Every object refuses keys that it does not know.
 */
import type { Operation, Origin } from "@preau/kernel";
import { z } from "zod";
import { type Duration, parseDuration } from "./duration.ts";

const word = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/, "word");
const clause = z.string().regex(/^[A-Z][A-Za-z0-9]{0,15}(\.[A-Za-z0-9-]{1,40}){0,4}$/, "clause");
const text = z.string().min(1).max(2_000);
const bilingual = z.strictObject({ fr: text, en: text });
const list = <T extends z.ZodType>(item: T, atLeast = 0) => z.array(item).min(atLeast).max(500).readonly();

const duration = z.string().transform((value, context): Duration => {
  const parsed = parseDuration(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: "custom", message: "duration" });
  return z.NEVER;
});

const documentedDelay = z.string().transform((value, context): Duration | "unknown" => {
  if (value === "unknown") return value;
  const parsed = parseDuration(value);
  if (parsed?.unit === "hours" || parsed?.unit === "days") return parsed;
  context.addIssue({ code: "custom", message: "documentedDelay" });
  return z.NEVER;
});

/** Operations of the kernel's flows. */
const operations = [
  "store",
  "show",
  "send",
  "export",
  "answer",
  "erase",
  "return",
] as const satisfies readonly Operation[];
const origins = ["gar", "outsideGar"] as const satisfies readonly Origin[];
/** Events from which a retention period can run; each is something that the software sees happen. */
const anchors = [
  "accountDeleted",
  "liveDataDeleted",
  "lastActivity",
  "contractEnded",
  "schoolYearEnded",
  "loadingAccepted",
  "entryRecorded",
  "entryArchived",
  "backupMade",
] as const;

const term = z.strictObject({ id: word, fr: text, en: text });
const operation = z.enum(operations);

const person = z.strictObject({ name: text, capacity: bilingual });
const processor = z.strictObject({
  name: text,
  legalForm: text,
  seat: text,
  /** Number in the trade register. */
  register: text,
  representative: person,
  /** The data protection officer. */
  officer: z.strictObject({ name: text, address: text, email: text }),
});

const product = z.strictObject({
  id: word,
  fr: text,
  en: text,
  /** The row that gives its purposes. */
  clause,
  purposes: list(word),
});

/** `name`, or `{ id: supportRequests, purposes: [support] }` for a category that serves some purposes alone. */
const rowCategory = z.preprocess(
  (value) => (typeof value === "string" ? { id: value } : value),
  z.strictObject({ id: word, purposes: list(word).optional() }),
);

const dataRow = z.strictObject({
  clause,
  product: word,
  origin: z.enum(origins),
  role: word,
  /** Those of the product when absent. */
  purposes: list(word).optional(),
  /** An empty list refuses everything, with this row as the reason. */
  categories: list(rowCategory),
  /** Categories that the person may leave out. */
  optional: list(word).optional(),
});

const scope = {
  operations: list(operation),
  /** Every purpose when absent. */
  purposes: list(word).optional(),
  /** Every category of the data subject's row when absent. */
  categories: list(word).optional(),
};

const recipient = z.strictObject({
  id: word,
  fr: text,
  en: text,
  clause,
  ...scope,
  /** Operations refused unless the flow names a written instruction, and the clause that asks for it. */
  onInstruction: z.strictObject({ clause, operations: list(operation) }).optional(),
});

const subprocessor = z.strictObject({
  /** Id as a recipient of flows. */
  recipient: word,
  clause,
  name: text,
  siret: z.string().regex(/^\d{14}$/, "siret"),
  fr: text,
  en: text,
  origins: z.enum(["everyOrigin", "outsideGarOnly"]),
  transfers: z.enum(["none"]),
  /** Elapsed hours within which it documents an erasure; `unknown` is never taken for zero. */
  deletionDelay: documentedDelay,
  ...scope,
});

const period = z
  .strictObject({
    id: word,
    clause,
    duration,
    /** Whom it binds: the deadline rounds down. */
    binds: z.enum(["processor", "controller"]).optional(),
    /** Whose right it is: the deadline rounds up. */
    right: z.enum(["processor", "controller", "dataSubject"]).optional(),
  })
  .superRefine((value, context) => {
    if ((value.binds === undefined) === (value.right === undefined)) {
      context.addIssue({ code: "custom", message: "bindsOrRight" });
    }
  });

const retentionRule = z.strictObject({
  id: word,
  clause,
  /** What is kept: the product's live data, technical backups, or the activity log. */
  store: z.enum(["live", "backups", "activityLog"]),
  anchor: z.enum(anchors),
  /** Id of the period. */
  period: word,
  /** Generation of the backups that it speaks of. */
  generation: z.enum(["daily", "weekly", "monthly"]).optional(),
  /** What happens at its end. */
  then: z.enum(["erase", "archive"]),
  /** True when the controller may only shorten it. */
  ceiling: z.boolean().default(false),
});

const count = z.strictObject({ id: word, clause, count: z.int().min(1).max(9_999), fr: text, en: text });

export const agreementSchema = z.strictObject({
  schema: z.literal("preau.agreement/1"),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "slug"),
  fr: text,
  en: text,
  /** Clauses named when a flow has a product, or a recipient, that the agreement does not name. */
  frame: z.strictObject({ contract: clause, subprocessors: clause }),
  annexA: z.strictObject({ clause, processor }),
  roles: list(term),
  categories: list(term),
  purposes: list(term),
  products: list(product, 1),
  annexB: list(dataRow),
  recipients: list(recipient),
  annexC: list(subprocessor),
  periods: list(period),
  retention: list(retentionRule),
  counts: list(count),
});
