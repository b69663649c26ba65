/** Errors of the register. An issue (`issue.ts`) bears one of these codes too, so that a form and a file say the same. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  CONTROLLER_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no such controller.",
      fr: "Ce responsable de traitement n’existe pas.",
    },
    remedy: {
      en: "Check its identifier, or register it first.",
      fr: "Vérifiez son identifiant, ou enregistrez-le d’abord.",
    },
  },
  CONTROLLER_TAKEN: {
    status: 409,
    exit: 2,
    says: {
      en: "A controller with this identifier is registered already.",
      fr: "Un responsable de traitement porte déjà cet identifiant.",
    },
    remedy: {
      en: "Change the one that is there, or choose another identifier.",
      fr: "Modifiez celui qui existe, ou choisissez un autre identifiant.",
    },
  },
  CONTRACT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such contract.",
      fr: "Ce responsable de traitement n’a pas ce contrat.",
    },
    remedy: {
      en: "Check the contract's id or reference, and whose it is.",
      fr: "Vérifiez l’identifiant ou la référence du contrat, et à qui il est.",
    },
  },
  CONTRACT_REFERENCE_TAKEN: {
    status: 409,
    exit: 2,
    says: {
      en: "This controller has a contract with this reference already.",
      fr: "Ce responsable de traitement a déjà un contrat sous cette référence.",
    },
    remedy: {
      en: "Change that contract, or give this one a reference of its own.",
      fr: "Modifiez ce contrat-là, ou donnez à celui-ci une référence propre.",
    },
  },
  CONTRACT_CHANGED_MEANWHILE: {
    status: 409,
    exit: 2,
    says: {
      en: "Somebody changed this while you were editing it. Nothing was written.",
      fr: "Quelqu’un l’a modifié pendant que vous le modifiiez. Rien n’a été écrit.",
    },
    remedy: {
      en: "Look at what it says now, then make your change again.",
      fr: "Regardez ce qu’il dit maintenant, puis refaites votre modification.",
    },
  },
  CONTRACT_VALUE_MISSING: {
    status: 400,
    exit: 2,
    says: { en: "This value is missing.", fr: "Cette valeur manque." },
    remedy: { en: "Fill it in.", fr: "Renseignez-la." },
  },
  CONTRACT_VALUE_BAD: {
    status: 400,
    exit: 2,
    says: { en: "This value cannot be used.", fr: "Cette valeur n’est pas utilisable." },
    remedy: { en: "Correct it.", fr: "Corrigez-la." },
  },
  CONTRACT_VALUE_TOO_LONG: {
    status: 400,
    exit: 2,
    says: { en: "This text is too long.", fr: "Ce texte est trop long." },
    remedy: { en: "Shorten it.", fr: "Raccourcissez-le." },
  },
  CONTRACT_NO_SUCH_PRODUCT: {
    status: 400,
    exit: 2,
    says: {
      en: "The agreement names no such product.",
      fr: "L’accord ne nomme pas ce produit.",
    },
    remedy: {
      en: "Choose among the products of the agreement.",
      fr: "Choisissez parmi les produits de l’accord.",
    },
  },
  CONTRACT_ENDS_BEFORE_START: {
    status: 400,
    exit: 2,
    says: {
      en: "The last day comes before the first.",
      fr: "Le dernier jour précède le premier.",
    },
    remedy: {
      en: "Choose a last day on or after the first; the contract runs through both.",
      fr: "Choisissez un dernier jour égal ou postérieur au premier ; le contrat court les deux jours compris.",
    },
  },
  CONTRACT_NOT_LATER: {
    status: 400,
    exit: 2,
    says: {
      en: "A renewal ends later than the contract does now.",
      fr: "Un renouvellement se termine plus tard que le contrat actuel.",
    },
    remedy: {
      en: "Choose a later last day, or end the contract instead.",
      fr: "Choisissez un dernier jour plus tardif, ou mettez plutôt fin au contrat.",
    },
  },
  CONTRACT_WITHOUT_END: {
    status: 409,
    exit: 2,
    says: {
      en: "This contract has no last day: there is nothing to renew.",
      fr: "Ce contrat n’a pas de dernier jour : il n’y a rien à renouveler.",
    },
    remedy: { en: "End it, or change it.", fr: "Mettez-y fin, ou modifiez-le." },
  },
  CONTRACT_NO_SUCH_CHOICE: {
    status: 400,
    exit: 2,
    says: {
      en: "The agreement does not offer this choice for the end of the contract.",
      fr: "L’accord ne propose pas ce choix pour la fin du contrat.",
    },
    remedy: {
      en: "Choose among those that the agreement offers.",
      fr: "Choisissez parmi ceux que propose l’accord.",
    },
  },
  CONTRACT_PERIOD_NOT_YOURS: {
    status: 400,
    exit: 2,
    says: {
      en: "The agreement leaves no such period to the controller.",
      fr: "L’accord ne laisse pas cette durée au choix du responsable de traitement.",
    },
    remedy: {
      en: "Choose a retention rule that the agreement gives as a ceiling.",
      fr: "Choisissez une règle de conservation que l’accord donne comme plafond.",
    },
  },
  CONTRACT_PERIOD_TOO_LONG: {
    status: 400,
    exit: 2,
    says: {
      en: "This period is longer than the ceiling of the agreement.",
      fr: "Cette durée dépasse le plafond de l’accord.",
    },
    remedy: {
      en: "Choose a period of at most the ceiling, or have the agreement changed.",
      fr: "Choisissez une durée d’au plus le plafond, ou faites modifier l’accord.",
    },
  },
  CONTRACT_NO_SUCH_PURPOSE: {
    status: 400,
    exit: 2,
    says: {
      en: "The agreement gives this product no such purpose, or the contract does not name the product.",
      fr: "L’accord ne donne pas cette finalité au produit, ou le contrat ne nomme pas le produit.",
    },
    remedy: {
      en: "Choose a purpose of a product that the contract names.",
      fr: "Choisissez une finalité d’un produit que le contrat nomme.",
    },
  },
  CONTRACT_NOTHING_TO_ATTEST: {
    status: 409,
    exit: 2,
    says: {
      en: "The agreement asks for no attestation.",
      fr: "L’accord ne demande aucune attestation.",
    },
  },
  CONTRACT_STATEMENT_MISSING: {
    status: 400,
    exit: 2,
    says: {
      en: "An attestation covers every statement of the agreement, and no other.",
      fr: "Une attestation porte sur toutes les déclarations de l’accord, et sur aucune autre.",
    },
    remedy: {
      en: "Attest every statement, or none.",
      fr: "Attestez toutes les déclarations, ou aucune.",
    },
  },
  CONTRACT_NOT_ATTESTED: {
    status: 409,
    exit: 2,
    says: {
      en: "The controller has not attested what the agreement asks for before any import. Nothing was imported.",
      fr: "Le responsable de traitement n’a pas attesté ce que l’accord exige avant tout import. Rien n’a été importé.",
    },
    remedy: {
      en: "Have the controller attest it, on the page of the contract.",
      fr: "Faites-le attester par le responsable de traitement, sur la page du contrat.",
    },
  },
  CONTRACT_NOT_IN_FORCE: {
    status: 409,
    exit: 2,
    says: {
      en: "No contract of this controller is in force for this product.",
      fr: "Aucun contrat de ce responsable de traitement n’est en vigueur pour ce produit.",
    },
    remedy: {
      en: "Open or renew a contract that names the product.",
      fr: "Ouvrez ou renouvelez un contrat qui nomme ce produit.",
    },
  },
  OFFICER_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such officer.",
      fr: "Ce responsable de traitement n’a pas cet interlocuteur.",
    },
  },
  CONTRACT_INSTRUCTION_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such instruction.",
      fr: "Ce responsable de traitement n’a pas donné cette instruction.",
    },
  },
  CONTRACT_NOT_REVERTIBLE: {
    status: 409,
    exit: 2,
    says: {
      en: "This instruction cannot be reverted as such.",
      fr: "Cette instruction ne peut pas être annulée telle quelle.",
    },
    remedy: {
      en: "Give a new instruction that says what shall hold now.",
      fr: "Donnez une nouvelle instruction qui dise ce qui doit valoir maintenant.",
    },
  },
  CONTRACTS_FILE_UNREADABLE: {
    status: 400,
    exit: 2,
    says: {
      en: "This is not a CSV file that can be read.",
      fr: "Ce fichier CSV n’est pas lisible.",
    },
    remedy: {
      en: "Save it as “CSV UTF-8”, with semicolons or commas, and quotes closed.",
      fr: "Enregistrez-le au format « CSV UTF-8 », avec des points-virgules ou des virgules, guillemets fermés.",
    },
  },
  CONTRACTS_FILE_TOO_LARGE: {
    status: 413,
    exit: 2,
    says: {
      en: "This file is too large: at most 20,000 rows and 8 MiB.",
      fr: "Ce fichier est trop gros : au plus 20 000 lignes et 8 Mio.",
    },
    remedy: { en: "Split it.", fr: "Découpez-le." },
  },
  CONTRACTS_FILE_HEADER: {
    status: 400,
    exit: 2,
    says: {
      en: "A heading of this file is unknown, missing or there twice.",
      fr: "Un intitulé de colonne est inconnu, manquant ou en double.",
    },
    remedy: {
      en: "Use the headings of the sample in the README of @preau/contracts.",
      fr: "Utilisez les intitulés de l’exemple, dans le README de @preau/contracts.",
    },
  },
  CONTRACTS_FILE_REFUSED: {
    status: 400,
    exit: 2,
    says: {
      en: "Rows of this file are refused. Nothing was written.",
      fr: "Des lignes de ce fichier sont refusées. Rien n’a été écrit.",
    },
    remedy: {
      en: "Correct the rows named, and import the file again.",
      fr: "Corrigez les lignes nommées, et importez à nouveau le fichier.",
    },
  },
  CONTRACTS_ROW_WIDTH: {
    status: 400,
    exit: 2,
    says: {
      en: "This row has not as many cells as there are headings.",
      fr: "Cette ligne n’a pas autant de cellules qu’il y a d’intitulés.",
    },
    remedy: {
      en: "Put cells that hold the separator between quotes, and leave none out.",
      fr: "Mettez entre guillemets les cellules qui contiennent le séparateur, et n’en omettez aucune.",
    },
  },
  CONTRACTS_ROW_CONTRADICTS: {
    status: 400,
    exit: 2,
    says: {
      en: "An earlier row says otherwise about the same controller or contract.",
      fr: "Une ligne précédente dit autre chose du même responsable de traitement ou du même contrat.",
    },
    remedy: {
      en: "Let all rows of one controller say the same about it, and name each contract once.",
      fr: "Que toutes les lignes d’un responsable disent de lui la même chose, et que chaque contrat n’y figure qu’une fois.",
    },
  },
});

export const fault = faultsOf(errors);
