import { z } from "zod";

export const subprocessorsOptions = z.strictObject({
  /** Days between two reminders of a notice that nobody has confirmed. */
  remindEveryDays: z.int().min(1).max(365).default(7),
  /** Reminders of a notice at most; after that it stays among what is due. */
  reminders: z.int().min(0).max(20).default(4),
  /** Days for which the link of a notice is good. */
  linkDays: z.int().min(1).max(365).default(60),
  /** Where people reach the hub, for a link that is handed over: the hub gives its own. */
  publicUrl: z.string().default(""),
  /** Language of what is written to clients' officers. */
  language: z.enum(["fr", "en"]).default("fr"),
});

export type SubprocessorsOptions = z.infer<typeof subprocessorsOptions>;
