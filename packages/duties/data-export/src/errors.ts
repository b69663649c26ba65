/** Errors of exports. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  EXPORT_BAD_PATH: {
    status: 500,
    exit: 2,
    says: {
      en: "A file of this package has a path that not every system unpacks within one folder, or that another file has.",
      fr: "Un fichier de ce paquet porte un chemin que tous les systèmes ne déballent pas dans un seul dossier, ou qu’un autre porte déjà.",
    },
    remedy: {
      en: "Nothing was written. The place counts the files; give the builder's log to whoever runs the service.",
      fr: "Rien n’a été écrit. L’endroit indiqué compte les fichiers\u202f; remettez-le à qui exploite le service.",
    },
  },
  EXPORT_DISK_FULL: {
    status: 507,
    exit: 4,
    says: {
      en: "The destination is full. Nothing was left there.",
      fr: "La destination est pleine. Rien n’y a été laissé.",
    },
    remedy: {
      en: "Make room, or choose another folder, and start again.",
      fr: "Faites de la place, ou choisissez un autre dossier, puis recommencez.",
    },
  },
  EXPORT_FILE_EXISTS: {
    status: 409,
    exit: 2,
    says: {
      en: "A file of this name is there already, or another run is writing it.",
      fr: "Un fichier de ce nom existe déjà, ou une autre exécution l’écrit.",
    },
    remedy: {
      en: "Choose another name, or remove the file (and its .part).",
      fr: "Choisissez un autre nom, ou supprimez le fichier (et son .part).",
    },
  },
  EXPORT_FILE_UNWRITABLE: {
    status: 500,
    exit: 4,
    says: { en: "The destination cannot be written.", fr: "La destination ne peut pas être écrite." },
    remedy: {
      en: "Check that the folder exists and that the service may write into it.",
      fr: "Vérifiez que le dossier existe et que le service peut y écrire.",
    },
  },
  EXPORT_PART_BROKEN: {
    status: 500,
    exit: 4,
    says: {
      en: "A part that an earlier run kept cannot be read any more; it is made again.",
      fr: "Une partie gardée d’une exécution précédente n’est plus lisible\u202f; elle est refaite.",
    },
  },
  EXPORT_NO_EXPORT: {
    status: 404,
    exit: 2,
    says: { en: "There is no such export.", fr: "Cet export n’existe pas." },
    remedy: { en: "Choose one of the list.", fr: "Choisissez-en un dans la liste." },
  },
  EXPORT_NO_LINK: {
    status: 404,
    exit: 2,
    says: {
      en: "This link fetches nothing: it was used, its time is over, or it never was.",
      fr: "Ce lien ne permet de rien retirer\u202f: il a servi, son délai est passé, ou il n’a jamais existé.",
    },
    remedy: {
      en: "Ask whoever sent it to you for another one.",
      fr: "Demandez-en un autre à la personne qui vous l’a transmis.",
    },
  },
  EXPORT_LINK_BUSY: {
    status: 409,
    exit: 2,
    says: {
      en: "This package is being fetched at this very moment.",
      fr: "Ce paquet est en train d’être retiré.",
    },
    remedy: {
      en: "Wait for the end of that download; if it breaks off, try again after a minute.",
      fr: "Attendez la fin de ce téléchargement\u202f; s’il s’interrompt, réessayez après une minute.",
    },
  },
  EXPORT_NOT_READY: {
    status: 409,
    exit: 2,
    says: {
      en: "This export is not ready to be handed over, or not any more.",
      fr: "Cet export n’est pas prêt à être remis, ou ne l’est plus.",
    },
    remedy: {
      en: "Wait until it is ready; order it again when it was destroyed.",
      fr: "Attendez qu’il soit prêt\u202f; commandez-le de nouveau s’il a été détruit.",
    },
  },
  EXPORT_OVER: {
    status: 409,
    exit: 2,
    says: { en: "This export is over already.", fr: "Cet export est déjà terminé." },
  },
  EXPORT_OVERTAKEN: {
    status: 409,
    exit: 4,
    says: {
      en: "Another worker has taken this export up, or it was cancelled; this run writes no more.",
      fr: "Un autre processus a repris cet export, ou il a été annulé\u202f; cette exécution n’écrit plus.",
    },
  },
  EXPORT_NEEDS_INSTRUCTION: {
    status: 422,
    exit: 2,
    says: {
      en: "The publisher hands data out on the controller's written instruction alone.",
      fr: "L’éditeur ne remet de données que sur instruction écrite du responsable de traitement.",
    },
    remedy: {
      en: "Give the reference of the instruction: 200 characters at most, no names.",
      fr: "Indiquez la référence de l’instruction\u202f: 200 caractères au plus, aucun nom.",
    },
  },
  EXPORT_RESTRICTED: {
    status: 409,
    exit: 2,
    says: {
      en: "The processing of this person's data is restricted: their package is kept and handed to nobody.",
      fr: "Le traitement des données de cette personne est limité\u202f: son paquet est conservé et n’est remis à personne.",
    },
    remedy: {
      en: "Lift the restriction first (GDPR art. 18).",
      fr: "Levez d’abord la limitation (RGPD, art. 18).",
    },
  },
  EXPORT_NO_CONTRACT: {
    status: 409,
    exit: 2,
    says: {
      en: "No contract of this controller has begun: there is nothing that could be handed back.",
      fr: "Aucun contrat de ce responsable de traitement n’a commencé\u202f: rien ne peut être remis.",
    },
    remedy: { en: "Register the contract first.", fr: "Enregistrez d’abord le contrat." },
  },
  EXPORT_BAD_ORDER: {
    status: 422,
    exit: 2,
    says: { en: "This order cannot be read.", fr: "Cette commande n’est pas lisible." },
    remedy: { en: "Correct the field that is named.", fr: "Corrigez le champ indiqué." },
  },
  EXPORT_NO_SUBJECT: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has nobody under that identifier, or that person was erased.",
      fr: "Ce responsable de traitement ne connaît personne sous cet identifiant, ou cette personne a été effacée.",
    },
    remedy: {
      en: "Check the kind and the value of the identifier.",
      fr: "Vérifiez le genre et la valeur de l’identifiant.",
    },
  },
  EXPORT_STORE_FAILED: {
    status: 503,
    exit: 4,
    says: {
      en: "A store could not be read to its end: a package without it would lack data and not say so.",
      fr: "Un stockage n’a pas pu être lu jusqu’au bout\u202f: un paquet sans lui manquerait de données sans le dire.",
    },
    remedy: {
      en: "See that the store answers, then go on: what is finished is not made again.",
      fr: "Vérifiez que le stockage répond, puis reprenez\u202f: ce qui est fini n’est pas refait.",
    },
  },
  EXPORT_NO_DATABASE: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such store whose database and files could be given back whole.",
      fr: "Ce responsable de traitement n’a pas de tel stockage dont la base et les fichiers pourraient être restitués en entier.",
    },
    remedy: {
      en: "Name one of its stores, or none for all of them; each store says what it can give.",
      fr: "Nommez l’un de ses stockages, ou aucun pour les prendre tous\u202f; chaque stockage dit ce qu’il peut remettre.",
    },
  },
  EXPORT_NO_FOLDER: {
    status: 503,
    exit: 4,
    says: {
      en: "This installation has no folder in which packages could be kept.",
      fr: "Cette installation n’a pas de dossier où garder les paquets.",
    },
    remedy: {
      en: "Set plugins.data-export.folder, or use the command preau export.",
      fr: "Renseignez plugins.data-export.folder, ou utilisez la commande preau export.",
    },
  },
});

export const fault = faultsOf(errors);
