import { z } from "zod";

export const instructionsOptions = z.strictObject({
  /**
   * Working days after which a notice that nobody has acknowledged is due, and reminded of again and again. The text of the
   * clause has no figure: this is the house's own habit.
   */
  remindAfterWorkingDays: z.int().min(1).max(60).default(7),
  /** Days for which a link to the client's officer is good. */
  linkDays: z.int().min(1).max(365).default(60),
  /** Where people reach the hub, for a link that is shown: the hub gives its own. */
  publicUrl: z.string().default(""),
});

export type InstructionsOptions = z.infer<typeof instructionsOptions>;
