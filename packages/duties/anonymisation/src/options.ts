import { z } from "zod";

/** Nothing to set: who may be in a release and what it must answer come from the agreement, the objections and the plan. */
export const anonymisationOptions = z.strictObject({});

export type AnonymisationOptions = z.infer<typeof anonymisationOptions>;
