/** What `preau subprocessors …` says, in both languages. */
import type { Language } from "@preau/kernel";

const en = {
  subprocessors: "whom the publisher engages, what changes, and which client it is open for",
  list: "list subprocessors, with what is missing on file",
  propose: "draft a change from a YAML or JSON file; nobody is told of it",
  announce: "announce a draft: each client under contract gets a notice, and its own clock",
  withdraw: "take an announced change back: it shuts at once for everybody",
  changes: "list changes, drafts too",
  status: "where clients stand towards a change: received, until when shut, objected, open",
  receipt: "record that a client received the notice, with the writing that proves it",
  object: "record a client's objection, with its writing and its date",
  link: "make a link to hand over to a client that has no address",
  baseline:
    "remember annex C of an agreement that was in force before, for contracts that were signed under it",
  change: "the change, spc_…",
  controllers: "these clients alone, with commas between; every client under contract otherwise",
  controller: "the client",
  receivedAt: "when the writing was received, 2026-03-27T10:30:00.000Z",
  datedAt: "the date that the writing bears; when it was received otherwise",
  means: "email, letter or desk",
  writer: "representative, dpo or contact",
  reference: "under which the writing is found again; names nobody",
  sha256: "SHA-256 of the writing; a receipt asks for it",
  agreement: "folder of that agreement",
  yes: "announce without asking",
  ask: (name: string) => `Announce the change about ${name} to the clients? [y/N]`,
  notAsked: "Nothing was announced: say --yes, or answer the question.",
  nothing: "none",
  columns: ["recipient", "company", "scope", "transfer", "missing"],
  changeColumns: ["change", "kind", "recipient", "company", "state", "announced"],
  statusColumns: ["client", "sent", "received", "stands", "until"],
  announced: (count: number) => `Announced to ${String(count)} clients.`,
  remembered: "Annex C of that agreement is remembered.",
  known: "It was known already.",
  until: "good until",
  exits:
    "status: 0 open for every client that was told · 1 somebody objected · 3 some are still shut or have not received it",
  file: `A file:
  kind: add                    # add, replace, extendScope, transfer
  startsOn: 2026-09-01
  entry:                       # as in annexC of agreement.yaml
    recipient: spareHost
    clause: DC
    name: Nuage Exemple
    register: HRB 1234 Exempelstadt
    fr: Hébergement de secours
    en: Spare hosting
    origins: everyOrigin
    transfers: none
    deletionDelay: hours(24)
    operations: [store]
  content:
    purpose: { fr: …, en: … }
    places: { storage: [FR], processing: [FR] }
    retention: { fr: …, en: … }
    guarantees: { fr: …, en: … }`,
};

const fr: typeof en = {
  subprocessors: "à qui l’éditeur fait appel, ce qui change, et pour quel client c’est ouvert",
  list: "liste les sous-traitants, avec ce qui manque à leur dossier",
  propose: "prépare un changement d’après un fichier YAML ou JSON ; personne n’en est averti",
  announce: "annonce un brouillon : chaque client sous contrat reçoit une notice, et son propre délai",
  withdraw: "retire un changement annoncé : il se ferme aussitôt pour tous",
  changes: "liste les changements, brouillons compris",
  status: "où en sont les clients : reçu, fermé jusqu’à quand, opposition, ouvert",
  receipt: "inscrit qu’un client a reçu la notice, avec l’écrit qui l’atteste",
  object: "inscrit l’opposition d’un client, avec son écrit et sa date",
  link: "établit un lien à remettre à un client sans adresse",
  baseline: "retient l’annexe C d’un accord antérieur, pour les contrats signés sous lui",
  change: "le changement, spc_…",
  controllers: "ces clients seulement, séparés par des virgules ; tous les clients sous contrat sinon",
  controller: "le client",
  receivedAt: "quand l’écrit a été reçu, 2026-03-27T10:30:00.000Z",
  datedAt: "la date que porte l’écrit ; celle de sa réception sinon",
  means: "email, letter ou desk",
  writer: "representative, dpo ou contact",
  reference: "sous laquelle l’écrit se retrouve ; ne nomme personne",
  sha256: "SHA-256 de l’écrit ; une réception l’exige",
  agreement: "dossier de cet accord",
  yes: "annonce sans demander",
  ask: (name) => `Annoncer aux clients le changement au sujet de ${name} ? [o/N]`,
  notAsked: "Rien n’a été annoncé : ajoutez --yes, ou répondez à la question.",
  nothing: "aucun",
  columns: ["destinataire", "société", "étendue", "transfert", "manque"],
  changeColumns: ["changement", "genre", "destinataire", "société", "état", "annoncé"],
  statusColumns: ["client", "envoi", "reçu", "position", "jusqu’au"],
  announced: (count) => `Annoncé à ${String(count)} clients.`,
  remembered: "L’annexe C de cet accord est retenue.",
  known: "Elle était déjà connue.",
  until: "valable jusqu’au",
  exits:
    "status : 0 ouvert pour chaque client averti · 1 opposition · 3 encore fermé, ou réception non attestée",
  file: en.file.replace("A file:", "Un fichier :"),
};

export const subprocessorsTexts: Readonly<Record<Language, typeof en>> = { en, fr };
