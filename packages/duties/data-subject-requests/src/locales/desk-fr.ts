/** Les mots du bureau des demandes : de ses listes, et de chaque état. */
import type { RequestChannel } from "@preau/kernel";
import type { InquiryState } from "../inquiry.ts";
import type { RelayState } from "../relay.ts";
import type {
  Authority,
  Identity,
  RefusalReason,
  RequestOutcome,
  RequestState,
  WaitReason,
} from "../request.ts";
import type { DeskView } from "../store/desk.ts";
import { caseFr } from "./case-fr.ts";

const states: Readonly<Record<RequestState | "overdue", string>> = {
  open: "À transmettre",
  overdue: "À transmettre, en retard",
  forwarded: "Transmise",
  received: "Ouverte par le responsable",
  inProgress: "En cours chez le responsable",
  closed: "Close",
};

const inquiryStates: Readonly<Record<InquiryState, string>> = {
  new: "À\u00a0lire",
  unknownController: "Établissement inconnu",
  assigned: "Demandes ouvertes",
  noRequest: "Pas une demande",
  closed: "Close",
};

const channels: Readonly<Record<RequestChannel, string>> = {
  page: "Page du site",
  api: "Logiciel de l’établissement",
  mail: "Courriel",
  support: "Support",
};

const identities: Readonly<Record<Identity, string>> = {
  signedIn: "connue\u202f: la personne était connectée",
  unverified: "à vérifier par le responsable",
  asked: "demandée par le responsable",
  verified: "vérifiée par le responsable",
  failed: "non établie",
};

const authorities: Readonly<Record<Authority, string>> = {
  self: "pour elle-même",
  guardianStated: "se dit parent ou tuteur, à vérifier",
  guardianVerified: "parent ou tuteur, vérifié",
  unstated: "non précisé",
};

const outcomes: Readonly<Record<RequestOutcome, string>> = {
  answered: "Le responsable a répondu",
  executed: "Fait ici, sur instruction du responsable",
  refused: "Refusée par le responsable",
  withdrawn: "Reprise par la personne",
};

const reasons: Readonly<Record<WaitReason | RefusalReason, string>> = {
  need_user_verification: "identité à vérifier",
  suspected_fraud: "fraude soupçonnée",
  insuf_verification: "identité non établie",
  no_match: "personne non trouvée",
  claim_not_covered: "droit qui ne s’applique pas ici",
  outside_jurisdiction: "hors du champ de la loi",
  too_many_requests: "demandes excessives",
  other: "autre motif",
};

const relayStates: Readonly<Record<RelayState, string>> = {
  queued: "en partance",
  accepted: "remis au serveur de messagerie",
  handed: "remis en main propre",
  opened: "ouvert",
  bounced: "revenu",
  refused: "retenu ici\u202f: non prévu par l’accord",
  superseded: "remplacé par un lien plus récent",
};

const viewNames: Readonly<Record<DeskView, string>> = {
  toForward: "À transmettre",
  withController: "Chez le responsable",
  closed: "Closes",
};

const desk = {
  title: "Demandes des personnes",
  lead: "Ce que des personnes demandent sur leurs données. L’éditeur transmet dans le délai de l’accord, ne répond pas lui-même, et n’agit que sur instruction écrite du responsable de traitement.",
  leadController:
    "Ce que des personnes de votre établissement demandent sur leurs données. C’est vous qui répondez\u202f: l’éditeur vous transmet les demandes, et exécute ce que vous lui ordonnez.",
  overdue: (count: number, said: string) =>
    count < 2
      ? "Une demande n’a pas été transmise à temps"
      : `${said} demandes n’ont pas été transmises à temps`,
  overdueMore: "L’alerte est inscrite au journal. Transmettez maintenant, par lien ou en main propre.",
  overdueMoreController: "L’éditeur aurait déjà dû vous la remettre. L’alerte est inscrite au journal.",
  enter: "Saisir une demande reçue autrement",
  requests: "Demandes",
  views: "Où en sont les demandes",
  viewNames,
  empties: {
    toForward: "Rien n’attend d’être transmis.",
    withController: "Aucune demande n’est chez un responsable.",
    closed: "Aucune demande close.",
  } satisfies Record<DeskView, string>,
  request: "Demande",
  matter: "Droit",
  anyMatter: "Tous",
  filter: "Filtrer",
  controller: "Responsable",
  state: "État",
  received: "Reçue",
  forwardBy: "À transmettre",
  answerBy: "Réponse du responsable",
  closedAt: "Close",
  bounced: "Le lien est revenu",
  textHeld: "texte retenu, les faits sont transmis",
  inquiries: "Messages à lire",
  inquiriesLead:
    "Une personne dit à qui revient chaque message, et ce qui y est demandé. Le délai court depuis la réception.",
  inquiriesWaiting: (count: number, said: string) =>
    count === 0 ? "Messages" : count === 1 ? "Un message attend" : `${said} messages attendent`,
  inquiriesEmpty: "Aucun message n’attend.",
  message: "Message",
  asked: "Ce qui semble demandé",
  pages: "Pages",
  previous: "Page précédente",
  next: "Page suivante",
} as const;

const entry = {
  title: "Saisir une demande",
  lead: "Une demande arrivée par téléphone, par lettre, par courriel ou au support. Son délai court depuis l’instant où elle nous est parvenue, non depuis votre saisie.",
  channel: "Elle est arrivée",
  channels: { support: "par le support", mail: "par courriel ou lettre" },
  day: "Jour de réception",
  time: "Heure de réception",
  timeHint: "Facultative, comme 14:05. Sans elle, le délai court depuis le début du jour.",
  momentError: "Ce n’est pas un jour ou une heure, ou ce moment n’est pas encore venu.",
  send: "Enregistrer",
  done: "Demande enregistrée",
  doneMore: "Elle attend d’être lue par le délégué à la protection des données de l’éditeur.",
  read: "Lire le message, et dire à qui il revient",
} as const;

export const deskFr = {
  states,
  inquiryStates,
  channels,
  identities,
  authorities,
  outcomes,
  reasons,
  relayStates,
  desk,
  entry,
  ...caseFr,
};
