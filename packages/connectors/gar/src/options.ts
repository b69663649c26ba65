import { type ControllerId, controllerId } from "@preau/kernel";
import { z } from "zod";
import { defaultRoles } from "./profile.ts";

const controller = z.custom<ControllerId>((value) => typeof value === "string" && isController(value));

function isController(text: string): boolean {
  try {
    return controllerId(text) === text;
  } catch {
    return false;
  }
}

/** Options of the connector: `gar:` in `preau.yaml`. */
export const garOptions = z.strictObject({
  idpMetadata: z
    .string()
    .min(1)
    .default("http://localhost:8701/idp/metadata")
    .describe("File or https address of the identity provider's metadata; the simulator's by default."),
  idpEntityId: z
    .string()
    .min(1)
    .optional()
    .describe("Which entity, when the metadata hold several identity providers."),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .default("http://127.0.0.1:8700")
    .describe("Where people reach us; the addresses in our metadata begin with it."),
  entityId: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Our entity id; the address of our metadata by default. Declared to the GAR once, stable for ever.",
    ),
  controller: controller
    .default(controllerId("ministry"))
    .describe(
      "Controller of those who come through the GAR: the ministry, or a school where its contract says so.",
    ),
  product: z
    .string()
    .min(1)
    .default("plume")
    .describe("The product that they sign in to, in the agreement's words."),
  roles: z
    .record(z.string(), z.string())
    .default({ ...defaultRoles })
    .describe("Role of the agreement by profile of the GAR. A profile without one is refused."),
  keyFile: z
    .string()
    .min(1)
    .default(".preau/gar/service-provider.pem")
    .describe("PEM of the RSA key that signs our requests, with its certificate; made at the first start."),
  certificateFile: z.string().min(1).optional().describe("The certificate, when it is not in `keyFile`."),
  resourceUrl: z
    .url()
    .optional()
    .describe("Sent as RelayState where the GAR wants the resource's address of the ScoLOMFR notice there."),
  landingPath: z
    .string()
    .regex(/^\/(?!\/)/)
    .default("/me")
    .describe("Where a person goes after signing in."),
  clockSkewSeconds: z.number().int().min(0).max(300).default(60).describe("How far two clocks may differ."),
  maxAgeSeconds: z
    .number()
    .int()
    .min(30)
    .max(3600)
    .default(600)
    .describe("Age at which an assertion is too old, whatever it says itself."),
  requestMinutes: z
    .number()
    .int()
    .min(1)
    .max(120)
    .default(30)
    .describe("Minutes within which a sign-in that was begun must be finished."),
});

export type GarOptions = z.output<typeof garOptions>;

/** The addresses and names that follow from the options. */
export function serviceProviderNames(options: GarOptions) {
  const at = (path: string) => new URL(path, options.publicUrl).href;
  const metadata = at("/gar/saml/metadata");
  return { metadata, consumer: at("/gar/saml/acs"), entityId: options.entityId ?? metadata };
}
