/**
 * The part of a data map that says who has an account, since when it rests, what goes by its age, and how the
 * application is kept open for its administrators alone. docs/data-map.md explains it with an example.
 */
import { z } from "zod";
import {
  bilingualSchema,
  nameSchema,
  type Parent,
  parentSchema,
  scalarSchema,
  textSchema,
  type Where,
  whereSchema,
} from "./map-words.ts";

/** How a moment is written: seconds or milliseconds since 1970, ISO 8601 text, a day (`2026-08-31`), the database's own type in UTC. */
const momentForms = ["unixSeconds", "unixMillis", "isoText", "day", "database"] as const;
export type MomentForm = (typeof momentForms)[number];

const moment = z.strictObject({ column: nameSchema, form: z.enum(momentForms) });

/** From a row to the row of another table that one of its columns names: `to` of that table equals `from` of this one. */
const step = z.strictObject({ table: nameSchema, from: nameSchema, to: nameSchema.default("id") });

/** A moment of a person: in their own row, or in rows that refer to them. */
const personMoment = moment.extend({
  /** The person table when absent. */
  table: nameSchema.optional(),
  by: nameSchema.optional(),
  where: whereSchema.optional(),
  of: parentSchema.optional(),
  /** To the table that the column stands in. */
  through: z.array(step).max(3).default([]),
});

/** A condition on the person's own row, or rows that refer to the person; both when both are written. */
const personCondition = {
  where: whereSchema.optional(),
  rows: z
    .strictObject({
      table: nameSchema,
      by: nameSchema,
      where: whereSchema.optional(),
      of: parentSchema.optional(),
      /** The condition `where` is on the last of them. */
      through: z.array(step).max(3).default([]),
    })
    .optional(),
};

export const lifecycleSchema = z.strictObject({
  /** How the moment of `subject.created` is written. */
  created: z.enum(momentForms).optional(),
  /** The latest of them is the last activity. */
  lastActivity: z.array(personMoment).min(1),
  /** The application's own mark of a deleted account whose rows are still there. */
  deleted: z.strictObject({ where: whereSchema, at: moment.optional() }).optional(),
  /** Rows of the person table that are nobody's account: the guest, technical accounts. */
  exclude: z.array(whereSchema).default([]),
  /** The site's own list of keys that are left out: `2,17`. */
  excludeListed: z.strictObject({ table: nameSchema, column: nameSchema, where: whereSchema }).optional(),
  /** The first that holds is the role; none, and the role is not known. */
  roles: z.array(z.strictObject({ role: textSchema, ...personCondition })).default([]),
  /** The first that holds is the origin. */
  origins: z.array(z.strictObject({ origin: z.enum(["gar", "outsideGar"]), ...personCondition })).default([]),
  /** The latest of them; one without an end (0, NULL, empty) and there is none. */
  enrolledUntil: z.array(personMoment).default([]),
  deletionRequests: z
    .strictObject({
      table: nameSchema,
      id: nameSchema,
      account: nameSchema,
      /** Who asked: the account itself is the data subject, anybody else the client's administrator. */
      requestedBy: nameSchema.optional(),
      at: moment,
      where: whereSchema.optional(),
    })
    .optional(),
  /** Tables of events that go by their age. */
  activityLog: z.array(z.strictObject({ table: nameSchema, at: moment })).default([]),
  access: z
    .strictObject({
      mechanism: bilingualSchema,
      table: nameSchema,
      where: whereSchema.optional(),
      set: z.record(nameSchema, scalarSchema),
      /** A column of the same rows, NULL but while the window is on: it remembers their values from before. */
      remembers: nameSchema,
    })
    .optional(),
});

export type LifecycleMap = z.infer<typeof lifecycleSchema>;
export type PersonMoment = z.infer<typeof personMoment>;
export type MapStep = z.infer<typeof step>;
/** Written out: what is inferred of a spread is not a name that others can read. */
export interface PersonCondition {
  readonly where?: Where | undefined;
  readonly rows?:
    | {
        readonly table: string;
        readonly by: string;
        readonly where?: Where | undefined;
        readonly of?: Parent | undefined;
        readonly through: readonly MapStep[];
      }
    | undefined;
}
