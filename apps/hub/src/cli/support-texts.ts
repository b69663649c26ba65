/** What `preau support --help` says, in the language of the terminal. The words of states are the pages' own. */
import type { Language } from "@preau/kernel";

const en = {
  support: "support cases, on both sides of the wall before the support desk (DC, D10.1b, D10.1c)",
  list: "who waits and what is to be decided; 1 when something is left to erase by hand, or is late",
  show: "one case: side, states, clocks; its words with --words and --why alone",
  words: "what was written, as it is kept: masked; where the client has instructed our team to see it",
  why: "answer, rights, wall, fault or check; the journal keeps it",
  confirm: "a message (spw_…) asks for a right: it goes to the rights desk, its time since its receipt",
  reject: "a message (spw_…) asks for no right",
  assign: "say who writes; the agreement and the directory decide on the side",
  writer: "person (outside GAR), child, parent or gar",
  answer: "answer a case: the text is read from the input; sent to the desk, or waits in the hub",
  instruction: "id in the ledger, ins_…, where a right is exercised",
  key: "idempotency: the same one is the same answer",
  close: "end a case",
  erase: "erase a conversation at the support desk now",
  byHand: "it was erased there by hand",
  offer: "what a person is offered: the desk, the form (0), or neither (1)",
  controller: "whose data it is",
  view: "open (by default), unknown, rights, stuck, answered or closed",
  page: "a page of 50; 1 by default",
  matters: "rights, with commas between them; those recognised by default",
  product: "a product of the agreement",
  role: "teacher or administrator; for an offer, any role of annex B",
  origin: "gar or outsideGar",
  subject: "the person, sub_… or KIND:VALUE of an identifier; no address",
  done: "done",
  offers: { desk: "the support desk", form: "the form of the hub", none: "neither" },
};

const fr: typeof en = {
  support:
    "dossiers d’assistance, des deux côtés de la cloison devant le service d’assistance (DC, D10.1b, D10.1c)",
  list: "qui attend et ce qui est à décider ; 1 s’il reste à effacer à la main, ou si c’est en retard",
  show: "un dossier : côté, états, délais ; ses textes avec --words et --why seulement",
  words:
    "ce qui est écrit, tel que gardé : masqué ; si le client a donné instruction à notre équipe de le voir",
  why: "answer (répondre), rights (droits), wall (qui écrit), fault (défaut) ou check (contrôle) ; le journal le garde",
  confirm: "un message (spw_…) exerce un droit : il va au guichet des droits, son délai depuis sa réception",
  reject: "un message (spw_…) n’exerce pas de droit",
  assign: "dire qui écrit ; l’accord et l’annuaire décident du côté",
  writer: "person (hors GAR), child (enfant), parent ou gar",
  answer: "répondre à un dossier : le texte est lu à l’entrée ; envoyé au service, ou attend ici",
  instruction: "identifiant au registre, ins_…, si un droit est exercé",
  key: "idempotence : la même est la même réponse",
  close: "terminer un dossier",
  erase: "effacer maintenant une conversation au service d’assistance",
  byHand: "elle y a été effacée à la main",
  offer: "ce qui est proposé à une personne : le service, le formulaire (0), ou rien des deux (1)",
  controller: "à qui sont les données : le responsable de traitement",
  view: "open (à répondre, par défaut), unknown, rights, stuck, answered ou closed",
  page: "une page de 50 ; 1 par défaut",
  matters: "droits, séparés par des virgules ; ceux reconnus par défaut",
  product: "un produit de l’accord",
  role: "teacher ou administrator ; pour offer, tout rôle de l’annexe B",
  origin: "gar ou outsideGar",
  subject: "la personne, sub_… ou GENRE:VALEUR d’un identifiant ; pas d’adresse",
  done: "fait",
  offers: { desk: "le service d’assistance", form: "le formulaire d’ici", none: "ni l’un, ni l’autre" },
};

export const supportTexts: Readonly<Record<Language, typeof en>> = { en, fr };
