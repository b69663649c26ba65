/** What the pages say in French; the other languages have the same words. */
import type { BlockReason, Delivery } from "./account-state.ts";
import type { EventName } from "./event-names.ts";

export interface Words {
  readonly language: "fr" | "en";
  readonly site: string;
  readonly skip: string;
  readonly pages: string;
  readonly other: string;
  readonly invented: string;
  readonly mails: string;
  readonly faults: string;
  readonly intro: string;
  readonly api: string;
  readonly key: string;
  readonly clock: string;
  readonly advance: string;
  readonly jumps: readonly (readonly [seconds: number, name: string])[];
  /** What an address does. */
  readonly addresses: string;
  readonly heads: {
    readonly mails: readonly string[];
    readonly log: readonly string[];
    readonly blocked: readonly string[];
    readonly contacts: readonly string[];
    readonly webhooks: readonly string[];
    readonly deliveries: readonly string[];
  };
  readonly deletions: string;
  readonly blocklist: string;
  readonly contacts: string;
  readonly webhooks: string;
  readonly deliveries: string;
  readonly nothing: string;
  readonly more: (shown: number, all: number) => string;
  readonly scheduled: string;
  readonly asked: string;
  readonly deleted: string;
  readonly deletionOf: { readonly mail: string; readonly address: string };
  readonly noAnswer: string;
  readonly states: Readonly<Record<Delivery["state"], string>>;
  readonly events: Readonly<Record<EventName, string>>;
  readonly reasons: Readonly<Record<BlockReason, string>>;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string;
  readonly tags: string;
  readonly attachments: string;
  readonly headers: string;
  readonly preview: string;
  readonly text: string;
  readonly notFound: string;
  readonly faultsIntro: string;
  readonly noFault: string;
  readonly faultsOn: string;
  readonly groups: readonly [string, string, string, string];
  readonly apply: string;
  readonly clear: string;
}

export const fr: Words = {
  language: "fr",
  site: "Brevo simulé",
  skip: "Aller au contenu",
  pages: "Pages",
  other: "English",
  invented: "Tout est inventé ici. Aucun courriel ne quitte cette machine.",
  mails: "Courriels",
  faults: "Défauts",
  intro:
    "Un Brevo en miniature pour le développement et les tests : ce qui lui est confié s'affiche ici et ne part pas.",
  api: "API",
  key: "Clé",
  clock: "Heure du simulateur",
  advance: "Avancer l'heure",
  jumps: [
    [60, "d'une minute"],
    [600, "de dix minutes"],
    [43_200, "de douze heures"],
    [172_800, "de deux jours"],
  ],
  addresses: "Ce que font les adresses",
  heads: {
    mails: ["Pris le", "À", "Objet", "Ce qu'il en est"],
    log: ["Demandée", "Porte sur", "État"],
    blocked: ["Adresse", "Motif", "Depuis"],
    contacts: ["Numéro", "Adresse", "Créé le"],
    webhooks: ["Numéro", "Adresse", "Évènements"],
    deliveries: ["Appel", "Évènements", "Tentatives", "État"],
  },
  deletions: "Suppressions du journal",
  blocklist: "Adresses bloquées",
  contacts: "Contacts",
  webhooks: "Webhooks",
  deliveries: "Appels des webhooks",
  nothing: "Rien.",
  more: (shown, all) => `Les ${shown} plus récents, sur ${all}.`,
  scheduled: "programmé",
  asked: "demandée",
  deleted: "faite",
  deletionOf: { mail: "un courriel", address: "une adresse" },
  noAnswer: "sans réponse",
  states: { waiting: "en attente", delivered: "accepté", "given up": "abandonné", lost: "perdu" },
  events: {
    request: "pris",
    delivered: "distribué",
    hardBounce: "rejet définitif",
    softBounce: "rejet temporaire",
    blocked: "bloqué",
    spam: "signalé comme indésirable",
    invalid: "adresse invalide",
    deferred: "différé",
    uniqueOpened: "première ouverture",
    opened: "ouvert",
    click: "lien suivi",
    unsubscribed: "désinscription",
    error: "erreur",
  },
  reasons: {
    unsubscribedViaMA: "désinscription",
    unsubscribedViaEmail: "désinscription par courriel",
    adminBlocked: "bloquée par l'administrateur",
    unsubscribedViaApi: "désinscription par l'API",
    hardBounce: "rejet définitif",
    contactFlaggedAsSpam: "plainte",
  },
  from: "De",
  to: "À",
  replyTo: "Répondre à",
  tags: "Étiquettes",
  attachments: "Pièces jointes",
  headers: "En-têtes",
  preview: "Aperçu",
  text: "Texte",
  notFound: "Ce courriel n'est pas, ou plus, dans le journal.",
  faultsIntro:
    "Ce que le service peut mal faire. Les programmes lisent et changent la même liste en JSON, à la même adresse.",
  noFault: "Aucun défaut : le service simulé se conduit bien.",
  faultsOn: "En service :",
  groups: ["Réglages", "Réponses de l'API", "Journal", "Webhooks"],
  apply: "Appliquer",
  clear: "Tout remettre en ordre",
};
