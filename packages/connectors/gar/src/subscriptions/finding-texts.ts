/** What is wrong with a subscription and what to do about it, rule by rule. No text holds a value of the subscription. */
import type { Bilingual } from "@preau/kernel";

interface FindingText {
  /** RG1 to RG13 of the GAR; `FORM` for the form of one field; `PREAU` for our own advice. */
  readonly rule: `RG${number}` | "FORM" | "PREAU";
  readonly says: Bilingual;
  readonly remedy: Bilingual;
}

export const findingTexts = {
  licencesNotOneWay: {
    rule: "RG1",
    says: {
      en: "Licences are counted neither all together nor by audience, or in both ways.",
      fr: "Les licences ne sont comptées ni toutes ensemble ni par public, ou le sont des deux façons.",
    },
    remedy: {
      en: "Give nbLicenceGlobale alone, or one or more of nbLicenceEleve, nbLicenceEnseignant, nbLicenceProfDoc, nbLicenceAutrePersonnel.",
      fr: "Donnez nbLicenceGlobale seul, ou un ou plusieurs parmi nbLicenceEleve, nbLicenceEnseignant, nbLicenceProfDoc, nbLicenceAutrePersonnel.",
    },
  },
  schoolsNotOneWay: {
    rule: "RG2",
    says: {
      en: "Schools are named neither by UAI nor by nature, or in both ways.",
      fr: "Les établissements ne sont désignés ni par UAI ni par nature, ou le sont des deux façons.",
    },
    remedy: {
      en: "Give either uaiEtab or codeNatureUAI.",
      fr: "Donnez soit uaiEtab, soit codeNatureUAI.",
    },
  },
  distributorForm: {
    rule: "RG3",
    says: {
      en: "The distributor is not SIREN_ISNI.",
      fr: "Le distributeur n’est pas de la forme SIREN_ISNI.",
    },
    remedy: {
      en: "Write nine digits, an underscore and sixteen digits (zeros without an ISNI), here or as the option `distributor`.",
      fr: "Écrivez neuf chiffres, un tiret bas et seize chiffres (des zéros sans ISNI), ici ou dans l’option `distributor`.",
    },
  },
  category: {
    rule: "RG4",
    says: {
      en: "The category of assignment is not `transferable`.",
      fr: "La catégorie d’affectation n’est pas `transferable`.",
    },
    remedy: {
      en: "Write transferable, or leave the field out.",
      fr: "Écrivez transferable, ou ôtez le champ.",
    },
  },
  assignmentType: {
    rule: "RG4",
    says: {
      en: "The type of assignment is neither INDIV nor ETABL.",
      fr: "Le type d’affectation n’est ni INDIV ni ETABL.",
    },
    remedy: {
      en: "Write INDIV, or ETABL for the school as a whole.",
      fr: "Écrivez INDIV, ou ETABL pour l’établissement tout entier.",
    },
  },
  licencesWithoutAudience: {
    rule: "RG5",
    says: {
      en: "There are licences for an audience that publicCible does not name.",
      fr: "Des licences sont prévues pour un public que publicCible ne nomme pas.",
    },
    remedy: {
      en: "Add the audience to publicCible, or take these licences out.",
      fr: "Ajoutez ce public à publicCible, ou ôtez ces licences.",
    },
  },
  schoolWideLicences: {
    rule: "RG6",
    says: {
      en: "A subscription of type ETABL counts its licences all together, and no others.",
      fr: "Un abonnement de type ETABL compte ses licences toutes ensemble, et aucune autre.",
    },
    remedy: {
      en: "Give nbLicenceGlobale alone, or choose INDIV.",
      fr: "Donnez nbLicenceGlobale seul, ou choisissez INDIV.",
    },
  },
  endYearOutOfReach: {
    rule: "RG7",
    says: {
      en: "The school year of the end is no school year, is over before the start, or is more than ten years after it.",
      fr: "L’année scolaire de fin n’en est pas une, s’achève avant le début, ou plus de dix ans après.",
    },
    remedy: {
      en: "Name the school year in which the subscription ends, as 2026-2027.",
      fr: "Donnez l’année scolaire où l’abonnement prend fin, sous la forme 2026-2027.",
    },
  },
  endOutOfReach: {
    rule: "RG8",
    says: {
      en: "The end is not after the start, or is more than ten years after it.",
      fr: "La fin ne suit pas le début, ou le suit de plus de dix ans.",
    },
    remedy: {
      en: "Choose an end after debutValidite, within ten years.",
      fr: "Choisissez une fin postérieure à debutValidite, dans les dix ans.",
    },
  },
  endNotOneWay: {
    rule: "RG9",
    says: {
      en: "The end is told neither as a moment nor as a school year, or in both ways.",
      fr: "La fin n’est dite ni par une date ni par une année scolaire, ou l’est des deux façons.",
    },
    remedy: {
      en: "Give either finValidite or anneeFinValidite.",
      fr: "Donnez soit finValidite, soit anneeFinValidite.",
    },
  },
  endYearForm: {
    rule: "RG10",
    says: {
      en: "The school year is not written as two years.",
      fr: "L’année scolaire n’est pas écrite sous forme de deux années.",
    },
    remedy: { en: "Write 2026-2027.", fr: "Écrivez 2026-2027." },
  },
  primaryLibrarians: {
    rule: "RG11",
    says: {
      en: "A primary school has no teacher-librarian, and this subscription is for some.",
      fr: "Une école du premier degré n’a pas d’enseignant documentaliste, et cet abonnement en vise.",
    },
    remedy: {
      en: "Take DOCUMENTALISTE and nbLicenceProfDoc out, or subscribe primary and other schools apart.",
      fr: "Ôtez DOCUMENTALISTE et nbLicenceProfDoc, ou abonnez à part les écoles et les autres établissements.",
    },
  },
  reservedWord: {
    rule: "RG12",
    says: {
      en: "This identifier is a word that the service keeps for its own addresses.",
      fr: "Cet identifiant est un mot que le service réserve à ses propres adresses.",
    },
    remedy: {
      en: "Choose any other than `abonnements` and `categorie`.",
      fr: "Choisissez-en un autre que `abonnements` et `categorie`.",
    },
  },
  reservedUnderscore: {
    rule: "RG13",
    says: {
      en: "An identifier that begins with an underscore stands for a deleted subscription.",
      fr: "Un identifiant qui commence par un tiret bas désigne un abonnement supprimé.",
    },
    remedy: { en: "Begin with a letter or a digit.", fr: "Commencez par une lettre ou un chiffre." },
  },
  fieldEmpty: {
    rule: "FORM",
    says: { en: "The field is empty.", fr: "Le champ est vide." },
    remedy: {
      en: "Fill it in, or take it out if it is optional.",
      fr: "Renseignez-le, ou ôtez-le s’il est facultatif.",
    },
  },
  fieldTooLong: {
    rule: "FORM",
    says: {
      en: "The field is longer than the GAR takes.",
      fr: "Le champ dépasse la longueur que le GAR accepte.",
    },
    remedy: {
      en: "At most: idAbonnement 45 characters, idRessource 1024, codeProjetRessource 50, texts 255.",
      fr: "Au plus : idAbonnement 45 caractères, idRessource 1024, codeProjetRessource 50, textes 255.",
    },
  },
  fieldCharacters: {
    rule: "FORM",
    says: {
      en: "The field holds a line break, or a character that XML cannot carry.",
      fr: "Le champ contient un retour à la ligne, ou un caractère que XML ne peut pas porter.",
    },
    remedy: { en: "Write it on one line, as plain text.", fr: "Écrivez-le sur une ligne, en texte simple." },
  },
  identifierForm: {
    rule: "FORM",
    says: {
      en: "The identifier holds a space, or a character that has a meaning in an address.",
      fr: "L’identifiant contient une espace, ou un caractère qui a un sens dans une adresse.",
    },
    remedy: {
      en: "Use letters, digits, hyphens, underscores and dots; a random UUID does.",
      fr: "Utilisez des lettres, chiffres, tirets, tirets bas et points ; un UUID tiré au hasard convient.",
    },
  },
  resourceForm: {
    rule: "FORM",
    says: { en: "The resource is not named by an ARK.", fr: "La ressource n’est pas désignée par un ARK." },
    remedy: {
      en: "Copy the identifier of the ScoLOMFR notice, as ark:/46173/00001, with typeIdRessource ark.",
      fr: "Recopiez l’identifiant de la notice ScoLOMFR, comme ark:/46173/00001, avec typeIdRessource ark.",
    },
  },
  momentForm: {
    rule: "FORM",
    says: {
      en: "This is no date, or one that does not exist.",
      fr: "Ce n’est pas une date, ou elle n’existe pas.",
    },
    remedy: {
      en: "Write 2026-09-01, or 2026-09-01T00:00:00 with or without an offset.",
      fr: "Écrivez 2026-09-01, ou 2026-09-01T00:00:00 avec ou sans décalage horaire.",
    },
  },
  schoolForm: {
    rule: "FORM",
    says: {
      en: "A school is not named by its UAI, or is named twice.",
      fr: "Un établissement n’est pas désigné par son UAI, ou l’est deux fois.",
    },
    remedy: {
      en: "Write seven digits and a capital letter, once.",
      fr: "Écrivez sept chiffres et une majuscule, une fois.",
    },
  },
  natureForm: {
    rule: "FORM",
    says: {
      en: "A nature of schools is not a code of three digits, or is named twice.",
      fr: "Une nature d’établissement n’est pas un code de trois chiffres, ou est citée deux fois.",
    },
    remedy: {
      en: "Write a code of N_NATURE_UAI, once: 151 for primary schools, 340 for collèges.",
      fr: "Écrivez un code de N_NATURE_UAI, une fois : 151 pour les écoles élémentaires, 340 pour les collèges.",
    },
  },
  licencesForm: {
    rule: "FORM",
    says: {
      en: "The number of licences is neither a whole number nor ILLIMITE.",
      fr: "Le nombre de licences n’est ni un nombre entier ni ILLIMITE.",
    },
    remedy: { en: "Write a whole number, or ILLIMITE.", fr: "Écrivez un nombre entier, ou ILLIMITE." },
  },
  audienceForm: {
    rule: "FORM",
    says: {
      en: "An audience is missing, unknown to the GAR, or named twice.",
      fr: "Un public manque, est inconnu du GAR, ou est cité deux fois.",
    },
    remedy: {
      en: "Name one or more of ELEVE, ENSEIGNANT, DOCUMENTALISTE, AUTRE PERSONNEL, each once.",
      fr: "Citez un ou plusieurs publics parmi ELEVE, ENSEIGNANT, DOCUMENTALISTE, AUTRE PERSONNEL, une fois chacun.",
    },
  },
  primaryUnchecked: {
    rule: "RG11",
    says: {
      en: "Whether these are primary schools was not checked: the list of schools is not at hand.",
      fr: "Qu’il s’agisse d’écoles du premier degré n’a pas été vérifié : la liste des établissements n’est pas disponible.",
    },
    remedy: {
      en: "Fetch it with `preau gar subscriptions schools`.",
      fr: "Récupérez-la avec `preau gar subscriptions schools`.",
    },
  },
  schoolNotListed: {
    rule: "PREAU",
    says: {
      en: "A school is not on the GAR's list.",
      fr: "Un établissement ne figure pas sur la liste du GAR.",
    },
    remedy: {
      en: "Check its UAI; a school that has just joined the GAR is on tomorrow's list.",
      fr: "Vérifiez son UAI ; un établissement qui vient de rejoindre le GAR figurera sur la liste de demain.",
    },
  },
  schoolInIdentifier: {
    rule: "PREAU",
    says: {
      en: "The identifier holds a school's code, and it will stand in addresses and in the logs of others.",
      fr: "L’identifiant contient le code d’un établissement, et il figurera dans des adresses et des journaux.",
    },
    remedy: {
      en: "Prefer an identifier that says nothing: a random UUID.",
      fr: "Préférez un identifiant qui ne dit rien : un UUID tiré au hasard.",
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>;

export type FindingCode = keyof typeof findingTexts;
