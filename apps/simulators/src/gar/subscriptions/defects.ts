/** What the subscription service can get wrong, one switch each: its answers first, then its certificate. */
import type { Faults } from "../../faults.ts";

export const subscriptionDefects = {
  "subscriptions-error": { says: "every answer is 500, with an error body" },
  "subscriptions-conflict": { says: "every creation and update is 409 « existe deja »" },
  "subscriptions-gateway": { says: "every answer is 403, a page of HTML, as of a gateway" },
  "subscriptions-redirect": { says: "every answer is a redirect to another host" },
  "subscriptions-malformed": { says: "the answer is no well-formed XML" },
  "subscriptions-doctype": { says: "the answer has a document type" },
  "subscriptions-other-namespace": { says: "the answer is of another namespace" },
  "subscriptions-latin1": { says: "ISO 8859-1 where UTF-8 is declared" },
  "subscriptions-content-type": { says: "the answer's content type is text/html" },
  "subscriptions-cut": { says: "the connection breaks in the middle of the answer" },
  "subscriptions-huge": { says: "the answer is that many megabytes longer", takes: { upTo: 64 } },
  "subscriptions-slow": { says: "waits that many seconds before it answers", takes: { upTo: 60 } },
  "subscriptions-expired-certificate": { says: "the certificate ended yesterday" },
  "subscriptions-other-host": { says: "the certificate is of another host" },
  "subscriptions-stranger": { says: "the certificate is not one that server.crt names" },
} as const;

export type SubscriptionDefects = Faults<typeof subscriptionDefects>;
