/** What the CAS server can get wrong, one switch each, for the GAR's answers and an ENT's alike. */
import type { Faults } from "../faults.ts";

export const casDefects = {
  "cas-other-person": {
    says: "the attributes are those of another person",
    fr: "les attributs sont ceux d'une autre personne",
  },
  "cas-two-successes": {
    says: "two authenticationSuccess, the second of another person",
    fr: "deux authenticationSuccess, le second d'une autre personne",
  },
  "cas-success-and-failure": {
    says: "success and failure in one answer: 1 success first, 2 failure first",
    fr: "succès et échec dans une réponse : 1 le succès d'abord, 2 l'échec d'abord",
    takes: { upTo: 2 },
  },
  "cas-nested-success": {
    says: "the success stands inside a failure",
    fr: "le succès est à l'intérieur d'un échec",
  },
  "cas-two-identifiers": {
    says: "user and IDO come twice, with two values",
    fr: "user et IDO viennent deux fois, avec deux valeurs",
  },
  "cas-comment": { says: "a comment splits user and IDO", fr: "un commentaire coupe user et IDO" },
  "cas-cdata": { says: "user and IDO are CDATA sections", fr: "user et IDO sont des sections CDATA" },
  "cas-processing-instruction": {
    says: "a processing instruction splits user and IDO",
    fr: "une instruction de traitement coupe user et IDO",
  },
  "cas-doctype": { says: "the answer has a document type", fr: "la réponse a un type de document" },
  "cas-entities": {
    says: "user and IDO are entities of a document type: another person's",
    fr: "user et IDO sont des entités d'un type de document : ceux d'une autre personne",
  },
  "cas-other-namespace": {
    says: "the answer is of another namespace",
    fr: "la réponse est d'un autre espace de noms",
  },
  "cas-no-namespace": { says: "the answer is of no namespace", fr: "la réponse est sans espace de noms" },
  "cas-latin1": { says: "ISO 8859-1 where UTF-8 is declared", fr: "ISO 8859-1 là où UTF-8 est annoncé" },
  "cas-html": {
    says: "a page of HTML comes in place of the answer",
    fr: "une page HTML vient à la place de la réponse",
  },
  "cas-error": { says: "the answer is 500", fr: "la réponse est 500" },
  "cas-huge": {
    says: "the answer is that many megabytes",
    fr: "la réponse fait autant de mégaoctets",
    takes: { upTo: 64 },
  },
  "cas-slow": {
    says: "waits that many seconds before it answers",
    fr: "attend autant de secondes avant de répondre",
    takes: { upTo: 60 },
  },
  "cas-redirect": {
    says: "redirects to an answer about another person",
    fr: "renvoie vers une réponse sur une autre personne",
  },
  "cas-ticket-reusable": {
    says: "a ticket is validated as often as it comes, at any age",
    fr: "un ticket est validé autant de fois qu'il vient, à tout âge",
  },
  "cas-logout-other-ticket": {
    says: "logout request: a ticket that nobody was given",
    fr: "demande de déconnexion : un ticket que personne n'a reçu",
  },
  "cas-logout-no-ticket": {
    says: "logout request: no SessionIndex",
    fr: "demande de déconnexion : sans SessionIndex",
  },
  "cas-logout-two-tickets": {
    says: "logout request: two SessionIndex, the first unknown",
    fr: "demande de déconnexion : deux SessionIndex, le premier inconnu",
  },
  "cas-logout-doctype": {
    says: "logout request: a document type",
    fr: "demande de déconnexion : un type de document",
  },
  "cas-logout-comment": {
    says: "logout request: a comment splits the ticket",
    fr: "demande de déconnexion : un commentaire coupe le ticket",
  },
  "cas-logout-stale": {
    says: "logout request: issued a day ago",
    fr: "demande de déconnexion : émise il y a un jour",
  },
} as const;

export type CasDefects = Faults<typeof casDefects>;
