import { z } from "zod";
import { fault } from "../errors.ts";
import { DISTRIBUTOR } from "./subscription.ts";

/** The GAR's two platforms, each with a certificate of its own. */
const PRODUCTION = "https://abonnement.gar.education.fr";
const PARTNER = "https://abonnement.partenaire.test-gar.education.fr";
const PRODUCTION_ALLOCATIONS = "https://decompte-affectations.gar.education.fr";

/** An address that our certificate may be shown to: https, with nothing in it but host, port and path. */
const service = z.string().refine((text) => {
  const url = URL.parse(text);
  return url?.protocol === "https:" && !/[?#]/.test(text) && url.username + url.password === "";
}, "an https address without credentials, query or fragment");

/** Options of the subscription service: `gar: subscriptions:` in `preau.yaml`. */
export const subscriptionOptions = z.strictObject({
  url: service
    .default(PARTNER)
    .describe("Address of the subscription service; the GAR's partner platform by default."),
  allocationsUrl: service
    .optional()
    .describe("Address of the allocation counts; on the production platform it is known."),
  certificateFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      "PEM of the certificate that the GAR signed for this platform, with its chain if there is one.",
    ),
  keyFile: z
    .string()
    .min(1)
    .optional()
    .describe("PEM of that certificate's private key, closed to other users (chmod 600)."),
  keyPassphraseFile: z
    .string()
    .min(1)
    .optional()
    .describe("File whose first line opens `keyFile`, when it is locked; closed to other users too."),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      "PEM of the only authorities believed for the service's own certificate; the public ones by default.",
    ),
  distributor: z
    .string()
    .regex(DISTRIBUTOR)
    .optional()
    .describe("idDistributeurCom of files that name none: SIREN, underscore, ISNI or sixteen zeros."),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(600)
    .default(30)
    .describe(
      "Seconds within which the service must have answered; ten times as many for the list of schools.",
    ),
});

export type SubscriptionOptions = z.output<typeof subscriptionOptions>;

/**
 * Where allocation counts are asked for: known for the production platform, configured for any other.
 * @throws GAR_SUBSCRIPTION_NOT_CONFIGURED
 */
export function allocationsUrlOf({ url, allocationsUrl }: SubscriptionOptions): string {
  if (allocationsUrl !== undefined) return allocationsUrl;
  if (new URL(url).host === new URL(PRODUCTION).host) return PRODUCTION_ALLOCATIONS;
  throw fault("GAR_SUBSCRIPTION_NOT_CONFIGURED", { place: "allocationsUrl" });
}
