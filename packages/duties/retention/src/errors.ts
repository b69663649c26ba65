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
});

export const fault = faultsOf(errors);
