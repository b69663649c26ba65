/** What the CAS server can get wrong, one switch each, for the GAR's answers and an ENT's alike. */
import type { Faults } from "../../faults.ts";

export const casDefects = {
  "cas-other-person": { says: "the attributes are those of another person" },
  "cas-two-successes": { says: "two authenticationSuccess, the second of another person" },
  "cas-success-and-failure": {
    says: "success and failure in one answer: 1 success first, 2 failure first",
    takes: { upTo: 2 },
  },
  "cas-nested-success": { says: "the success stands inside a failure" },
  "cas-two-identifiers": { says: "user and IDO come twice, with two values" },
  "cas-comment": { says: "a comment splits user and IDO" },
  "cas-cdata": { says: "user and IDO are CDATA sections" },
  "cas-processing-instruction": { says: "a processing instruction splits user and IDO" },
  "cas-doctype": { says: "the answer has a document type" },
  "cas-entities": { says: "user and IDO are entities of a document type: another person's" },
  "cas-other-namespace": { says: "the answer is of another namespace" },
  "cas-no-namespace": { says: "the answer is of no namespace" },
  "cas-latin1": { says: "ISO 8859-1 where UTF-8 is declared" },
  "cas-html": { says: "a page of HTML comes in place of the answer" },
  "cas-error": { says: "the answer is 500" },
  "cas-huge": { says: "the answer is that many megabytes", takes: { upTo: 64 } },
  "cas-slow": { says: "waits that many seconds before it answers", takes: { upTo: 60 } },
  "cas-redirect": { says: "redirects to an answer about another person" },
  "cas-ticket-reusable": { says: "a ticket is validated as often as it comes, at any age" },
  "cas-logout-other-ticket": { says: "logout request: a ticket that nobody was given" },
  "cas-logout-no-ticket": { says: "logout request: no SessionIndex" },
  "cas-logout-two-tickets": { says: "logout request: two SessionIndex, the first unknown" },
  "cas-logout-doctype": { says: "logout request: a document type" },
  "cas-logout-comment": { says: "logout request: a comment splits the ticket" },
  "cas-logout-stale": { says: "logout request: issued a day ago" },
} as const;

export type CasDefects = Faults<typeof casDefects>;
