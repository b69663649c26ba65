import { z } from "zod";

export const exportOptions = z.strictObject({
  /** Absolute folder of packages that wait to be fetched; the hub gives `exports` in its data folder. None without it. */
  folder: z.string().default(""),
  /** Where people reach the hub, for the link that is shown: the hub gives its own. */
  publicUrl: z.string().default(""),
  /** Milliseconds between two looks of a run at its order: progress goes out, a cancellation comes in. */
  lookMs: z.int().min(10).max(60_000).default(1_000),
  /** Seconds after which a download that says nothing more counts as broken off. */
  silentSeconds: z.int().min(1).max(3_600).default(60),
});

export type ExportOptions = z.infer<typeof exportOptions>;
