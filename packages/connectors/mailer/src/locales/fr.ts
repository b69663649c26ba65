/** Les mots de ce paquet : ceux des pages, et ceux qui entourent chaque message. */
import type { MessageState } from "../message-line.ts";
import type { SuppressionKind } from "../suppression.ts";

const states: Readonly<Record<MessageState, string>> = {
  queued: "En attente",
  accepted: "Parti",
  bounced: "Revenu",
  refused: "Refusé par l’accord",
  dead: "Abandonné",
};

const suppressionKinds: Readonly<Record<SuppressionKind, string>> = {
  hardBounce: "la boîte n’existe pas",
  complaint: "un destinataire a signalé un message indésirable",
  unsubscribed: "le destinataire s’est désabonné",
  blocked: "le prestataire n’y envoie plus",
  softBounces: "boîte pleine ou muette, à plusieurs reprises",
  manual: "inscrite par une personne",
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
  transports: {
    smtp: "serveur de courriel",
    brevo: "Brevo",
    catcher: "aucune, le message est retenu ici",
  } as Readonly<Record<string, string>>,
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
    SUPPRESSED_HARD_BOUNCE: "on n’écrit plus à cette adresse\u202f: la boîte n’existe pas",
    SUPPRESSED_COMPLAINT: "on n’écrit plus à cette adresse\u202f: un message y a été signalé indésirable",
    SUPPRESSED_UNSUBSCRIBED: "on n’écrit plus à cette adresse\u202f: le destinataire s’est désabonné",
    SUPPRESSED_BLOCKED: "on n’écrit plus à cette adresse\u202f: le prestataire n’y envoie plus",
    SUPPRESSED_SOFT_BOUNCES: "on n’écrit plus à cette adresse\u202f: boîte pleine ou muette",
    SUPPRESSED_MANUAL: "on n’écrit plus à cette adresse\u202f: une personne l’a inscrite sur la liste",
    HOOK_HARD_BOUNCE: "le prestataire l’a vu revenir\u202f: la boîte n’existe pas",
    HOOK_INVALID: "le prestataire tient l’adresse pour fausse",
    HOOK_SOFT_BOUNCE: "le prestataire a cessé d’essayer\u202f: boîte pleine ou muette",
    HOOK_BLOCKED: "le prestataire n’envoie plus à cette adresse",
    HOOK_ERROR: "le prestataire n’a pas pu l’envoyer",
    MAIL_NO_TEMPLATE: "son modèle n’existe plus",
    ECONNECTION: "le serveur a raccroché",
    ETIMEDOUT: "le serveur ne répond pas",
    ESOCKET: "le serveur ne répond pas",
    EDNS: "le serveur est introuvable",
    EAUTH: "le serveur refuse nos identifiants",
    ETLS: "la connexion ne peut pas être chiffrée",
    CAPPED: "cette adresse a reçu ses messages de l’heure",
    RATE_LIMITED: "le prestataire n’a pas de place pour l’instant",
    NO_ANSWER:
      "un essai antérieur est resté sans réponse\u202f: il est peut-être arrivé deux fois, sous une même clé",
    BREVO_INVALID_PARAMETER: "Brevo le refuse",
    BREVO_NOT_ENOUGH_CREDITS: "le compte chez Brevo n’a plus de crédit",
    BREVO_UNAUTHORIZED: "Brevo refuse notre clé",
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
  templates: {
    title: "Modèles de messages",
    lead: "Tout ce que le service peut écrire, avec des valeurs d’exemple. L’objet est le même pour tous\u202f: il ne dit rien de personne.",
    list: "Modèles",
    empty: "Aucune extension ne déclare de modèle.",
    subject: "Objet",
    name: "Modèle",
    otherLanguage: "L’autre langue",
    file: "Tel qu’il partirait",
  },
  keptBack: "Retenu\u202f: adresse sur la liste",
  suppressed: {
    title: "Adresses auxquelles on n’écrit plus",
    lead: "Une adresse qui ne reçoit pas, ou qui ne veut plus recevoir, est laissée en paix un temps. La liste ne contient aucune adresse\u202f: une empreinte chiffrée propre à chaque client, qui s’en va avec la personne.",
    list: "Entrées en cours",
    found: "Entrées de cette adresse",
    empty: "Personne sur la liste.",
    entry: "Entrée",
    client: "Client",
    why: "Motif",
    kinds: suppressionKinds,
    counted: (strikes: number, after: number) =>
      `compté ${strikes} fois sur ${after}\u202f: sans effet encore`,
    since: "Depuis",
    until: "Jusqu’au",
    deed: "Décision",
    remove: "Retirer de la liste",
    ask: "Cette adresse y est-elle\u202f?",
    address: "Adresse électronique",
    askHint: "L’adresse n’est ni gardée ni journalisée.",
    askButton: "Demander",
    isOn: "Oui, elle est sur la liste",
    isNotOn: "Non, elle n’est pas sur la liste",
    noAddress: "Ceci n’est pas une adresse",
    add: "Y inscrire une adresse",
    controller: "Client (identifiant)",
    addHint: (days: number) => `On n’y écrira plus pendant ${days}\u00a0jours.`,
    addButton: "Inscrire",
  },
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
