import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  REQUEST_NO_REQUEST: {
    status: 404,
    exit: 2,
    says: { en: "There is no such request.", fr: "Cette demande n’existe pas." },
  },
  REQUEST_NO_INQUIRY: {
    status: 404,
    exit: 2,
    says: { en: "There is no such message.", fr: "Ce message n’existe pas." },
  },
  REQUEST_OVER: {
    status: 409,
    exit: 2,
    says: { en: "This is over already.", fr: "Ceci est déjà clos." },
    remedy: {
      en: "See in the journal how it ended.",
      fr: "Voyez dans le journal comment cela s’est achevé.",
    },
  },
  REQUEST_FIELD_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "A field is missing, too long, or cannot be right.",
      fr: "Un champ manque, est trop long, ou ne peut être juste.",
    },
    remedy: { en: "Correct the field named.", fr: "Corrigez le champ indiqué." },
  },
  REQUEST_NOT_FOR_YOU: {
    status: 403,
    exit: 2,
    says: {
      en: "This is for the publisher’s data protection officer, or for the controller’s own people.",
      fr: "Ceci revient au délégué à la protection des données de l’éditeur, ou aux personnes du responsable de traitement.",
    },
  },
  REQUEST_NOBODY_ASSIGNED: {
    status: 400,
    exit: 2,
    says: {
      en: "Nobody was named whose request this is.",
      fr: "Personne n’a été désigné comme auteur de la demande.",
    },
    remedy: {
      en: "Name at least one person, the controller and the right; or close the message as no request.",
      fr: "Désignez au moins une personne, le responsable de traitement et le droit\u202f; ou classez le message comme n’étant pas une demande.",
    },
  },
  REQUEST_NO_CONTROLLER: {
    status: 404,
    exit: 2,
    says: { en: "There is no such controller.", fr: "Ce responsable de traitement n’existe pas." },
    remedy: {
      en: "Register the controller first, or name one that is registered.",
      fr: "Enregistrez d’abord le responsable de traitement, ou nommez-en un qui le soit.",
    },
  },
  REQUEST_TEXT_NAMES_OTHERS: {
    status: 409,
    exit: 2,
    says: {
      en: "What would be passed on names another person of the same message.",
      fr: "Ce qui serait transmis nomme une autre personne du même message.",
    },
    remedy: {
      en: "Write an extract without the others, or pass the facts on alone.",
      fr: "Rédigez un extrait sans les autres, ou ne transmettez que les faits.",
    },
  },
  REQUEST_NO_TIME_LEFT: {
    status: 409,
    exit: 2,
    says: {
      en: "The controller’s time is over: no link lives beyond it.",
      fr: "Le délai du responsable de traitement est échu\u202f: aucun lien ne vit au-delà.",
    },
    remedy: {
      en: "Hand it over by hand, and write that down with its evidence.",
      fr: "Remettez la demande en main propre, et inscrivez-le avec sa preuve.",
    },
  },
  REQUEST_NO_OFFICER: {
    status: 409,
    exit: 2,
    says: {
      en: "No officer of this controller can be written to by mail.",
      fr: "Aucun interlocuteur de ce responsable de traitement ne peut être joint par courriel.",
    },
    remedy: {
      en: "Register an address, or hand the link over by hand and write that down.",
      fr: "Enregistrez une adresse, ou remettez le lien en main propre et inscrivez-le.",
    },
  },
  REQUEST_EXTENDED_ALREADY: {
    status: 409,
    exit: 2,
    says: {
      en: "The controller’s time was extended once, or it is over: it is not extended again.",
      fr: "Le délai du responsable de traitement a déjà été prolongé, ou il est échu\u202f: il ne l’est pas de nouveau.",
    },
  },
  REQUEST_MAIL_UNREADABLE: {
    status: 422,
    exit: 2,
    says: {
      en: "This mail cannot be read within its bounds.",
      fr: "Ce courriel ne peut être lu dans les limites fixées.",
    },
    remedy: {
      en: "Read it in a mail program, and type the request in by hand: its time runs already.",
      fr: "Lisez-le dans une messagerie, et saisissez la demande à la main\u202f: son délai court déjà.",
    },
  },
});

export const fault = faultsOf(errors);
