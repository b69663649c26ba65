import { z } from "zod";

export const mailerOptions = z.strictObject({});

export type MailerOptions = z.infer<typeof mailerOptions>;
