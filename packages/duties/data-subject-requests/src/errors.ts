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
  REQUEST_NOT_INSTRUCTED: {
    status: 409,
    exit: 2,
    says: {
      en: "No written instruction of the controller that is in force orders this for this person.",
      fr: "Aucune instruction écrite en vigueur du responsable de traitement n’ordonne cela pour cette personne.",
    },
    remedy: {
      en: "Name an instruction of the right kind that reaches this person.",
      fr: "Citez une instruction du bon genre qui vise cette personne.",
    },
  },
  REQUEST_NO_SUBJECT: {
    status: 409,
    exit: 2,
    says: {
      en: "Nobody has said yet whom this request is about.",
      fr: "Personne n’a encore dit qui cette demande concerne.",
    },
    remedy: {
      en: "Let the controller say which person it is, then go on.",
      fr: "Faites préciser la personne par le responsable de traitement, puis reprenez.",
    },
  },
  REQUEST_NOTHING_TO_DO: {
    status: 409,
    exit: 2,
    says: {
      en: "This request asks for nothing that could be done here.",
      fr: "Cette demande n’appelle rien qui puisse être fait ici.",
    },
    remedy: { en: "Let the controller answer it.", fr: "Laissez le responsable de traitement y répondre." },
  },
  REQUEST_RESTRICTED: {
    status: 409,
    exit: 2,
    says: {
      en: "The processing of this person’s data is restricted: it is kept, and not erased.",
      fr: "Le traitement des données de cette personne est limité\u202f: elles sont conservées et ne sont pas effacées.",
    },
    remedy: {
      en: "Lift the restriction first (GDPR art. 18).",
      fr: "Levez d’abord la limitation (RGPD, art. 18).",
    },
  },
  REQUEST_NOT_RESTRICTED: {
    status: 409,
    exit: 2,
    says: {
      en: "The processing of this person’s data is not restricted: there is nothing to lift.",
      fr: "Le traitement des données de cette personne n’est pas limité\u202f: il n’y a rien à lever.",
    },
  },
  REQUEST_NO_PURPOSE: {
    status: 422,
    exit: 2,
    says: {
      en: "The agreement has no such purpose.",
      fr: "L’accord ne connaît pas cette finalité.",
    },
    remedy: {
      en: "Name a purpose of the agreement.",
      fr: "Citez une finalité de l’accord.",
    },
  },
  REQUEST_BAD_CHANGE: {
    status: 422,
    exit: 2,
    says: {
      en: "This correction cannot be read: the store, the place or the value.",
      fr: "Cette rectification n’est pas lisible\u202f: le stockage, l’emplacement ou la valeur.",
    },
    remedy: {
      en: "Name a store of this controller, a place in it, and the new value.",
      fr: "Citez un stockage de ce responsable de traitement, un emplacement et la nouvelle valeur.",
    },
  },
  REQUEST_BAD_REVIEW: {
    status: 422,
    exit: 2,
    says: {
      en: "This review cannot have happened yet.",
      fr: "Cet examen ne peut pas avoir déjà eu lieu.",
    },
    remedy: { en: "Give the instant at which it was done.", fr: "Indiquez l’instant où il a été fait." },
  },
});

export const fault = faultsOf(errors);
