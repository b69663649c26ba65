/** What `preau request --help` says, in the language of the terminal. The words of states are the pages' own. */
import type { Language } from "@preau/kernel";

const en = {
  request:
    "data subjects' requests: taken in, passed on within 48 hours, done on instruction (D10.1a to D10.3b)",
  list: "what waits and where it stands, the most urgent first; 1 when something is late",
  show: "one request (rqs_…) or one message (inq_…): clocks, relays, what was done; never a text",
  receive: "take in a mail, an .eml file or the input; 1 when no person wrote it",
  assign: "say whose a message is: a request a right, at one controller; as the publisher's officer",
  forward: "send the controller a new link, or make one to hand over with --link; as the publisher's officer",
  handOver: "write down that a request was handed over by hand, with its evidence",
  execute: "do what a request asks for, on an instruction of the ledger; as the publisher's officer",
  report: "report inaccurate data to its controller (D10.3b); what is wrong is read from the input",
  controller: "whose data it is",
  view: "toForward (by default), withController or closed",
  matter:
    "a right: access, rectification, erasure, objection, restriction, portability, automatedDecision, withdrawalOfConsent, information",
  matters:
    "rights, with commas between them, of: access, rectification, erasure, objection, restriction, portability, automatedDecision, withdrawalOfConsent, information",
  page: "a page of 50; 1 by default",
  mail: "the mail as it came, or `-` for the input",
  receivedAt:
    "instant at which it reached us, 2026-11-23T08:00:00Z: its time runs from there; now when absent",
  subject: "whom it is about, sub_… or KIND:VALUE of an identifier; no address",
  role: "who asks: pupil, guardian, teacher or other",
  concernsStdin:
    "the name of whom it is about, where the writer asks for somebody else, is read from the input",
  text: "what goes on of the text: none (by default) or whole",
  link: "a link to hand over, shown this once, in place of the mail",
  at: "instant at which it was handed over",
  reference: "where the evidence is found again; no names",
  instruction: "id in the ledger, ins_…",
  purpose: "the purpose that ends, of an objection",
  place: "store/table.column, no value",
  learntAt: "instant at which we learnt of it; now when absent",
  nothingWaits: "nothing here",
  overdue: "late",
  messages: "messages to read",
  forwardBy: "to be passed on by",
  answerBy: "to be answered by",
  received: "received",
  closed: "closed",
  taken: "taken in",
  again: "stood already",
  dropped: {
    automatic: "written by a machine",
    echo: "our own mail, come back",
    empty: "nothing is written in it",
  },
  done: "done",
  relays: "relays",
  actions: "done on instruction",
  requests: "requests",
};

const fr: typeof en = {
  request:
    "demandes des personnes : reçues, transmises en 48 heures, exécutées sur instruction (D10.1a à D10.3b)",
  list: "ce qui attend et où cela en est, le plus urgent d’abord ; 1 si quelque chose est en retard",
  show: "une demande (rqs_…) ou un message (inq_…) : délais, liens, ce qui est fait ; jamais un texte",
  receive: "recevoir un courriel, un fichier .eml ou l’entrée ; 1 si aucune personne ne l’a écrit",
  assign:
    "dire à qui revient un message : une demande par droit, chez un responsable ; au nom du délégué de l’éditeur",
  forward:
    "envoyer un nouveau lien au responsable, ou en faire un à remettre avec --link ; au nom du délégué de l’éditeur",
  handOver: "inscrire qu’une demande a été remise en main propre, avec sa preuve",
  execute:
    "faire ce qu’une demande appelle, sur une instruction du registre ; au nom du délégué de l’éditeur",
  report: "signaler des données inexactes à leur responsable (D10.3b) ; ce qui ne va pas est lu à l’entrée",
  controller: "à qui sont les données : le responsable de traitement",
  view: "toForward (à transmettre, par défaut), withController (chez le responsable) ou closed (closes)",
  matter:
    "un droit : access, rectification, erasure, objection, restriction, portability, automatedDecision, withdrawalOfConsent, information",
  matters:
    "les droits, séparés par des virgules, parmi\u202f: access, rectification, erasure, objection, restriction, portability, automatedDecision, withdrawalOfConsent, information",
  page: "une page de 50 ; 1 par défaut",
  mail: "le courriel tel qu’il est arrivé, ou `-` pour l’entrée",
  receivedAt:
    "instant où il nous est parvenu, 2026-11-23T08:00:00Z : son délai court de là ; maintenant sinon",
  subject: "la personne concernée, sub_… ou GENRE:VALEUR d’un identifiant ; pas d’adresse",
  role: "qui demande : pupil (élève), guardian (parent), teacher (enseignant) ou other",
  concernsStdin: "le nom de la personne concernée, quand un autre écrit pour elle, est lu à l’entrée",
  text: "ce qui est transmis du texte : none (rien, par défaut) ou whole (tout)",
  link: "un lien à remettre, montré cette seule fois, au lieu du courriel",
  at: "instant de la remise",
  reference: "où la preuve se retrouve ; aucun nom",
  instruction: "son numéro au registre, ins_…",
  purpose: "la finalité qui cesse, pour une opposition",
  place: "stockage/table.colonne, aucune valeur",
  learntAt: "instant où nous l’avons appris ; maintenant sinon",
  nothingWaits: "rien ici",
  overdue: "en retard",
  messages: "messages à lire",
  forwardBy: "à transmettre avant le",
  answerBy: "réponse avant le",
  received: "reçue",
  closed: "close",
  taken: "reçu",
  again: "déjà là",
  dropped: {
    automatic: "écrit par une machine",
    echo: "notre propre courriel, revenu",
    empty: "rien n’y est écrit",
  },
  done: "fait",
  relays: "liens",
  actions: "fait sur instruction",
  requests: "demandes",
};

export const requestTexts: Readonly<Record<Language, typeof en>> = { en, fr };
