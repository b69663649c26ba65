/**
 * The form of `agreement.yaml`. Words (roles, categories, purposes, recipients) are declared once, by id, and rules
 * cite them; every rule cites its clause. Every object refuses keys that it does not know.
 */
import { z } from "zod";
import {
  bilingual,
  clause,
  country,
  dayOfYear,
  daysAhead,
  documentedDelay,
  duration,
  list,
  text,
  word,
} from "./schema-values.ts";
import {
  anchors,
  evidenceKinds,
  legalBases,
  mechanisms,
  natures,
  operations,
  origins,
  safeguards,
  starts,
} from "./vocabulary.ts";
import { endsWithin } from "./worst-case.ts";

const term = z.strictObject({ id: word, fr: text, en: text });
/** A category of personal data; `holds` names the kinds of identifier that it may carry. */
const category = z.strictObject({
  id: word,
  fr: text,
  en: text,
  holds: z
    .array(z.enum(["signInIdentifier"]))
    .readonly()
    .optional(),
});
/** A purpose, and what the processing must consist of for it. */
const purpose = z.strictObject({
  id: word,
  fr: text,
  en: text,
  needs: z.array(z.enum(natures)).readonly().optional(),
  /** Where the agreement settles it; the controller does otherwise. */
  legalBasis: z.enum(legalBases).optional(),
});
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
  /** Roles of the persons concerned, as the annex's heading counts them; those of its rows when absent. */
  persons: list(word).optional(),
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

/** One entry of annex C. */
export const subprocessorSchema = z
  .strictObject({
    /** Id as a recipient of flows. */
    recipient: word,
    clause,
    name: text,
    /** Of a company in France. */
    siret: z
      .string()
      .regex(/^\d{14}$/, "siret")
      .optional(),
    /** Register and number of a company elsewhere. */
    register: text.optional(),
    fr: text,
    en: text,
    origins: z.enum(["everyOrigin", "outsideGarOnly"]),
    /** `none`, or the country and the mechanism of chapter V. */
    transfers: z.union([z.literal("none"), z.strictObject({ country, mechanism: z.enum(mechanisms) })]),
    /** Time within which it documents an erasure, `none` when it keeps no copy of its own, or `unknown`. */
    deletionDelay: documentedDelay,
    /** Orders are gathered and passed on at this pace, which comes on top of the delay; each at once when absent. */
    deletionBatch: documentedDelay.optional(),
    ...scope,
  })
  .superRefine(({ siret, register }, context) => {
    if (siret === undefined && register === undefined) {
      context.addIssue({ code: "custom", message: "siretOrRegister", path: ["name"] });
    }
  });

/** A delay that the agreement concedes for one recipient, and the period that holds there instead. */
const exception = z.strictObject({ recipient: word, period: word });

