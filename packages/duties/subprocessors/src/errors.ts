import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  SUBPROCESSORS_NOT_ALLOWED: {
    status: 403,
    exit: 2,
    says: {
      en: "This is not for somebody in that role.",
      fr: "Ce rôle ne permet pas cette action.",
    },
    remedy: {
      en: "Ask the publisher’s data protection officer, or the client’s own people.",
      fr: "Adressez-vous au délégué à la protection des données de l’éditeur, ou aux personnes du client.",
    },
  },
  SUBPROCESSORS_NO_SUBPROCESSOR: {
    status: 404,
    exit: 2,
    says: { en: "There is no such subprocessor.", fr: "Ce sous-traitant n’existe pas." },
  },
  SUBPROCESSORS_NO_CHANGE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such change.", fr: "Ce changement n’existe pas." },
  },
  SUBPROCESSORS_NO_NOTICE: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller was told nothing of such a change.",
      fr: "Ce responsable de traitement n’a rien reçu à propos de ce changement.",
    },
  },
  SUBPROCESSORS_NO_OBJECTION: {
    status: 404,
    exit: 2,
    says: { en: "There is no such objection.", fr: "Cette opposition n’existe pas." },
  },
  SUBPROCESSORS_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "A field is missing, or cannot be right.",
      fr: "Un champ manque, ou ne peut être juste.",
    },
    remedy: {
      en: "Correct the field that is named. References and contacts name no person.",
      fr: "Corrigez le champ indiqué. Les références et les contacts ne nomment personne.",
    },
  },
  SUBPROCESSORS_NEEDS_WRITING: {
    status: 400,
    exit: 2,
    says: {
      en: "The publisher’s people write down only what the controller wrote to them.",
      fr: "Les personnes de l’éditeur n’inscrivent que ce que le responsable de traitement leur a écrit.",
    },
    remedy: {
      en: "Say when the writing was received, in what capacity its writer acts, and its reference.",
      fr: "Indiquez quand l’écrit a été reçu, en quelle qualité son auteur agit, et sa référence.",
    },
  },
  SUBPROCESSORS_STATE: {
    status: 409,
    exit: 2,
    says: {
      en: "The change is not in a state that allows this.",
      fr: "L’état du changement ne le permet pas.",
    },
    remedy: {
      en: "Only a draft is edited or announced, and only what was announced is received, objected to or taken back.",
      fr: "Seul un projet se modifie ou s’annonce\u202f; seul ce qui est annoncé se reçoit, se conteste ou se retire.",
    },
  },
  SUBPROCESSORS_CHANGED_MEANWHILE: {
    status: 409,
    exit: 2,
    says: {
      en: "Somebody else changed this in the meantime.",
      fr: "Quelqu’un d’autre l’a modifié entre-temps.",
    },
    remedy: { en: "Look at it again, then repeat.", fr: "Relisez-le, puis recommencez." },
  },
  SUBPROCESSORS_RECIPIENT_TAKEN: {
    status: 409,
    exit: 2,
    says: {
      en: "This recipient is another company, or one whose data stays where it is: the gate could not tell the two apart.",
      fr: "Ce destinataire désigne une autre société, ou une société dont les données restent sur place\u202f: le contrôle ne pourrait distinguer les deux.",
    },
    remedy: {
      en: "Give whoever replaces it, or the transfer, a recipient of its own.",
      fr: "Donnez à celui qui remplace, ou au transfert, un destinataire qui lui soit propre.",
    },
  },
  SUBPROCESSORS_NO_WINDOW: {
    status: 409,
    exit: 2,
    says: {
      en: "The agreement does not say in what time a controller may object, so nothing can ever open.",
      fr: "L’accord ne dit pas dans quel délai un responsable peut s’opposer\u202f: rien ne pourrait jamais s’ouvrir.",
    },
    remedy: {
      en: "Have the agreement name the window (subprocessorChange.window).",
      fr: "Faites inscrire le délai dans l’accord (subprocessorChange.window).",
    },
  },
  SUBPROCESSORS_TRANSFER_UNAUTHORISED: {
    status: 409,
    exit: 2,
    says: {
      en: "The agreement does not authorise transfers on this mechanism, or its document is not on file.",
      fr: "L’accord n’autorise pas de transfert sur ce mécanisme, ou son document n’est pas au dossier.",
    },
    remedy: {
      en: "Put the document of chapter V on file for this recipient first, on a mechanism that the agreement names.",
      fr: "Versez d’abord au dossier de ce destinataire le document du chapitre V, sur un mécanisme prévu par l’accord.",
    },
  },
  SUBPROCESSORS_NOBODY: {
    status: 409,
    exit: 2,
    says: {
      en: "No controller with a contract is named: there is nobody to tell.",
      fr: "Aucun responsable sous contrat n’est désigné\u202f: il n’y a personne à informer.",
    },
  },
  SUBPROCESSORS_NOT_OBJECTED: {
    status: 409,
    exit: 2,
    says: {
      en: "No objection of this controller stands: there is nothing to end the contract for.",
      fr: "Aucune opposition de ce responsable ne tient\u202f: rien ne motive la fin du contrat.",
    },
  },
});

export const fault = faultsOf(errors);
