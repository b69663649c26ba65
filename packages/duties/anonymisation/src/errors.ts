import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  ANONYMISATION_OBJECTION_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "Something about the objection is missing or cannot be right: the instant of receipt, who wrote, or the reference.",
      fr: "Un élément de l’opposition manque ou ne peut être juste\u202f: l’instant de réception, qui a écrit, ou la référence.",
    },
    remedy: {
      en: "Give an instant of receipt that is not to come, and a reference under which the writing is found again, without a name or an address.",
      fr: "Donnez un instant de réception qui ne soit pas à venir, et une référence qui permette de retrouver l’écrit, sans nom ni adresse.",
    },
  },
  ANONYMISATION_OBJECTION_NEEDS_WRITING: {
    status: 400,
    exit: 2,
    says: {
      en: "The publisher’s people write down only what the controller wrote to them.",
      fr: "Les personnes de l’éditeur n’inscrivent que ce que le responsable de traitement leur a écrit.",
    },
    remedy: {
      en: "Say when the e-mail or letter was received, in what capacity its writer acts, and its reference.",
      fr: "Indiquez quand le courriel ou la lettre a été reçu, en quelle qualité son auteur agit, et sa référence.",
    },
  },
  ANONYMISATION_NO_CONTROLLER: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no such controller.",
      fr: "Ce responsable de traitement n’existe pas.",
    },
    remedy: {
      en: "Register the controller first, or name one that is registered.",
      fr: "Enregistrez d’abord le responsable de traitement, ou nommez-en un qui le soit.",
    },
  },
  ANONYMISATION_NO_RELEASE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such release.", fr: "Ce jeu de données n’existe pas." },
  },
  ANONYMISATION_NOBODY_LEFT: {
    status: 409,
    exit: 2,
    says: {
      en: "No controller can take part in this release. Nothing was read.",
      fr: "Aucun responsable de traitement ne peut prendre part à ce jeu de données. Rien n’a été lu.",
    },
    remedy: {
      en: "See the ledger of objections, the contracts and their agreements: each controller that was asked for is out.",
      fr: "Voyez les oppositions, les contrats et leurs accords\u202f: chaque responsable demandé en est exclu.",
    },
  },
  ANONYMISATION_NO_SOURCE: {
    status: 404,
    exit: 2,
    says: {
      en: "No store gives the rows that the plan asks for.",
      fr: "Aucun magasin de données ne donne les lignes que le plan demande.",
    },
    remedy: {
      en: "Name a store that can hand out rows, or give a file of rows.",
      fr: "Nommez un magasin qui peut remettre des lignes, ou donnez un fichier de lignes.",
    },
  },
  ANONYMISATION_TEACHING_MATERIAL: {
    status: 403,
    exit: 2,
    says: {
      en: "The plan asks for teaching material: it is the client’s, and is not reused.",
      fr: "Le plan demande du contenu pédagogique\u202f: il appartient au client et n’est pas réutilisé.",
    },
    remedy: {
      en: "Leave the table or column out; a release counts what persons did, not what teachers wrote.",
      fr: "Retirez la table ou la colonne\u202f; un jeu anonymisé compte ce que font les personnes, pas ce que les enseignants écrivent.",
    },
  },
  ANONYMISATION_SAMPLE: {
    status: 403,
    exit: 2,
    says: {
      en: "A presales sample is never the source of a release.",
      fr: "Un échantillon d’avant-vente n’est jamais la source d’un jeu de données.",
    },
    remedy: {
      en: "Use rows of a controller whose contract has begun.",
      fr: "Utilisez les lignes d’un responsable de traitement dont le contrat a commencé.",
    },
  },
  ANONYMISATION_THIRD_PARTY: {
    status: 403,
    exit: 2,
    says: {
      en: "Not even anonymised data goes to anybody but the publisher unless every controller in it asked for that in writing.",
      fr: "Même anonymisées, les données ne vont à personne d’autre que l’éditeur, sauf demande écrite de chaque responsable de traitement concerné.",
    },
    remedy: {
      en: "Make the release for the publisher; then record, for this release and this recipient, the written instruction of every controller in it.",
      fr: "Faites le jeu pour l’éditeur\u202f; puis enregistrez, pour ce jeu et ce destinataire, l’instruction écrite de chaque responsable concerné.",
    },
  },
  ANONYMISATION_HAND_OVER_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "A field of the instruction to hand over is missing or cannot be used.",
      fr: "Un champ de l’instruction de remise manque ou n’est pas utilisable.",
    },
    remedy: {
      en: "Name the recipient by the body’s name, and a reference that names no person.",
      fr: "Désignez le destinataire par le nom de l’organisme, et donnez une référence qui ne nomme personne.",
    },
  },
  ANONYMISATION_REFERENCE_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "This reference is empty, too long, or names somebody.",
      fr: "Cette référence est vide, trop longue, ou nomme quelqu’un.",
    },
    remedy: {
      en: "Give a reference of at most 200 characters, without a name or an address.",
      fr: "Donnez une référence d’au plus 200 caractères, sans nom ni adresse.",
    },
  },
  ANONYMISATION_FOLDER: {
    status: 500,
    exit: 4,
    says: {
      en: "The folder of the release cannot be written.",
      fr: "Le dossier du jeu de données ne peut être écrit.",
    },
    remedy: {
      en: "Give the absolute path of a folder that exists, or of a new one in it, of the service’s own account, on a disk with room.",
      fr: "Donnez le chemin absolu d’un dossier qui existe, ou d’un nouveau dans celui-ci, du compte du service, sur un disque qui a de la place.",
    },
  },
  ANONYMISATION_STILL_MOVING: {
    status: 409,
    exit: 4,
    says: {
      en: "Objections or other releases kept arriving while this one was computed. Nothing was released.",
      fr: "Des oppositions ou d’autres jeux n’ont cessé d’arriver pendant le calcul. Rien n’a été écrit.",
    },
    remedy: { en: "Make the release again.", fr: "Refaites le jeu." },
  },
  ANONYMISATION_FILE_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "The file cannot be read as rows.",
      fr: "Le fichier ne se lit pas comme des lignes.",
    },
    remedy: {
      en: "Give a CSV file whose first line names the columns, each once, or one JSON object a line; the place says which line is wrong.",
      fr: "Donnez un fichier CSV dont la première ligne nomme les colonnes, chacune une fois, ou un objet JSON par ligne\u202f; l’endroit indique la ligne fautive.",
    },
  },
  ANONYMISATION_PLAN_INVALID: {
    status: 422,
    exit: 2,
    says: {
      en: "The release plan cannot be read.",
      fr: "Le plan du jeu de données ne peut être lu.",
    },
    remedy: {
      en: "Correct the line and column given.",
      fr: "Corrigez la ligne et la colonne indiquées.",
    },
  },
  ANONYMISATION_PLAN_IDENTIFIES: {
    status: 422,
    exit: 2,
    says: {
      en: "The release plan asks for what identifies persons, or for free text. Nothing was read.",
      fr: "Le plan du jeu de données demande ce qui identifie des personnes, ou du texte libre. Rien n’a été lu.",
    },
    remedy: {
      en: "Take the column at the line given out of the plan, or give it groups or a closed list of values.",
      fr: "Retirez du plan la colonne à la ligne indiquée, ou donnez-lui des groupes ou une liste fermée de valeurs.",
    },
  },
  ANONYMISATION_RELEASE_FORGED: {
    status: 500,
    exit: 2,
    says: {
      en: "What was handed over as anonymised did not pass the gate of releases.",
      fr: "Ce qui a été remis comme anonymisé n’a pas passé le contrôle des jeux de données.",
    },
  },
});

export const fault = faultsOf(errors);
