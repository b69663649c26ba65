/** Les mots de ce paquet : ceux des pages, et ceux qui entourent chaque message. */
import type { MessageState } from "../message-line.ts";

const states: Readonly<Record<MessageState, string>> = {
  queued: "En attente",
  accepted: "Parti",
  bounced: "Revenu",
  refused: "Refusé par l’accord",
  dead: "Abandonné",
};

export const fr = {
  title: "Messages",
  lead: "Les messages techniques que le service envoie\u202f: annonces, demandes transmises, rappels. L’accord est interrogé au moment du départ\u202f; adresses et textes sont chiffrés, puis détruits.",
  list: "Derniers messages",
  empty: "Aucun message pour l’instant.",
  message: "Message",
  unknownTemplate: "Modèle inconnu",
  client: "Client",
  state: "État",
  states,
  queuedAt: "Demandé",
  settledAt: "Issue",
  reason: "Motif",
  clause: "Clause",
  attempts: "Essais",
  transport: "Voie",
  transports: { smtp: "serveur de courriel", catcher: "aucune, le message est retenu ici" } as Readonly<
    Record<string, string>
  >,
  purpose: "Au titre de",
  key: "Référence",
  about: "Personne concernée",
  to: "Destinataire",
  language: "Langue",
  languages: { fr: "français", en: "anglais" },
  filter: "Montrer",
  filters: {
    all: "tout",
    queued: "en attente",
    accepted: "partis",
    bounced: "revenus",
    refused: "refusés",
    dead: "abandonnés",
  },
  show: "Montrer",
  noTransport: "Rien ne part\u202f: aucune voie d’envoi n’est configurée",
  noTransportMore:
    "Les messages attendent ici et rien ne se perd. Indiquez un serveur de courriel dans preau.yaml (plugins.mailer)\u202f: ils partiront.",
  caught: "Retenu ici",
  catcher: "Rien ne sort de cette machine",
  catcherMore: "Chaque message qui partirait se lit ici, avec ses liens.",
  trouble: (n: number) => (n === 1 ? "Un message n’est pas arrivé" : `${n} messages ne sont pas arrivés`),
  troubleMore:
    "Un message revenu, ou abandonné après ses essais, peut être remis en file tant que son texte existe.",
  reasons: {
    BAD_ADDRESS: "l’adresse n’en est pas une",
    BY_HAND: "signalé par une personne",
    ERASED: "la personne a été effacée",
    MAIL_NO_TEMPLATE: "son modèle n’existe plus",
    ECONNECTION: "le serveur a raccroché",
    ETIMEDOUT: "le serveur ne répond pas",
    ESOCKET: "le serveur ne répond pas",
    EDNS: "le serveur est introuvable",
    EAUTH: "le serveur refuse nos identifiants",
    ETLS: "la connexion ne peut pas être chiffrée",
  } as Readonly<Record<string, string>>,
  server: (code: string) => `le serveur a répondu ${code}`,
  report: (code: string) => `avis de retour ${code}`,
  restricted: "Le traitement des données de cette personne est limité\u202f: le message attend.",
  destroyed: "Le texte et l’adresse ont été détruits\u202f; il reste cette ligne.",
  sealed:
    "Le texte et l’adresse sont scellés\u202f: personne ne les lit ici. Voici le modèle, avec des valeurs d’exemple.",
  exampleTitle: "Ce à quoi ressemble ce message",
  contentTitle: "Ce qui partirait",
  asHtml: "Mise en page",
  asText: "Texte seul",
  frame: "Le message tel qu’un logiciel de courriel le montre",
  links: "Ses liens",
  returned: "Ce message est revenu",
  returnedHint:
    "À noter quand l’avis de retour arrive ailleurs\u202f: qui attendait ce message en est averti.",
  again: "Remettre en file",
  againHint: "L’accord sera interrogé de nouveau au départ.",
  dueNone: (n: number) =>
    n === 1
      ? "Un message attend\u202f: aucune voie d’envoi n’est configurée"
      : `${n} messages attendent\u202f: aucune voie d’envoi n’est configurée`,
};

export type MailTexts = typeof fr;

export const messageWords = {
  writes: (publisher: string, clause: string) =>
    `${publisher} vous écrit au titre de la clause ${clause} de l’accord de traitement des données.`,
  automatic: "Ce message est envoyé automatiquement.",
};

export type MessageWords = typeof messageWords;
