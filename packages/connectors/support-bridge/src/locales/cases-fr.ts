/** Les mots des agents : la liste des dossiers, un dossier, ce qu’on y fait. */

import type { AnswerGuard } from "../answer-guard.ts";
import type { AccessReason } from "../case-access.ts";
import type { CaseView } from "../store/case-list.ts";
import type {
  CaseChannel,
  CaseSide,
  CaseState,
  DeskState,
  ProposalState,
  WordsState,
} from "../support-case.ts";
import type { WordsLike } from "./words-like.ts";

const views: Readonly<Record<CaseView, string>> = {
  open: "À répondre",
  unknown: "Inconnus",
  rights: "Droits à vérifier",
  stuck: "À effacer au service",
  answered: "Répondus",
  closed: "Terminés",
};
const empties: Readonly<Record<CaseView, string>> = {
  open: "Personne n’attend de réponse.",
  unknown: "On sait, de chaque dossier, qui écrit.",
  rights: "Aucun message ne semble demander l’exercice d’un droit.",
  stuck: "Rien ne reste à effacer à la main au service d’assistance.",
  answered: "Aucun dossier répondu n’attend sa fin.",
  closed: "Aucun dossier n’est terminé.",
};
const states: Readonly<Record<CaseState, string>> = {
  open: "À répondre",
  answered: "Répondu",
  closed: "Terminé",
};
const sides: Readonly<Record<CaseSide, string>> = {
  desk: "Hors GAR\u202f: le service d’assistance",
  hub: "Derrière la cloison\u202f: ici seulement",
  unknown: "On ne sait pas encore qui écrit",
};
const channels: Readonly<Record<CaseChannel, string>> = {
  desk: "Service d’assistance",
  form: "Formulaire d’ici",
};
const desks: Readonly<Record<DeskState, string>> = {
  none: "Jamais allé au service d’assistance",
  there: "S’y trouve",
  leaving: "En cours d’effacement",
  gone: "Effacé, et vérifié",
  stuck: "Le service ne l’efface pas\u202f: à faire à la main",
};
const reasons: Readonly<Record<string, string>> = {
  ALLOWED: "Administrateur ou enseignant hors GAR\u202f: l’annexe C le permet.",
  NO_DESK: "Il n’y a pas de service d’assistance extérieur.",
  OUTSIDE_GAR_ONLY: "Cette personne vient par le GAR\u202f: le service d’assistance n’est pas pour elle.",
  NOBODY_KNOWN: "Rien ne dit qui écrit.",
  KNOWN_WALLED:
    "L’adresse, le numéro ou le nom donné est celui d’une personne que le service ne doit pas connaître.",
  CHILD: "Un enfant ou un élève semble écrire.",
  PARENT: "Un parent semble écrire.",
  SAYS_WALLED:
    "L’adresse ou le numéro indiqué est celui d’une personne que le service ne doit pas connaître\u202f; rien ne le prouve.",
  UNCOVERED: "Le dernier message est venu sans jeton valable\u202f: quelqu’un d’autre écrit peut-être.",
  SEVERAL_PERSONS: "Plusieurs personnes ont écrit depuis ce navigateur.",
  RESTRICTED: "Les données de cette personne sont gelées.",
  BEING_ERASED: "Les données de cette personne sont en cours d’effacement.",
  other: "L’accord ne permet pas que le service d’assistance ait ces données.",
};
const wordsStates: Readonly<Record<WordsState, string>> = {
  kept: "gardé",
  queued: "en attente d’envoi",
  sent: "envoyé au service d’assistance",
  waits: "attend ici la prochaine connexion de la personne",
  read: "lu",
  refused: "pas envoyé",
  removed: "retiré par son auteur",
};
const refusals: Readonly<Record<string, string>> = {
  NO_CLIENT: "La passerelle ne peut rien dire au service\u202f: répondez-y vous-même.",
  WALL: "Le texte désigne une personne que le service ne doit pas connaître.",
  NOT_AT_DESK: "La conversation n’est plus au service d’assistance.",
  DESK_SILENT: "Le service n’a pas répondu.",
  WRITER_OTHER:
    "Un enfant ou un parent semble avoir écrit\u202f: rien n’est répondu à la personne de la session.",
  ERASED: "Le dossier a été effacé entre-temps.",
  NO_INSTRUCTION: "Un droit est exercé\u202f: il faut une instruction du client pour répondre.",
  NO_INSTRUCTION_TO_ANSWER: "Un droit est exercé\u202f: il faut une instruction du client pour répondre.",
  OUTSIDE_GAR_ONLY: reasons["OUTSIDE_GAR_ONLY"] ?? "",
  other: "L’accord ou le service l’a refusé.",
};
const proposals: Readonly<Record<ProposalState, string>> = {
  none: "Aucun droit reconnu",
  open: "Semble exercer un droit",
  confirmed: "Transmis au guichet des droits",
  rejected: "N’exerce pas de droit",
  passedOn: "Parti de soi-même au guichet des droits",
};
const masks: Readonly<Record<string, string>> = {
  name: "noms",
  email: "adresses électroniques",
  address: "adresses",
  telephone: "numéros de téléphone",
  ine: "numéros INE",
  nir: "numéros de sécurité sociale",
  iban: "IBAN",
  siret: "SIRET",
  uai: "UAI",
  birthDate: "dates de naissance",
  health: "mots de santé",
  login: "identifiants",
  number: "numéros",
  rest: "suite d’un long message",
};
const access: Readonly<Record<AccessReason, string>> = {
  answer: "répondre à une demande d’assistance",
  rights: "vérifier si un droit est exercé",
  wall: "dire qui écrit",
  fault: "comprendre un défaut du produit",
  check: "contrôler une réponse donnée",
};
type Why = Extract<AnswerGuard, { may: false }>["why"];
const guards: Readonly<Record<Why, readonly [title: string, more: string]>> = {
  over: [
    "Le dossier est terminé",
    "Ce qui était écrit a disparu. Il n’y a plus personne à qui répondre ici.",
  ],
  writer: [
    "On ne sait pas qui écrit",
    "Rien n’est répondu avant qu’une personne ait dit de qui il s’agit. Sans cela, une réponse pourrait porter au service d’assistance les mots d’un élève.",
  ],
  other: [
    "Quelqu’un d’autre semble avoir écrit",
    "Un enfant ou un parent a écrit dans la session de cette personne\u202f: rien ne lui est répondu ni montré. Transmettez ce qui exerce un droit\u202f: le client répond.",
  ],
  decision: [
    "Dites d’abord si un droit est exercé",
    "Un message semble demander l’exercice d’un droit. Confirmez-le ou écartez-le plus haut.",
  ],
  notAtDesk: [
    "La conversation n’est plus au service d’assistance",
    "Une réponse n’y trouverait personne. La personne peut écrire de nouveau.",
  ],
  instruction: [
    "C’est au responsable de traitement de répondre",
    "Cette personne exerce un droit. Le client répond\u202f; vous ne le faites que sur son instruction écrite, qui nomme cette personne ou sa demande.",
  ],
  gate: [
    "L’accord ne permet pas de répondre à cette personne",
    "Voyez la clause, et ce qui peut y être fait.",
  ],
};

