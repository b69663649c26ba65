import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  RETENTION_NO_ERASURE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such erasure.", fr: "Cet effacement n’existe pas." },
  },
  RETENTION_NOBODY: {
    status: 400,
    exit: 2,
    says: {
      en: "An order to erase names at least one person.",
      fr: "Un ordre d’effacement désigne au moins une personne.",
    },
  },
  RETENTION_RECEIPT_NOT_READY: {
    status: 409,
    exit: 3,
    says: {
      en: "The receipt of this erasure is not filed yet.",
      fr: "Le reçu de cet effacement n’est pas encore établi.",
    },
    remedy: {
      en: "Follow the erasure, and try again once it is done.",
      fr: "Suivez l’effacement, puis réessayez.",
    },
  },
  RETENTION_STORE_FAILED: {
    status: 500,
    exit: 1,
    says: {
      en: "A store could not be erased or looked at again; the erasure stays open and is tried again.",
      fr: "Un magasin de données n’a pas pu être effacé ou relu ; l’effacement reste ouvert et sera retenté.",
    },
    remedy: {
      en: "Read the cause in the operational log, mend the store, and run the erasure again.",
      fr: "Lisez la cause dans le journal d’exploitation, réparez le magasin, puis relancez l’effacement.",
    },
  },
  RETENTION_NEWLY_RESTRICTED: {
    status: 409,
    exit: 1,
    says: {
      en: "A person was restricted or held after the erasure had been planned: it stays open, and nothing more is erased.",
      fr: "Une limitation ou une conservation légale est survenue après le plan : l’effacement reste ouvert et plus rien n’est effacé.",
    },
    remedy: {
      en: "Lift the restriction or the hold; the erasure then goes on by itself.",
      fr: "Levez la limitation ou la conservation légale ; l’effacement reprendra de lui-même.",
    },
  },
  RETENTION_HOLD_IGNORED: {
    status: 500,
    exit: 4,
    says: {
      en: "A store plans to erase a person whom another store restricts or holds. Nothing was erased.",
      fr: "Un magasin de données prévoit d’effacer une personne qu’un autre limite ou conserve. Rien n’a été effacé.",
    },
  },
  RETENTION_RUN_OVERTAKEN: {
    status: 409,
    exit: 1,
    says: {
      en: "Another run has taken this erasure over; this one stops.",
      fr: "Un autre passage a repris cet effacement ; celui-ci s’arrête.",
    },
  },
  RETENTION_CLOCK_BEHIND: {
    status: 503,
    exit: 4,
    says: {
      en: "The clock stands before the moment at which the receipt was opened; the erasure stays open.",
      fr: "L’horloge indique un moment antérieur à l’ouverture du reçu ; l’effacement reste ouvert.",
    },
    remedy: {
      en: "Set the clock of this machine; the erasure then closes by itself.",
      fr: "Réglez l’horloge de cette machine ; l’effacement se terminera de lui-même.",
    },
  },
  RETENTION_NO_ACCOUNTS: {
    status: 404,
    exit: 2,
    says: {
      en: "This store has no accounts of its own that periods could end.",
      fr: "Ce magasin n’a pas de comptes à lui auxquels une durée pourrait mettre fin.",
    },
    remedy: {
      en: "Name a store whose adapter tells who has an account; `preau doctor` lists the stores.",
      fr: "Nommez un magasin dont l’adaptateur dit qui a un compte ; `preau doctor` liste les magasins.",
    },
  },
  RETENTION_NO_PURGE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such purge.", fr: "Cette purge n’existe pas." },
  },
  RETENTION_PURGE_OVER: {
    status: 409,
    exit: 2,
    says: {
      en: "This purge has acted or was cancelled: nothing can be decided about it any more.",
      fr: "Cette purge a agi ou a été annulée : plus rien ne peut en être décidé.",
    },
  },
  RETENTION_CEILING: {
    status: 409,
    exit: 2,
    says: {
      en: "The agreement's longest period ends this data: no decision keeps it beyond that.",
      fr: "La durée la plus longue de l’accord met fin à ces données : aucune décision ne les garde au-delà.",
    },
    remedy: {
      en: "If a law requires that it be kept, place a hold that names that law.",
      fr: "Si une loi impose de les garder, posez une conservation qui nomme cette loi.",
    },
  },
  RETENTION_NEEDS_INSTRUCTION: {
    status: 400,
    exit: 2,
    says: {
      en: "Only the controller decides this: name the written instruction that it gave.",
      fr: "Seul le responsable de traitement en décide : indiquez l’instruction écrite qu’il a donnée.",
    },
    remedy: {
      en: "Give the reference of the instruction: a letter's number and day, without any name.",
      fr: "Donnez la référence de l’instruction : numéro et jour d’un courrier, sans aucun nom.",
    },
  },
  RETENTION_NO_SUBJECT: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such person.",
      fr: "Ce responsable de traitement n’a pas cette personne.",
    },
  },
  RETENTION_HOLD_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "A field of the hold is missing or cannot be.",
      fr: "Un champ de la conservation manque ou ne convient pas.",
    },
    remedy: {
      en: "Say why it is kept in at most 500 characters; give a day that is not over, and a category of the agreement.",
      fr: "Dites pourquoi en 500 caractères au plus ; donnez un jour qui n’est pas passé et une catégorie de l’accord.",
    },
  },
  RETENTION_NO_HOLD: {
    status: 404,
    exit: 2,
    says: { en: "There is no such hold.", fr: "Cette conservation n’existe pas." },
  },
});

export const fault = faultsOf(errors);
