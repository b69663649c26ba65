import { z } from "zod";

export const instructionsOptions = z.strictObject({});

export type InstructionsOptions = z.infer<typeof instructionsOptions>;
