/** What `preau contract --help` says. */
import type { Language } from "@preau/kernel";

const en = {
  contract: "what becomes of the data when a contract has ended (D6.2c)",
  end: "carry a contract's end on from where it stands: choice, administrators' window, hand-back, erasure, certificate",
  controller: "whose data it is",
  reference: "reference of the contract; needed where the controller has several",
  choice: "return, delete or returnThenDelete; the contract's own when absent",
  window: "days for the administrators alone after the last day; `none` for none",
  guard: "how long archives are kept: months(6); `none` for none",
  out: "empty folder that the hand-back is written into",
  received: "the client has received the hand-back",
  withdraw: "take it back: the doors are given back as they stood; not once the erasure has begun",
  instruction: "reference of the controller's written instruction; no names",
  certificate: "folder for the certificate and its receipts: JSON, HTML, PDF, proof",
  dryRun: "show what would happen today; write nothing",
  yes: "confirm the erasure without being asked",
  ask: (count: number) => `Erase all data of ${count} person(s) of this controller? [y/N]`,
  waits: "waits",
  until: "until",
  stopped: "stopped",
  certified: "certified",
  cancelled: "taken back",
  busy: "another run has it",
  persons: "persons",
  held: "kept by law",
  blocked: "restricted, would stay",
};

const fr: typeof en = {
  contract: "ce que deviennent les données quand un contrat est terminé (D6.2c)",
  end: "poursuivre une fin de contrat là où elle en est : choix, fenêtre des administrateurs, restitution, effacement, certificat",
  controller: "à qui sont les données : le responsable de traitement",
  reference: "référence du contrat ; nécessaire si le responsable en a plusieurs",
  choice: "return (restituer), delete (supprimer) ou returnThenDelete ; sans elle, ce que dit le contrat",
  window: "jours pour les seuls administrateurs après le dernier jour ; `none` : aucun",
  guard: "garde des archives : months(6) ; `none` : aucune",
  out: "dossier vide où écrire la restitution",
  received: "le client a reçu la restitution",
  withdraw:
    "tout retirer : les accès sont rendus tels qu’ils étaient ; plus possible une fois l’effacement commencé",
  instruction: "référence de l’instruction écrite du responsable ; aucun nom",
  certificate: "dossier pour le certificat et ses reçus : JSON, HTML, PDF, preuve",
  dryRun: "montrer ce qui se passerait aujourd’hui ; n’écrit rien",
  yes: "confirmer l’effacement sans question",
  ask: (count) => `Effacer toutes les données de ${count} personne(s) de ce responsable ? [o/N]`,
  waits: "attend",
  until: "jusqu’au",
  stopped: "arrêté",
  certified: "certifié",
  cancelled: "retiré",
  busy: "un autre passage s’en occupe",
  persons: "personnes",
  held: "gardées par une loi",
  blocked: "limitées, resteraient",
};

export const contractEndHelp: Readonly<Record<Language, typeof en>> = { en, fr };
