/** Options of the connector: `gar:` under `plugins:` in `preau.yaml`. */
import { type ControllerId, controllerId } from "@preau/kernel";
import { isLoopback } from "@preau/web";
import { z } from "zod";
import { defaultRoles } from "./profile.ts";
import { subscriptionOptions } from "./subscriptions/subscription-options.ts";

const controller = z.custom<ControllerId>((value) => typeof value === "string" && isController(value));

function isController(text: string): boolean {
  try {
    return controllerId(text) === text;
  } catch {
    return false;
  }
}

/** Where tickets, codes and secrets are sent to: https, or http that stays on this machine. */
function isServerAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "")
    return false;
  return url.protocol === "https:" || isLoopback(url.hostname);
}

/** What is declared to the ministry for a resource, if nothing else is said: each has a category in annex B, or decides one. */
export const defaultDeclared: readonly string[] = [
  "IDO",
  "UAI",
  "PRO",
  "NOM",
  "PRE",
  "DIV",
  "GRO",
  "DIV_APP",
];

/** Of a SAML 2.0 identity provider; `publicUrl` and routes are the provider's. */
const idpMetadata = z.string().min(1);
const samlFields = {
  idpEntityId: z
    .string()
    .min(1)
    .optional()
    .describe("Which entity, when the metadata hold several identity providers."),
  entityId: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Our entity id; the address of our metadata by default. Declared to the GAR once, stable for ever.",
    ),
  keyFile: z
    .string()
    .min(1)
    .default(".preau/gar/service-provider.pem")
    .describe("PEM of the RSA key that signs our requests, with its certificate; made at the first start."),
  certificateFile: z.string().min(1).optional().describe("The certificate, when it is not in `keyFile`."),
  encryptionKeyFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Like `keyFile`, for the key that assertions are encrypted for; the one that signs by default.",
    ),
  nextKeyFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Like `keyFile`, for the key that is to follow: published and able to decrypt, not yet signing. To change keys, exchange the two.",
    ),
  wantEncrypted: z.boolean().default(false).describe("Refuse assertions that are not encrypted."),
  allowCbc: z
    .boolean()
    .default(false)
    .describe(
      "Accept AES-CBC beside AES-GCM, in signed responses alone: for a provider that has nothing better.",
    ),
  resourceUrl: z
    .url()
    .optional()
    .describe("Sent as RelayState where the GAR wants the resource's address of the ScoLOMFR notice there."),
  maxAgeSeconds: z
    .number()
    .int()
    .min(30)
    .max(3600)
    .default(600)
    .describe("Age at which an assertion is too old, whatever it says itself."),
};
const samlOptions = z.strictObject({
  idpMetadata: idpMetadata.describe("File or https address of the identity provider's metadata."),
  ...samlFields,
});
export type SamlOptions = z.output<typeof samlOptions>;

/** Of an OpenID provider. */
const oidcFields = {
  issuer: z
    .url({ protocol: /^https?$/ })
    .refine(isServerAddress, "https, or http on the loopback; no query, no user")
    .describe("Issuer of the OpenID provider; its metadata are read from there. http on the loopback alone."),
  clientId: z.string().min(1).default("preau").describe("Our client id there."),
  clientSecretFile: z.string().min(1).describe("File whose first line is the client secret; mode 0600."),
};
const scope = z
  .string()
  .regex(/^(\S+ )*openid( \S+)*$/, "scopes with one space between them, openid among them");
const oidcOptions = z.strictObject({
  ...oidcFields,
  idRessource: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe("ARK of the resource: the GAR asks for it at each step. Not sent to other issuers."),
  scope: scope.default("openid scope.gar").describe("Scopes asked for, `openid` among them."),
});
export type OidcOptions = z.output<typeof oidcOptions>;

/** Of a CAS server. */
const casOptions = z.strictObject({
  server: z
    .url({ protocol: /^https?$/ })
    .refine(isServerAddress, "https, or http on the loopback; no query, no user")
    .describe("Address of the CAS server, its context path included. http on the loopback alone."),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe("PEM of the authorities that vouch for it, beside the usual ones."),
  validatePath: z
    .enum(["/p3/serviceValidate", "/serviceValidate"])
    .default("/p3/serviceValidate")
    .describe("CAS 3 gives attributes under the first; some ENT servers under the second."),
  serviceState: z
    .boolean()
    .default(true)
    .describe(
      "Our service address carries an opaque `state`. `false` for a server that takes one exact address: somebody can then have a browser that began a sign-in end it with their own ticket, signed in as them.",
    ),
  timeoutSeconds: z
    .number()
    .min(0.1)
    .max(30)
    .default(5)
    .describe("Within which the server must have answered about a ticket."),
});
export type CasOptions = z.output<typeof casOptions>;

