import { z } from "zod";

export const retentionOptions = z.strictObject({
  /** Minutes between the order and the run; 0 runs at once. The run never starts later than the order is due. */
  delayMinutes: z.int().min(0).max(1380).default(0),
});

export type RetentionOptions = z.infer<typeof retentionOptions>;
