import { controllerId } from "@preau/kernel";
import { z } from "zod";

export const dataSubjectRequestsOptions = z.strictObject({
  publicUrl: z
    .string()
    .default("")
    .describe("Where people reach the hub, for a link that is handed over: the hub gives its own."),
  garController: z
    .string()
    .refine((value) => isController(value), "controller")
    .default("bySchool")
    .describe(
      "Whose the request of somebody who comes through the GAR is, when nobody is signed in: `bySchool`, or the id of one controller (the ministry). Who is signed in has the controller that their sign-in decided.",
    ),
  addressKinds: z
    .array(z.string().min(1).max(64))
    .max(10)
    .default(["email"])
    .describe(
      "Kinds of identifier that are addresses: a sender is looked for under them, for the officer's eyes.",
    ),
  addressSearch: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(500)
    .describe("Among the persons of how many controllers, at most, a sender's address is looked for."),
  messageIdDomain: z
    .string()
    .max(253)
    .default("")
    .describe(
      "Domain of the `Message-ID`s of our own mail: what comes back with it is an echo, and is dropped.",
    ),
});

export type DataSubjectRequestsOptions = z.infer<typeof dataSubjectRequestsOptions>;

function isController(text: string): boolean {
  try {
    return controllerId(text) === text;
  } catch {
    return false;
  }
}