export const casesFr = {
  title: "Dossiers d’assistance",
  lead: "Ce que des personnes ont demandé à l’assistance, au service extérieur ou ici. Tout est masqué avant d’être gardé.",
  leadClient:
    "Où en sont les demandes d’assistance de vos établissements. Les textes ne sont pas montrés ici.",
  views: "Où en sont les dossiers",
  viewNames: views,
  empties,
  states,
  sides,
  channels,
  desks,
  reasons,
  wordsStates,
  refusals,
  proposals,
  masks,
  case: "Dossier",
  unknownClient: "client inconnu",
  client: "Client",
  filter: "Filtrer",
  side: "Côté de la cloison",
  since: "Attend depuis",
  lastAt: "Dernier message",
  due: "Droit à vérifier avant",
  notDue: "–",
  waiting: (count: number) => (count === 1 ? "une réponse l’attend" : `${count} réponses l’attendent`),
  pages: "Pages",
  previous: "Page précédente",
  next: "Page suivante",
  back: "Dossiers d’assistance",
  one: "Dossier d’assistance",
  facts: {
    state: "État",
    channel: "Arrivé par",
    side: "Côté de la cloison",
    desk: "Au service d’assistance",
    client: "Client",
    product: "Produit",
    role: "Rôle",
    opened: "Ouvert",
    last: "Dernier message",
    closed: "Terminé",
    gone: "Textes effacés",
  },
  messages: "Messages",
  person: "La personne",
  unknownPerson: "Visiteur inconnu",
  agent: "L’assistance",
  masked: "Masqué\u202f:",
  files: (count: number) =>
    count === 1 ? "Un fichier joint, jamais ouvert." : `${count} fichiers joints, jamais ouverts.`,
  goneText: "Le texte a disparu.",
  hiddenText: "Le texte n’est pas montré.",
  withheld: "Les textes ne sont pas montrés",
  withheldMore:
    "L’annexe B ne laisse voir ces demandes à vos équipes que sur instruction écrite du client. Aucune n’est en vigueur pour l’assistance.",
  withheldHow: "Le client la donne dans la console, ou vous inscrivez l’écrit qu’il vous a envoyé\u202f:",
  withheldPage: "Inscrire une instruction",
  onInstruction: "Montré sur l’instruction",
  openTitle: "Pourquoi ouvrez-vous les dossiers de ce client\u202f?",
  openLead: "Le motif est inscrit au journal, une fois par connexion et par client.",
  openReason: "Motif",
  openButton: "Ouvrir",
  access,
  rightTitle: "Un droit est-il exercé\u202f?",
  rightLead:
    "Les passages reconnus sont surlignés. Sans décision avant l’échéance, le message part de soi-même au guichet des droits. Le délai pour transmettre court depuis la réception.",
  rightConfirm: "Oui, transmettre",
  rightReject: "Non, écarter",
  rightMatters: "Ce qui est demandé",
  rightLate: "Ce message exerce quand même un droit",
  rightLateLead:
    "Le message part au guichet des droits, tel qu’il est gardé\u202f: masqué. Le délai court depuis sa réception.",
  rightChosenNone: "Cochez au moins un droit.",
  rightsDesk: "Au guichet des droits",
  rightsState: "État",
  rightsDue: "À transmettre avant",
  rightsAnswer: "Réponse attendue avant",
  rightsSee: "Voir au guichet",
  writerTitle: "Qui écrit\u202f?",
  writerLead:
    "Dites de qui il s’agit. L’accord et l’annuaire décident ensuite du côté\u202f: une personne venue une fois par le GAR le reste.",
  writerKind: "Il s’agit",
  writerKinds: {
    person: "d’un enseignant ou d’un administrateur hors GAR",
    child: "d’un enfant ou d’un élève",
    parent: "d’un parent",
    gar: "d’une personne venue par le GAR",
  },
  writerOnlyPerson: "Pour la première réponse seulement\u202f:",
  writerClient: "Client",
  writerClientOther: "Autre client",
  writerClientHint: "Son identifiant, comme lycee-des-acacias.",
  writerChoose: "Choisir…",
  writerProduct: "Produit",
  writerRole: "Rôle",
  writerRoles: { teacher: "Enseignant", administrator: "Administrateur" },
  writerSubject: "La personne",
  writerSubjectHint: "sub_…, ou genre et valeur d’un identifiant, comme school.account:210. Jamais un nom.",
  writerSend: "Dire qui écrit",
  writerWalled:
    "De tout autre, la conversation est effacée au service d’assistance, et le dossier reste ici.",
  answerTitle: "Répondre",
  answerDesk: "La réponse part dans la conversation au service d’assistance.",
  answerHub: "La réponse attend ici la prochaine connexion de la personne. Rien n’est envoyé.",
  answerRule:
    "Aidez à se servir du produit. Ne dites rien des données de quelqu’un\u202f: ni notes, ni dates, ni identifiants. Un droit, c’est le client qui y répond.",
  guards,
  answerText: "Réponse",
  answerTextHint: "Noms, adresses et numéros sont masqués avant l’envoi.",
  answerInstruction: "Instruction",
  answerInstructionHint: "Sa référence au registre, ins_…",
  answerInstructionOptional: "Seulement si un droit est exercé\u202f: ins_…",
  answerPreview: "Relire avant d’envoyer",
  previewTitle: "Ce qui partira",
  previewHub: "Ce qui attendra la personne",
  previewNothing: "Rien n’est masqué.",
  previewMasked: "Masqué\u202f:",
  answerSend: "Envoyer",
  answerKeep: "Laisser à la personne",
  answerRequests: "Demandes de cette personne",
  answerPerson: "La personne\u202f:",
  closeTitle: "Terminer",
  closeLead: (days: number) =>
    `Les textes restent ${days} jours, puis disparaissent ici et au service d’assistance. Un nouveau message rouvre le dossier.`,
  close: "Terminer le dossier",
  eraseTitle: "Effacer au service d’assistance",
  eraseLead:
    "La conversation, ses fichiers et la fiche de la personne y sont effacés maintenant. Le dossier reste ici.",
  erase: "Effacer maintenant",
  eraseAgain: "Essayer de nouveau",
  eraseDone: "Je l’ai effacé là-bas à la main",
  eraseStuck: "Le service d’assistance n’a pas effacé cette conversation",
  refused: "Cela n’a pas été fait",
} as const;

export type CasesWords = WordsLike<typeof casesFr>;
