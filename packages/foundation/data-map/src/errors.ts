/** Errors of data maps: their file, their fit with a site, and the run of a plan. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  DATA_MAP_INVALID: {
    status: 422,
    exit: 2,
    says: { en: "The data map is not valid.", fr: "La carte des données n'est pas valide." },
    remedy: {
      en: "Correct the line and column given; docs/data-map.md describes the format.",
      fr: "Corrigez la ligne et la colonne indiquées ; docs/data-map.md décrit le format.",
    },
  },
  DATA_MAP_NO_SUBJECT: {
    status: 404,
    exit: 2,
    says: {
      en: "A person of this plan does not exist in the application.",
      fr: "Une personne de ce plan n'existe pas dans l'application.",
    },
    remedy: {
      en: "Check the identifier and its kind; nothing has been written.",
      fr: "Vérifiez l'identifiant et sa nature ; rien n'a été écrit.",
    },
  },
  DATA_MAP_UNKNOWN_TABLE: {
    status: 409,
    exit: 2,
    says: {
      en: "A table or column that the map does not know holds a person of this plan; nothing has been written.",
      fr: "Une table ou une colonne que la carte ne connaît pas contient une personne de ce plan ; rien n'a été écrit.",
    },
  },
  DATA_MAP_MISFIT: {
    status: 409,
    exit: 2,
    says: {
      en: "The data map does not fit this database.",
      fr: "La carte des données ne correspond pas à cette base.",
    },
    remedy: {
      en: "Check the database, the table prefix and the application's version.",
      fr: "Vérifiez la base, le préfixe des tables et la version de l'application.",
    },
  },
  DATA_MAP_RESTRICTED: {
    status: 409,
    exit: 2,
    says: {
      en: "A person of this plan has been restricted since it was made.",
      fr: "Une personne de ce plan a été soumise à une limitation depuis qu'il a été fait.",
    },
    remedy: {
      en: "Lift the restriction or plan again without this person.",
      fr: "Levez la limitation ou refaites le plan sans cette personne.",
    },
  },
  DATA_MAP_STEP_FAILED: {
    status: 500,
    exit: 4,
    says: {
      en: "A step of the erasure failed; what was committed before it stays, and a new run goes on.",
      fr: "Une étape de l'effacement a échoué ; ce qui a été validé avant reste acquis, et une nouvelle exécution reprend.",
    },
    remedy: {
      en: "Remove the cause given with the table's name, then run the plan again.",
      fr: "Supprimez la cause indiquée avec le nom de la table, puis relancez le plan.",
    },
  },
  DATA_MAP_ABORTED: {
    status: 409,
    exit: 2,
    says: {
      en: "The work was stopped between two steps; a new run goes on.",
      fr: "Le travail a été interrompu entre deux étapes ; une nouvelle exécution reprend.",
    },
  },
});

export const fault = faultsOf(errors);
