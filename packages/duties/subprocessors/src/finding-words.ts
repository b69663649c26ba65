/** What each finding says, and what to do. */
import type { Finding, FindingCode } from "./subprocessor.ts";

export const findingWords: Readonly<Record<FindingCode, Pick<Finding, "says" | "remedy">>> = {
  SIRET_WRONG: {
    says: { en: "Its SIRET cannot be right.", fr: "Son SIRET ne peut être juste." },
    remedy: { en: "Correct it in annex C.", fr: "Corrigez-le à l’annexe C." },
  },
  NO_CONTRACT_ON_FILE: {
    says: { en: "No contract with it is on file.", fr: "Aucun contrat avec lui n’est au dossier." },
    remedy: {
      en: "Put on file the contract that binds it to the same duties.",
      fr: "Versez au dossier le contrat qui lui impose les mêmes obligations.",
    },
  },
  CONTRACT_NOT_STARTED: {
    says: { en: "Its contract has not begun.", fr: "Son contrat n’a pas commencé." },
    remedy: { en: "Wait for its first day.", fr: "Attendez son premier jour." },
  },
  CONTRACT_EXPIRED: {
    says: { en: "Its contract is over.", fr: "Son contrat est échu." },
    remedy: {
      en: "Put the renewed contract on file, or end what it does.",
      fr: "Versez au dossier le contrat renouvelé, ou mettez fin à ce qu’il fait.",
    },
  },
  NO_REVIEW: {
    says: {
      en: "Its guarantees were never recorded and reviewed.",
      fr: "Ses garanties n’ont jamais été consignées ni examinées.",
    },
    remedy: {
      en: "Record its measures, and when they are looked at again.",
      fr: "Consignez ses mesures, et la date du prochain examen.",
    },
  },
  REVIEW_OVERDUE: {
    says: {
      en: "The day of the next review of its guarantees is past.",
      fr: "La date du prochain examen de ses garanties est passée.",
    },
    remedy: {
      en: "Review them, and record the day of the next review.",
      fr: "Examinez-les, et consignez la date de l’examen suivant.",
    },
  },
  NO_PLACES: {
    says: {
      en: "Where it stores and processes is not on file.",
      fr: "Ses lieux de conservation et de traitement ne sont pas au dossier.",
    },
    remedy: { en: "Record the countries.", fr: "Consignez les pays." },
  },
  PLACE_WITHOUT_TRANSFER: {
    says: {
      en: "It works outside the European Economic Area, and annex C names no transfer there. The gate keeps data away from it.",
      fr: "Il opère hors de l’Espace économique européen, et l’annexe C ne nomme aucun transfert vers ce pays. Le contrôle n’y laisse rien passer.",
    },
    remedy: {
      en: "Announce the transfer with its mechanism, or have the data stay in the Area.",
      fr: "Annoncez le transfert avec son mécanisme, ou faites rester les données dans l’Espace.",
    },
  },
  TRANSFER_NOT_AUTHORISED: {
    says: {
      en: "The agreement authorises no transfer on this mechanism. The gate keeps data away from it.",
      fr: "L’accord n’autorise aucun transfert sur ce mécanisme. Le contrôle n’y laisse rien passer.",
    },
    remedy: {
      en: "Use a mechanism that the agreement names, or amend it.",
      fr: "Employez un mécanisme prévu par l’accord, ou modifiez-le.",
    },
  },
  TRANSFER_UNDOCUMENTED: {
    says: {
      en: "No document of chapter V for this country and mechanism is on file. The gate keeps data away from it.",
      fr: "Aucun document du chapitre V pour ce pays et ce mécanisme n’est au dossier. Le contrôle n’y laisse rien passer.",
    },
    remedy: { en: "Put the document on file.", fr: "Versez le document au dossier." },
  },
  TRANSFER_EXPIRED: {
    says: {
      en: "The document of its transfer is over. The gate keeps data away from it.",
      fr: "Le document de son transfert est échu. Le contrôle n’y laisse rien passer.",
    },
    remedy: { en: "Put the new document on file.", fr: "Versez le nouveau document au dossier." },
  },
  DELETION_DELAY_UNKNOWN: {
    says: {
      en: "It documents no delay for its erasures: what remains there cannot be certified as gone.",
      fr: "Il ne documente aucun délai d’effacement\u202f: ce qui y reste ne peut être attesté comme effacé.",
    },
    remedy: {
      en: "Have it document the delay, and put it into annex C.",
      fr: "Faites-lui documenter ce délai, et inscrivez-le à l’annexe C.",
    },
  },
};
