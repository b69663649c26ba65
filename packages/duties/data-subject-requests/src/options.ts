import { z } from "zod";

export const dataSubjectRequestsOptions = z.strictObject({});

export type DataSubjectRequestsOptions = z.infer<typeof dataSubjectRequestsOptions>;
