/** Les mots que plusieurs pages partagent, et ceux de qui demande. Ceux du bureau sont dans `desk-fr.ts`. */
import type { RequesterRole, RequestMatter } from "@preau/kernel";
import type { RequestState } from "../request.ts";
import { deskFr } from "./desk-fr.ts";

const matters: Readonly<Record<RequestMatter, string>> = {
  access: "Accès",
  rectification: "Rectification",
  erasure: "Effacement",
  objection: "Opposition",
  restriction: "Limitation",
  portability: "Portabilité",
  automatedDecision: "Décision automatisée",
  withdrawalOfConsent: "Retrait d’un consentement",
  information: "Demande d’information",
};

const roles: Readonly<Record<RequesterRole, string>> = {
  pupil: "Élève",
  guardian: "Parent ou tuteur",
  teacher: "Enseignant",
  other: "Autre personne",
};

/** Ce qui est demandé, dans les mots de qui demande. */
const asks: Readonly<Record<RequestMatter, readonly [label: string, hint: string]>> = {
  access: ["Voir mes données", "Savoir ce que l’on a sur moi, et en recevoir une copie."],
  rectification: ["Corriger mes données", "Quelque chose est faux, ancien ou incomplet."],
  erasure: ["Effacer mes données", "Qu’elles ne soient plus gardées."],
  objection: ["M’opposer à un usage", "Que l’on cesse de s’en servir pour une raison que je précise."],
  restriction: ["Geler mes données", "Qu’on les garde, mais qu’on ne s’en serve plus."],
  portability: ["Emporter mes données", "Les recevoir dans un fichier, pour un autre service."],
  automatedDecision: [
    "Contester une décision prise par une machine",
    "Un logiciel a décidé seul, ou dresse mon profil.",
  ],
  withdrawalOfConsent: ["Retirer mon accord", "J’avais dit oui, et je change d’avis."],
  information: ["Poser une question", "Comprendre ce que l’on fait de mes données."],
};

const intake = {
  title: "Vos droits sur vos données",
  lead: "Vous voulez voir, corriger, effacer ou emporter des données d’élève, de parent ou d’enseignant\u202f? Écrivez-le ici. Nous le transmettons à l’établissement qui en est responsable\u202f: c’est lui qui vous répond.",
  why: "Nous ne demandons que ce qu’il faut pour que l’établissement vous retrouve et vous réponde. N’envoyez ni pièce d’identité, ni document.",
  whyKnown:
    "Vous êtes connecté\u202f: votre établissement sait qui vous êtes. Nous ne vous demandons ni votre nom, ni votre adresse.",
  signIn:
    "Si vous avez un compte, passez d’abord par le médiacentre de votre établissement\u202f: il y aura moins à remplir.",
  asksTitle: "Que demandez-vous\u202f?",
  asksHint: "Cochez une ou plusieurs cases.",
  alsoTitle: "Ou bien",
  unknown: "Je ne sais pas, ou autre chose",
  unknownHint: "Expliquez-le plus bas avec vos mots.",
  asksError: "Cochez au moins une case, ou écrivez quelque chose plus bas.",
  textError: "C’est trop long\u202f: au plus 20 000 signes.",
  refused: "Votre demande n’est pas encore partie",
  refusedMore:
    "Ce que vous avez écrit est toujours là. Corrigez ce qui est indiqué, puis envoyez de nouveau.",
  whoTitle: "Qui demande\u202f?",
  role: "Vous êtes",
  roleUnsaid: "je ne le dis pas",
  roles: {
    pupil: "un élève",
    guardian: "un parent, un tuteur ou une tutrice",
    teacher: "un enseignant ou une enseignante",
    other: "une autre personne",
  } satisfies Record<RequesterRole, string>,
  name: "Votre nom",
  address: "Où l’établissement peut vous répondre",
  addressHint: "Un courriel, ou une adresse postale.",
  school: "L’établissement, et sa ville",
  schoolHint: "Tel que vous l’appelez. C’est à lui que nous transmettons.",
  pupil: "L’élève pour qui vous demandez",
  pupilHint: "Seulement si vous êtes son parent, son tuteur ou sa tutrice.",
  text: "Ce que vous voulez ajouter",
  textHint: "Facultatif. N’écrivez rien sur d’autres personnes.",
  send: "Envoyer ma demande",
} as const;

const received = {
  at: "Reçu",
  reference: "Référence",
  referenceHint: "Gardez-la si vous voulez en reparler. Elle ne dit rien de vous.",
  nextTitle: "Et maintenant\u202f?",
  due: "Transmis au plus tard",
  constant:
    "Cette page dit la même chose à tout le monde\u202f: elle n’indique pas si nous connaissons l’établissement, ni qui que ce soit.",
  complaint:
    "Sans réponse, adressez-vous à l’établissement ou à son délégué à la protection des données. Vous pouvez aussi saisir la CNIL à tout moment.",
  mine: "Suivre mes demandes",
} as const;

const mine = {
  title: "Mes demandes",
  lead: "Ce que vous avez demandé sur vos données, et où cela en est. La réponse vient de votre établissement, jamais d’ici.",
  list: "Demandes",
  empty: "Vous n’avez rien demandé.",
  new: "Faire une demande",
  matter: "Demande",
  received: "Reçue",
  where: "Où cela en est",
  next: "Qui fait quoi, et quand",
  forAnother: "pour une autre personne",
  untold: "Demande à lire par une personne",
  untoldState: "Une personne la lit pour savoir ce que vous demandez.",
  states: {
    open: "Reçue, pas encore transmise",
    forwarded: "Transmise à votre établissement",
    received: "Lue par votre établissement",
    inProgress: "Votre établissement s’en occupe",
    closed: "Close",
  } satisfies Record<RequestState, string>,
  nextForward: "Nous la transmettons au plus tard",
  nextAnswer: "Votre établissement vous répond au plus tard",
  nextAnswerNoDate: "Votre établissement vous répond lui-même.",
  nextOver: "Votre établissement vous répond lui-même. Rien ne reste de ce que vous aviez écrit.",
  withdraw: "Reprendre ma demande",
} as const;

export const fr = {
  matters,
  roles,
  asks,
  intake,
  received,
  mine,
  ...deskFr,
};

/** Deux langues, une forme. */
type Same<T> = T extends string
  ? string
  : T extends (...given: infer A) => string
    ? (...given: A) => string
    : { readonly [K in keyof T]: Same<T[K]> };
export type RequestTexts = Same<typeof fr>;