const period = z
  .strictObject({
    id: word,
    clause,
    duration,
    /** The event that it runs from. */
    from: z.enum(starts).optional(),
    exceptions: list(exception).optional(),
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

const announced = {
  /** How long before it acts a big purge is announced. */
  before: list(daysAhead),
  /** Persons from which a purge is big. */
  big: z.int().min(1).max(9_999),
};

/** Keys that only some stores have; elsewhere they would be read and never obeyed. */
const OF_STORES = {
  roles: ["live"],
  origins: ["live"],
  categories: ["live"],
  products: ["live"],
  approval: ["live"],
  notices: ["live"],
  kinds: ["evidence"],
  condition: ["loadingData"],
  generation: ["backups"],
} as const;

const retentionRule = z
  .strictObject({
    id: word,
    clause,
    /** What is kept: the product's live data, technical backups, the activity log, evidence… */
    store: z.enum(["live", "backups", "activityLog", "loadingData", "samples", "evidence"]),
    /** Persons whom it concerns; everybody when absent. */
    roles: list(word, 1).optional(),
    origins: list(z.enum(origins), 1).optional(),
    products: list(word, 1).optional(),
    /** Categories that it concerns; the whole account when absent. */
    categories: list(word, 1).optional(),
    /** Of evidence; every kind when absent. */
    kinds: list(z.enum(evidenceKinds), 1).optional(),
    /** The event that the period runs from. A rule without one never fires: a lint says so. */
    anchor: z.enum(anchors).optional(),
    /** Id of the period. */
    period: word,
    /** Whether what is kept still names a person whose data was erased: `removed` or `kept`. */
    identity: z.enum(["removed", "kept"]).optional(),
    /** Generation of the backups that it speaks of. */
    generation: z.enum(["daily", "weekly", "monthly"]).optional(),
    /** What happens at its end. */
    then: z.enum(["erase", "archive"]),
    /** True when the controller may only shorten it. */
    ceiling: z.boolean().default(false),
    /** A human of the controller agrees before it acts; a ceiling acts without, once its day has come. */
    approval: z.literal("controller").optional(),
    /** Instead of the agreement's own; an empty list announces nothing. */
    notices: z.strictObject(announced).optional(),
    /** What must have happened first: a backup of the site has been restored in a test. */
    condition: z.literal("restoreTested").optional(),
  })
  .superRefine((rule, context) => {
    for (const [key, stores] of Object.entries(OF_STORES)) {
      const value = rule[key as keyof typeof OF_STORES];
      if (value === undefined || (stores as readonly string[]).includes(rule.store)) continue;
      context.addIssue({ code: "custom", message: "ofOtherStore", path: [key] });
    }
  });

const count = z.strictObject({
  id: word,
  clause,
  count: z.int().min(1).max(9_999),
  /** `megabytes`, `characters`, `percent`; things that are counted when absent. */
  unit: z.enum(["megabytes", "characters", "percent"]).optional(),
  fr: text,
  en: text,
});

/** A period that each contract sets within bounds. */
const choice = z
  .strictObject({
    id: word,
    clause,
    least: duration.optional(),
    most: duration.optional(),
    from: z.enum(starts).optional(),
    /** False when a contract may leave it out. */
    mandatory: z.boolean().default(true),
    /** What holds in a contract that has left it out: `none`, nothing is kept or done, or a period. */
    otherwise: z.union([z.literal("none"), duration]).optional(),
    fr: text,
    en: text,
  })
  .superRefine(({ least, most }, context) => {
    if (least !== undefined && most !== undefined && !endsWithin([least], most)) {
      context.addIssue({ code: "custom", message: "leastMost", path: ["most"] });
    }
  });

const generation = z.strictObject({
  id: z.enum(["daily", "weekly", "monthly"]),
  kind: z.enum(["full", "differential"]),
  every: duration,
  /** The generation whose full backup a differential one needs. */
  base: z.enum(["daily", "weekly", "monthly"]).optional(),
});

/** One measure of annex D. `passwords` and `country` are those that a check can read. */
const measure = z.strictObject({
  id: word,
  clause,
  fr: text,
  en: text,
  passwords: z.enum(["hashed", "encrypted", "clear"]).optional(),
  country: country.optional(),
});

/** A lint that the parties know of and accept, and why. */
const acceptance = z.strictObject({
  lint: z.string().regex(/^[A-Z][A-Z_]{1,63}$/, "lint"),
  clause: clause.optional(),
  why: bilingual,
});

/** Figures of the text that bind nobody, so that the coverage does not ask for a rule: a postcode, an article. */
const exempt = z.strictObject({ clause, says: text, why: bilingual });

export const agreementSchema = z.strictObject({
  schema: z.literal("preau.agreement/1"),
  /** An agreement with controllers, or the policy on samples and client data. */
  kind: z.enum(["agreement", "policy"]).default("agreement"),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "slug"),
  fr: text,
  en: text,
  /** Clauses named when a flow has a product, or a recipient, that the agreement does not name. */
  frame: z.strictObject({ contract: clause, subprocessors: clause }),
  annexA: z.strictObject({
    clause,
    processor,
    /** The parties' officers are written to under the agreement; through which recipients. By hand alone when absent. */
    correspondence: z.strictObject({ clause, through: list(word) }).optional(),
  }),
  /** How long the agreement lives, and the clauses that outlive it while data is held. */
  term: z
    .strictObject({ clause, endsWith: z.enum(["contract", "lastData"]), survives: list(clause) })
    .optional(),
  /** The controller's own periods, and which of its period and a ceiling gives way. */
  controllerPeriods: z.strictObject({ clause, within: z.enum(["ceilings", "anything"]) }).optional(),
  /** How a big purge is announced, by rules that say nothing of their own. */
  notices: z.strictObject({ clause, ...announced }).optional(),
  /** The day on which a school year ends, for periods that run from schoolYearEnded. */
  schoolYear: z.strictObject({ clause, endsOn: dayOfYear }).optional(),
  /** What the controller attests before any import. */
  attestation: z.strictObject({ clause, statements: list(term, 1) }).optional(),
  /** Whether an instruction that seems unlawful is only flagged, or also held. */
  doubtfulInstruction: z.strictObject({ clause, then: z.enum(["flag", "hold"]) }).optional(),
  endOfContract: z
    .strictObject({
      clause,
      choices: z
        .array(z.enum(["return", "delete", "returnThenDelete"]))
        .min(1)
        .readonly(),
    })
    .optional(),
  /** May a new subprocessor receive data before the objection window is over? */
  subprocessorChange: z
    .strictObject({
      clause,
      starts: z.enum(["afterWindow", "atOnce"]),
      /** Ids of the period of the announcement, and of the window in which the controller may object. */
      notice: word.optional(),
      window: word.optional(),
    })
    .optional(),
  transfers: z
    .strictObject({
      clause,
      today: z.enum(["none", "some"]),
      authorisedInAdvance: z.strictObject({ clause, mechanisms: list(z.enum(mechanisms)) }).optional(),
    })
    .optional(),
  anonymisation: z
    .strictObject({
      clause,
      default: z.enum(["allowed", "refused"]),
      /** The clause and the rule for results that leave the house. */
      thirdParties: z.strictObject({ clause, rule: z.enum(["never", "onRequest", "allowed"]) }).optional(),
    })
    .optional(),
  nature: z.strictObject({ clause, operations: z.array(z.enum(natures)).readonly() }).optional(),
  /** Who settles the legal basis of each purpose. */
  legalBasis: z.strictObject({ clause, setBy: z.enum(["controller", "agreement"]) }).optional(),
  backups: z
    .strictObject({
      clause,
      generations: list(generation, 1),
      /** Recipients of annex C on whose systems they stand; the processor's own when absent. */
      heldBy: list(word).optional(),
      /** What the backups hold. */
      hold: z.array(z.enum(["live", "activityLog", "keyStore"])).readonly(),
    })
    .optional(),
  safeguards: list(z.strictObject({ id: z.enum(safeguards), clause })).default([]),
  measures: list(measure).default([]),
  roles: list(term).default([]),
  categories: list(category).default([]),
  purposes: list(purpose).default([]),
  products: list(product).default([]),
  annexB: list(dataRow).default([]),
  recipients: list(recipient).default([]),
  annexC: list(subprocessorSchema).default([]),
  periods: list(period).default([]),
  choices: list(choice).default([]),
  retention: list(retentionRule).default([]),
  counts: list(count).default([]),
  accepted: list(acceptance).default([]),
  exempt: list(exempt).default([]),
});
