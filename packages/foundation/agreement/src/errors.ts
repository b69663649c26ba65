/** Errors of the agreement: a file that does not hold together, a figure that it does not give. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  AGREEMENT_INVALID: {
    status: 422,
    exit: 2,
    says: { en: "The agreement does not hold together.", fr: "L'accord n'est pas cohérent." },
    remedy: {
      en: "Correct each place that the diagnostics name.",
      fr: "Corrigez chaque endroit que nomment les diagnostics.",
    },
  },
  AGREEMENT_NO_DURATION: {
    status: 422,
    exit: 2,
    says: {
      en: "The agreement gives no single period under this clause.",
      fr: "L'accord ne donne pas une durée unique sous cette clause.",
    },
    remedy: {
      en: "Add the period to agreement.yaml, or name one of the clause's rules.",
      fr: "Ajoutez la durée à agreement.yaml, ou nommez l'une des règles de la clause.",
    },
  },
  AGREEMENT_TOO_LARGE_TO_COMPARE: {
    status: 422,
    exit: 2,
    says: {
      en: "The two agreements have too many words to compare every flow.",
      fr: "Les deux accords ont trop de mots pour que chaque flux soit comparé.",
    },
    remedy: {
      en: "Compare agreements with fewer roles, purposes, categories and recipients.",
      fr: "Comparez des accords qui ont moins de rôles, de finalités, de catégories et de destinataires.",
    },
  },
});

export const fault = faultsOf(errors);
