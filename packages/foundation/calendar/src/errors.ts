/** Errors of the calendar. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  CALENDAR_BAD_DATE: {
    status: 400,
    exit: 2,
    says: { en: "This is not a date.", fr: "Ceci n’est pas une date." },
    remedy: { en: "Write it as 2026-04-08.", fr: "Écrivez-la 2026-04-08." },
  },
  CALENDAR_BAD_AMOUNT: {
    status: 400,
    exit: 2,
    says: {
      en: "A period is a whole number, 1 to 9,999.",
      fr: "Une durée est un nombre entier, de 1 à 9 999.",
    },
    remedy: { en: "Write it as workingDays(7).", fr: "Écrivez-la workingDays(7)." },
  },
  CALENDAR_OUTSIDE_TABLE: {
    status: 422,
    exit: 2,
    says: {
      en: "The public holidays of that year are not known: the official table holds 2006 to 2031.",
      fr: "Les jours fériés de cette année ne sont pas connus : la table officielle va de 2006 à 2031.",
    },
    remedy: {
      en: "Choose a day inside the table, or install a version whose table reaches further.",
      fr: "Choisissez un jour couvert par la table, ou installez une version dont la table va plus loin.",
    },
  },
  CALENDAR_TOO_FAR: {
    status: 422,
    exit: 2,
    says: {
      en: "That period does not end before the year 10000.",
      fr: "Cette période ne s’achève pas avant l’an 10000.",
    },
    remedy: { en: "Check the figure.", fr: "Vérifiez le nombre." },
  },
  CALENDAR_UNKNOWN_REGION: {
    status: 422,
    exit: 2,
    says: {
      en: "The public holidays of that region are not known.",
      fr: "Les jours fériés de cette région ne sont pas connus.",
    },
    remedy: {
      en: "Name one of: metropole, alsace-moselle, guadeloupe, guyane, la-reunion, martinique, mayotte, saint-barthelemy, saint-martin, saint-pierre-et-miquelon.",
      fr: "Nommez l’une de celles-ci : metropole, alsace-moselle, guadeloupe, guyane, la-reunion, martinique, mayotte, saint-barthelemy, saint-martin, saint-pierre-et-miquelon.",
    },
  },
  CALENDAR_UNKNOWN_ZONE: {
    status: 422,
    exit: 2,
    says: { en: "There is no such time zone.", fr: "Ce fuseau horaire n’existe pas." },
    remedy: {
      en: "Name it as in the IANA list: Europe/Paris, Indian/Reunion.",
      fr: "Nommez-le comme dans la liste de l’IANA : Europe/Paris, Indian/Reunion.",
    },
  },
  CALENDAR_UNKNOWN_DEPARTMENT: {
    status: 422,
    exit: 2,
    says: {
      en: "No département, postcode or school number of a known calendar reads like this.",
      fr: "Aucun département, code postal ou numéro d’école d’un calendrier connu ne s’écrit ainsi.",
    },
    remedy: {
      en: "Write the département's code, 57, 2A or 974, or name the region.",
      fr: "Écrivez le code du département, 57, 2A ou 974, ou nommez la région.",
    },
  },
  CALENDAR_AMBIGUOUS_DEPARTMENT: {
    status: 422,
    exit: 2,
    says: {
      en: "That code may stand for Guadeloupe, Saint-Martin or Saint-Barthélemy, whose public holidays differ.",
      fr: "Ce code peut désigner la Guadeloupe, Saint-Martin ou Saint-Barthélemy, dont les jours fériés diffèrent.",
    },
    remedy: {
      en: "Give the département's code, 971, 977 or 978, or name the region.",
      fr: "Donnez le code du département, 971, 977 ou 978, ou nommez la région.",
    },
  },
});

export const fault = faultsOf(errors);
