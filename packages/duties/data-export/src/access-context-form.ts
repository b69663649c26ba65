/** The form of `context.json`: what a copy says beside the data. `null` is "not known". */
import { type ActorRole, actorRoles } from "@preau/kernel";
import { z } from "zod";
import { COPY_SCHEMA } from "./copy-table-form.ts";

export const rightIds = ["rectification", "erasure", "restriction", "objection", "portability"] as const;

const clause = z.string();
const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

const personOfContact = z.strictObject({
  name: z.string(),
  email: z.string().nullable(),
  telephone: z.string().nullable(),
  address: z.string().nullable(),
});
export type PersonOfContact = Readonly<z.infer<typeof personOfContact>>;

const deadline = z.strictObject({ period: z.string(), clause }).nullable();

/** @clause D10.1a */
const accessContextSchema = z.strictObject({
  kind: z.enum(["access", "portability"]),
  language: z.enum(["fr", "en"]),
  madeAt: z.string(),
  requestedBy: z.enum(Object.keys(actorRoles) as [ActorRole, ...ActorRole[]]),
  agreement: z.strictObject({ id: z.string(), title: z.string(), hash: z.string() }),
  controller: z.strictObject({
    id: z.string(),
    name: z.string().nullable(),
    seat: z.string().nullable(),
    siret: z.string().nullable(),
    uai: z.string().nullable(),
    officers: list(personOfContact),
    contacts: list(personOfContact),
    clause,
  }),
  processor: z.strictObject({ name: z.string(), seat: z.string(), officer: personOfContact, clause }),
  /** Whether a contract of the controller is on record; the products are all of the agreement's where none is. */
  contractKnown: z.boolean(),
  roles: list(z.string()),
  purposes: list(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      legalBases: list(z.strictObject({ id: z.string(), title: z.string() })),
      legalBasisClause: clause.nullable(),
      products: list(z.string()),
      clauses: list(clause),
      named: z.boolean(),
    }),
  ),
  categories: list(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      rows: z.int(),
      named: z.boolean(),
      clauses: list(clause),
    }),
  ),
  recipients: list(
    z.strictObject({
      kind: z.enum(["recipient", "subprocessor"]),
      id: z.string(),
      title: z.string(),
      company: z.string().nullable(),
      operations: list(z.string()),
      purposes: list(z.string()).nullable(),
      clause,
    }),
  ),
  retention: list(
    z.strictObject({
      id: z.string(),
      kept: z.string(),
      categories: list(z.string()).nullable(),
      period: z.string(),
      ceiling: z.boolean(),
      ownPeriods: list(z.string()),
      from: z.string().nullable(),
      // biome-ignore lint/suspicious/noThenProperty: the agreement's word for what happens at a period's end
      then: z.string(),
      clause,
    }),
  ),
  rights: list(z.strictObject({ id: z.enum(rightIds), clause: clause.nullable() })),
  deadlines: z.strictObject({ forwarded: deadline, answered: deadline }),
  complaint: z.strictObject({ authority: z.literal("CNIL"), clause: clause.nullable() }),
  source: list(z.strictObject({ origin: z.enum(["gar", "outsideGar"]), clauses: list(clause) })),
  automatedDecisions: z.strictObject({ operations: list(z.string()), clause }).nullable(),
  transfers: z.strictObject({
    today: z.strictObject({ some: z.boolean(), clause }).nullable(),
    made: list(z.strictObject({ company: z.string(), country: z.string(), mechanism: z.string(), clause })),
  }),
});
export type AccessContext = Readonly<z.infer<typeof accessContextSchema>>;

/** `context.json`. */
export const contextFileSchema = z
  .strictObject({
    schema: z.literal(COPY_SCHEMA),
    context: accessContextSchema,
    stores: list(
      z.strictObject({
        store: z.string(),
        title: z.strictObject({ fr: z.string(), en: z.string() }),
        rows: z.int(),
        notCovered: list(z.strictObject({ what: z.string(), why: z.string() })),
      }),
    ),
    filesNotGiven: list(
      z.strictObject({
        store: z.string(),
        table: z.string(),
        name: z.string().nullable(),
        key: z.string().nullable(),
        why: z.enum(["missing", "namesOthers"]),
      }),
    ),
    leftOut: list(z.strictObject({ purpose: z.string(), rows: z.int(), legalBases: list(z.string()) })),
    restricted: z.boolean(),
    withheld: z.int(),
  })
  .describe("What the package says beside the data");
export type ContextFile = z.infer<typeof contextFileSchema>;
