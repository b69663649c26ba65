import { z } from "zod";

export const subprocessorsOptions = z.strictObject({});

export type SubprocessorsOptions = z.infer<typeof subprocessorsOptions>;
