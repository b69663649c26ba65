/** Les mots du lien remis au responsable, des messages à lire, et des données inexactes. */
import { inaccuracyFr } from "./inaccuracy-fr.ts";

const relay = {
  title: "Une demande vous est transmise",
  lead: "Quelqu’un a écrit à l’éditeur à propos de ses données. Vous êtes responsable de ces données\u202f: c’est à vous de répondre.",
  once: "La demande ne s’affiche qu’une fois par ce lien. L’ouvrir prouve que vous l’avez reçue.",
  open: "Ouvrir la demande",
  looking: "Regarder cette page n’ouvre rien, et ne prouve rien.",
  todo: "Que faire",
  dead: {
    used: {
      title: "Ce lien a déjà été ouvert",
      says: "Une personne l’a ouvert avant vous. Ce qu’il montrait ne s’affiche plus par ce lien.",
      todo: [
        "Si c’était vous, ou un collègue\u202f: connectez-vous avec un compte de votre établissement, la demande vous y attend.",
        "Si personne chez vous ne l’a ouvert\u202f: prévenez l’éditeur sans attendre, le lien a pu être lu par un autre.",
      ],
    },
    expired: {
      title: "Ce lien n’est plus valable",
      says: "Son temps est passé.",
      todo: [
        "Connectez-vous avec un compte de votre établissement.",
        "Ou demandez un nouveau lien à l’éditeur, en répondant au courriel qui portait celui-ci.",
      ],
    },
    unknown: {
      title: "Ce lien ne mène à rien",
      says: "Il est incomplet, remplacé par un plus récent, ou n’a jamais été fait ici.",
      todo: [
        "Vérifiez que l’adresse est entière\u202f: un logiciel de messagerie l’a peut-être coupée.",
        "Cherchez un courriel plus récent, ou demandez un nouveau lien à l’éditeur.",
      ],
    },
  },
  openedLead: "Voici ce qui est demandé, et où sont les données. C’est à vous de répondre à la personne.",
  onceTitle: "Cette page ne s’affichera plus par ce lien",
  onceMore:
    "Imprimez-la maintenant si vous n’avez pas de compte ici. Avec un compte de votre établissement, vous la retrouverez.",
  nextTitle: "Ce que vous avez à faire",
  next: [
    "Dire que vous avez la demande, et de qui il s’agit. L’éditeur n’a demandé aucune pièce à personne.",
    "Décider, et répondre à la personne vous-même, dans votre délai.",
    "Ordonner à l’éditeur, par écrit, ce qu’il doit faire pour vous\u202f: il ne fait rien sans cela.",
  ],
  follow: "Suivre cette demande avec mon compte",
  reportTitle: "Des données semblent inexactes",
  reportLead:
    "L’éditeur a appris que des données dont vous êtes responsable sont inexactes ou dépassées. C’est à vous de voir ce qu’il faut en faire.",
} as const;

const inquiry = {
  title: "Message reçu",
  back: "Demandes",
  channel: "Arrivé par",
  receivedAt: "Reçu",
  due: "À transmettre",
  said: "Demandé, selon la personne",
  recognised: "Reconnu dans le texte",
  role: "Qui demande",
  attachments: "Pièces jointes",
  attachmentsOf: (count: number) => (count === 0 ? "aucune" : `${count}, non gardées`),
  level: "Alertes",
  levelOf: (count: number) => (count === 0 ? "aucune" : String(count)),
  overdueAt: "Alerte de retard",
  state: "État",
  known: "Personne connectée",
  textGone: "Texte détruit",
  out: "Demandes qui en sont sorties",
  outEmpty: "Aucune pour l’instant.",
  show: "Lire le message",
  showHint:
    "Ce qui est écrit peut nommer des personnes. Dites pourquoi vous le lisez\u202f: c’est inscrit au journal d’activité.",
  showReason: "Pourquoi",
  showReasons: {
    assign: "pour savoir à qui revient la demande",
    extract: "pour décider ce qui est transmis",
    check: "pour vérifier ce qui a été fait",
  },
  showButton: "Afficher le texte",
  written: "Ce qui a été écrit",
  name: "Nom",
  address: "Adresse",
  concerns: "Pour",
  school: "Établissement, tel qu’écrit",
  nothing: "Rien d’écrit.",
  candidates: "À qui cela peut revenir",
  candidatesHint:
    "Pour vos yeux seulement\u202f: personne au dehors n’apprend si un établissement est connu.",
  candidatesEmpty: "Aucun client ne ressemble à ce qui est écrit.",
  searched: (searched: string, of: string) => `Adresse cherchée chez ${searched} responsables sur ${of}.`,
  why: "Parce que",
  whys: {
    signedIn: "la personne était connectée",
    uai: "le numéro UAI est écrit",
    name: "le nom ressemble",
    address: "l’adresse y est connue",
    gar: "GAR",
  },
  controller: "Responsable",
  assign: "Dire à qui revient la demande",
  assignHint:
    "Une ligne par personne concernée. Chaque droit coché devient une demande, transmise à son responsable. Deux demandes ouvertes de la même personne, sur le même droit, n’en font qu’une.",
  person: (nth: number) => `Personne ${nth}`,
  controllerHint: "L’identifiant d’un client enregistré.",
  otherController: "Autre responsable",
  matters: "Droits",
  personRole: "Qui est-ce",
  subject: "Identifiant de la personne",
  subjectHint:
    "Facultatif\u202f: sub_…, ou genre et valeur, comme moodle.user:210. Sinon le responsable le dira.",
  aboutAnother: "Pour qui, si ce n’est pas qui écrit",
  aboutAnotherHint: "Son nom, tel qu’écrit\u202f: l’élève d’un parent, par exemple.",
  passed: "Ce qui est transmis du texte",
  passedNone: "rien\u202f: les faits seuls",
  passedWhole: "tout\u202f: il ne nomme personne d’autre",
  passedExtract: "l’extrait ci-dessous",
  extract: "Extrait",
  extractProposed: "Proposé sans les autres noms\u202f: relisez-le.",
  extractUnclear: "Quelqu’un d’autre y est peut-être encore nommé\u202f: relisez-le.",
  another: "Une personne de plus",
  assignButton: "Ouvrir les demandes",
  noRequest: "Ce n’est pas une demande",
  noRequestHint: "Le message est classé, et ce qui a été écrit est détruit.",
  noRequestReason: "Motif",
  noRequestReasons: {
    notARequest: "ne demande rien sur des données",
    unsolicited: "publicité ou message automatique",
    noClientOfOurs: "aucun de nos clients n’est visé",
  },
  noRequestButton: "Classer",
  unknownController: "Aucun client n’est visé",
  unknownControllerHint: "Le message est signalé. Personne au dehors n’apprend ce qu’il en est.",
  unknownControllerButton: "Signaler",
} as const;

export const relayFr = { relay, inquiry, ...inaccuracyFr };
