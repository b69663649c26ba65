import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  RETENTION_NO_ERASURE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such erasure.", fr: "Cet effacement n’existe pas." },
  },
  RETENTION_STORE_FAILED: {
    status: 500,
    exit: 1,
    says: {
      en: "A store could not be erased; the erasure stays open and is tried again.",
      fr: "Un magasin de données n’a pas pu être effacé ; l’effacement reste ouvert et sera retenté.",
    },
    remedy: {
      en: "Read the cause in the operational log, mend the store, and run the erasure again.",
      fr: "Lisez la cause dans le journal d’exploitation, réparez le magasin, puis relancez l’effacement.",
    },
  },
  RETENTION_PLAN_LOST: {
    status: 500,
    exit: 4,
    says: {
      en: "The sealed plan of an erasure cannot be opened.",
      fr: "Le plan scellé d’un effacement ne peut pas être ouvert.",
    },
    remedy: {
      en: "Restore the key store from its own backup; without it the erasure must be ordered again.",
      fr: "Restaurez le magasin de clés depuis sa propre sauvegarde ; sans lui, l’effacement doit être redemandé.",
    },
  },
});

export const fault = faultsOf(errors);
