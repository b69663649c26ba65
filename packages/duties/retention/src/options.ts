import { z } from "zod";

export const retentionOptions = z.strictObject({
  /** Minutes between the order and the run, for the person to change their mind. 0 runs at once. */
  delayMinutes: z.int().min(0).max(1380).default(0),
});

export type RetentionOptions = z.infer<typeof retentionOptions>;
