import { z } from "zod";

export const retentionOptions = z.strictObject({
  /** Minutes between the order and the run; 0 runs at once. The run never starts later than the order is due. */
  delayMinutes: z.int().min(0).max(1380).default(0),
  /** Hours between two surveys of a store. What was deleted after one has to be found by the next, within its 24 hours. */
  surveyHours: z.int().min(1).max(12).default(6),
  /** Minutes between two looks at the deletions that an application was asked for. */
  requestMinutes: z.int().min(1).max(720).default(15),
  /** Persons in one purge at most. */
  batchPersons: z.int().min(1).max(5_000).default(500),
  /** Purges that one survey proposes under one rule at most; the next one follows at once with the rest. */
  batches: z.int().min(1).max(1_000).default(4),
  /** Days before its moment at which a purge that needs an approval is proposed, unless the agreement's notices come sooner. */
  proposeDays: z.int().min(1).max(365).default(30),
  /** Hours in which somebody can look at a purge of what was found late. */
  lookHours: z.int().min(0).max(720).default(24),
  /** Share of a store's accounts that may go on one day without somebody having looked: a clock that jumps stops there. */
  massShare: z.number().min(0.001).max(1).default(0.2),
  /** Persons up to which that share is not asked. */
  massPersons: z.int().min(0).max(1_000_000).default(20),
});

export type RetentionOptions = z.infer<typeof retentionOptions>;
