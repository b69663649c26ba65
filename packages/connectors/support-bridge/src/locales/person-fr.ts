import type { WordsLike } from "./words-like.ts";

/** Les mots de qui demande de l’aide. */
export const personFr = {
  title: "Assistance",
  lead: "Une question sur le produit, quelque chose qui ne marche pas\u202f? Voici qui vous aide.",
  sent: "Votre message est arrivé",
  sentMore:
    "La réponse vous attendra ici. Nous ne vous demandons pas d’adresse\u202f: revenez quand vous voulez.",
  unread: (count: number) => (count === 1 ? "Une réponse vous attend" : `${count} réponses vous attendent`),
  unreadMore: "Vous la trouverez plus bas, en premier. La voilà lue.",
  deskTitle: "Le service d’assistance",
  deskLead:
    "Vous n’êtes pas passé par le GAR\u202f: vous pouvez écrire au service d’assistance. C’est un prestataire de l’éditeur, nommé dans l’accord avec votre établissement.",
  deskReaches: "Ce qui lui parvient",
  deskReachesItems: [
    "ce que vous y écrivez, et ce que vous y donnez de vous-même",
    "de notre part\u202f: rien. Ni votre nom, ni votre adresse, ni la page où vous êtes.",
  ],
  deskUnknown:
    "Le lien ne dit pas qui vous êtes. On vous le demandera peut-être\u202f: dites votre établissement et votre fonction, sans nommer d’élève.",
  deskOpen: "Écrire au service d’assistance",
  deskNoLink: "Le service vous attend dans le produit\u202f: l’icône de discussion, en bas de ses pages.",
  deskElsewhere: "S’ouvre sur un autre site.",
  formTitle: "Écrire à l’assistance",
  formLead:
    "Ce que vous écrivez reste ici, chez l’éditeur\u202f: aucun service extérieur ne le reçoit. La réponse vous attendra sur cette page, à votre prochaine connexion.",
  formWhy: {
    OUTSIDE_GAR_ONLY:
      "Vous êtes passé par le GAR\u202f: le service d’assistance extérieur n’est pas pour vous.",
    NO_DESK: "Il n’y a pas ici de service d’assistance extérieur.",
    other: "Le service d’assistance extérieur n’est pas pour vous.",
  },
  text: "Votre message",
  textHint:
    "Dites ce que vous faisiez et ce qui s’est passé. Ne nommez personne\u202f: noms, adresses, numéros et dates de naissance sont masqués avant d’être gardés.",
  send: "Envoyer",
  goOn: "Continuer la conversation",
  noneTitle: "Qui vous aide",
  noneLead:
    "L’accord avec votre établissement ne prévoit pas que l’éditeur reçoive vos demandes d’assistance. Adressez-vous à votre enseignant ou à votre établissement.",
  nobodyLead:
    "Votre connexion ne dit ni le produit ni votre rôle. Repassez par votre établissement, ou adressez-vous à lui.",
  rights: "Vos droits sur vos données",
  rightsLead:
    "Voir, corriger ou effacer vos données\u202f: cela se demande ailleurs, et votre établissement répond.",
  rightsLink: "Exercer un droit",
  conversations: "Ce que vous avez écrit",
  keptHint: "Tel que c’est gardé\u202f: ce qui désignait quelqu’un est masqué.",
  you: "Vous",
  agent: "L’assistance",
  isNew: "nouveau",
  gone: "Le texte est effacé.",
  held: "Une réponse attend\u202f: votre établissement répond d’abord à votre demande.",
  removed: "Retiré.",
  closed: "Terminé. Écrivez de nouveau si besoin\u202f: une autre conversation s’ouvrira.",
  files: (count: number) =>
    count === 1 ? "Un fichier joint n’a pas été gardé." : `${count} fichiers joints n’ont pas été gardés.`,
  right: "Transmis à votre établissement comme demande d’exercice d’un droit.",
  rightFollow: "Suivre mes demandes",
  rightOpen:
    "Cela ressemble à l’exercice d’un droit\u202f: une personne le vérifie, puis votre établissement répond.",
  refused: "Votre message n’est pas parti",
} as const;

export type PersonWords = WordsLike<typeof personFr>;
