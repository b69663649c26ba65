/** What the subscription service can get wrong, one switch each: its answers first, then its certificate. */
import type { Faults } from "../faults.ts";

export const subscriptionDefects = {
  "subscriptions-error": {
    says: "every answer is 500, with an error body",
    fr: "toute réponse est 500, avec un corps d'erreur",
  },
  "subscriptions-conflict": {
    says: "every creation and update is 409 « existe deja »",
    fr: "toute création ou modification est 409 « existe deja »",
  },
  "subscriptions-gateway": {
    says: "every answer is 403, a page of HTML, as of a gateway",
    fr: "toute réponse est 403, une page HTML, comme d'une passerelle",
  },
  "subscriptions-redirect": {
    says: "every answer is a redirect to another host",
    fr: "toute réponse renvoie vers un autre hôte",
  },
  "subscriptions-malformed": {
    says: "the answer is no well-formed XML",
    fr: "la réponse n'est pas un XML bien formé",
  },
  "subscriptions-doctype": { says: "the answer has a document type", fr: "la réponse a un type de document" },
  "subscriptions-other-namespace": {
    says: "the answer is of another namespace",
    fr: "la réponse est d'un autre espace de noms",
  },
  "subscriptions-latin1": {
    says: "ISO 8859-1 where UTF-8 is declared",
    fr: "ISO 8859-1 là où UTF-8 est annoncé",
  },
  "subscriptions-content-type": {
    says: "the answer's content type is text/html",
    fr: "le type de contenu de la réponse est text/html",
  },
  "subscriptions-cut": {
    says: "the connection breaks in the middle of the answer",
    fr: "la connexion se rompt au milieu de la réponse",
  },
  "subscriptions-huge": {
    says: "the answer is that many megabytes longer",
    fr: "la réponse fait autant de mégaoctets de plus",
    takes: { upTo: 64 },
  },
  "subscriptions-slow": {
    says: "waits that many seconds before it answers",
    fr: "attend autant de secondes avant de répondre",
    takes: { upTo: 60 },
  },
  "subscriptions-expired-certificate": {
    says: "the certificate ended yesterday",
    fr: "le certificat est échu depuis hier",
  },
  "subscriptions-other-host": {
    says: "the certificate is of another host",
    fr: "le certificat est d'un autre hôte",
  },
  "subscriptions-stranger": {
    says: "the certificate is not one that server.crt names",
    fr: "le certificat n'est pas de ceux que nomme server.crt",
  },
} as const;

export type SubscriptionDefects = Faults<typeof subscriptionDefects>;
