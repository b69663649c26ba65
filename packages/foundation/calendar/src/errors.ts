/** Errors of the calendar. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  CALENDAR_BAD_DATE: {
    status: 400,
    exit: 2,
    says: { en: "This is not a date.", fr: "Ceci n’est pas une date." },
    remedy: { en: "Write it as 2026-04-08.", fr: "Écrivez-la 2026-04-08." },
  },
  CALENDAR_NEEDS_PLACE: {
    status: 500,
    exit: 2,
    says: {
      en: "Working days cannot be counted without a calendar.",
      fr: "Les jours ouvrés ne se comptent pas sans calendrier.",
    },
    remedy: {
      en: "Count them in the calendar of the controller's place.",
      fr: "Comptez-les dans le calendrier du lieu du responsable de traitement.",
    },
  },
});

export const fault = faultsOf(errors);