const providerId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/)
  .refine((id) => !id.startsWith("gar"), "`gar` and what begins so is the national access manager");

const otherCommon = {
  id: providerId.describe("One word: its routes are under `/sso/<id>`."),
  controller: controller.describe("Controller of its people."),
  product: z.string().min(1).default("plume").describe("The product that they sign in to."),
  roles: z.record(z.string(), z.string()).describe("Role of the agreement by profile."),
  attributes: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe("Its name of each attribute by the GAR's name: `IDO`, `UAI`, `PRO`, `NOM`, `PRE`, `DIV`…"),
  declared: z
    .array(z.string().min(1))
    .default([...defaultDeclared])
    .describe("Attributes that are kept, by the GAR's names."),
};

/** Another provider: an ENT, EduConnect, a school's own. Its people come from outside the GAR. */
const otherProvider = z.discriminatedUnion("protocol", [
  z.strictObject({ ...otherCommon, protocol: z.literal("saml"), saml: samlOptions }),
  z.strictObject({
    ...otherCommon,
    protocol: z.literal("oidc"),
    oidc: oidcOptions.extend({ scope: scope.default("openid profile") }),
  }),
  z.strictObject({ ...otherCommon, protocol: z.literal("cas"), cas: casOptions }),
]);
export type OtherProvider = z.output<typeof otherProvider>;

export const garOptions = z.strictObject({
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .default("http://127.0.0.1:8700")
    .describe("Where people reach us; the addresses in our metadata begin with it."),
  controller: controller
    .default(controllerId("ministry"))
    .describe(
      "Controller of those who come through the GAR: the ministry, or a school where its contract says so.",
    ),
  controllersBySchool: z
    .record(z.string().regex(/^\d{7}[A-Z]$/), controller)
    .default({})
    .describe("Controllers by UAI, for schools whose own contract makes them the controller."),
  product: z
    .string()
    .min(1)
    .default("plume")
    .describe("The product that they sign in to, in the agreement's words."),
  roles: z
    .record(z.string(), z.string())
    .default({ ...defaultRoles })
    .describe("Role of the agreement by profile of the GAR. A profile without one is refused."),
  declared: z
    .array(z.string().min(1))
    .default([...defaultDeclared])
    .describe(
      "Attributes declared to the ministry for the resource; any other that comes is dropped and counted.",
    ),
  idpMetadata: idpMetadata
    .optional()
    .describe(
      "File or https address of the identity provider's metadata: with it the GAR over SAML is on. The simulator's where `publicUrl` is on the loopback.",
    ),
  ...samlFields,
  oidc: oidcOptions.optional().describe("The GAR over OpenID Connect."),
  cas: casOptions.optional().describe("The GAR over CAS 3."),
  providers: z
    .array(otherProvider)
    .default([])
    .describe("Other providers: an ENT, EduConnect, any OpenID issuer."),
  subscriptions: subscriptionOptions
    .prefault({})
    .describe("The GAR's subscription web service, for `preau gar subscriptions`."),
  landingPath: z
    .string()
    .regex(/^\/(?!\/)/)
    .default("/me")
    .describe("Where a person goes after signing in."),
  clockSkewSeconds: z.number().int().min(0).max(300).default(60).describe("How far two clocks may differ."),
  requestMinutes: z
    .number()
    .int()
    .min(1)
    .max(120)
    .default(30)
    .describe("Minutes within which a sign-in that was begun must be finished."),
  sessionHours: z
    .number()
    .min(0.1)
    .max(6)
    .default(6)
    .describe("Hours after which a session is over; at most 6, as the GAR's own."),
  relinkHours: z
    .number()
    .int()
    .min(1)
    .max(168)
    .default(48)
    .describe("Hours within which a code for an old account must be used."),
  relinkApprovers: z
    .array(z.string().min(1))
    .default(["teacher"])
    .describe("Roles of the agreement whose people approve at their school, beside the controller's staff."),
  relinkQuietDays: z
    .number()
    .int()
    .min(0)
    .max(366)
    .default(14)
    .describe(
      "Days for which nobody may have signed in to the old account: an active one is another person's.",
    ),
});

export type GarOptions = z.output<typeof garOptions>;
