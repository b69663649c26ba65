/** Errors of the subject directory. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  SUBJECT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such data subject.",
      fr: "Ce responsable de traitement ne connaît pas cette personne.",
    },
    remedy: {
      en: "Identify the person first; a forgotten subject does not come back.",
      fr: "Identifiez d'abord la personne ; une personne oubliée ne revient pas.",
    },
  },
});

export const fault = faultsOf(errors);
