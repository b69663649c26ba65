import { defineErrors, faultsOf, errors as kernelErrors } from "@preau/kernel";

export const errors = defineErrors({
  INSTRUCTIONS_NO_CONTROLLER: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no such client.",
      fr: "Ce client n’existe pas.",
    },
    remedy: { en: "Choose one of the register.", fr: "Choisissez-en un du registre." },
  },
  INSTRUCTIONS_BAD_WORDS: {
    status: 422,
    exit: 2,
    says: {
      en: "Words are missing, or there are too many of them.",
      fr: "Un texte manque, ou il est trop long.",
    },
    remedy: { en: "Correct the field named.", fr: "Corrigez le champ indiqué." },
  },
  INSTRUCTIONS_NOT_FLAGGED: {
    status: 409,
    exit: 2,
    says: {
      en: "No flag stands on this instruction.",
      fr: "Aucun signalement ne porte sur cette instruction.",
    },
    remedy: { en: "Look at its history.", fr: "Consultez son historique." },
  },
  INSTRUCTIONS_KEY_TAKEN: {
    status: 409,
    exit: 2,
    says: {
      en: "Another instruction stands under this key.",
      fr: "Une autre instruction figure sous cette clé.",
    },
    remedy: {
      en: "Give each instruction a key of its own.",
      fr: "Donnez à chaque instruction sa propre clé.",
    },
  },
  INSTRUCTIONS_HAS_ADDRESS: {
    status: 409,
    exit: 2,
    says: {
      en: "The client's officer has an address: the link goes there, and through nobody's hands.",
      fr: "Le délégué du client a une adresse\u202f: le lien lui est envoyé, et ne passe par aucune main.",
    },
    remedy: {
      en: "See at Messages whether it left; correct the officer's address if it came back.",
      fr: "Voyez dans Messages s’il est parti\u202f; corrigez l’adresse s’il est revenu.",
    },
  },
  INSTRUCTIONS_OWN_VERB: {
    status: 409,
    exit: 2,
    says: {
      en: "An objection to anonymisation is withdrawn where it was made, and not by a click in the ledger.",
      fr: "Une opposition à l’anonymisation se lève là où elle a été faite, et non d’un clic dans le registre.",
    },
    remedy: { en: "Withdraw it on the page of releases.", fr: "Levez-la sur la page des jeux anonymisés." },
  },
  INSTRUCTIONS_NO_ENTRY: {
    status: 404,
    exit: 2,
    says: {
      en: "The journal of this client has no such entry.",
      fr: "Le journal de ce client n’a pas cette entrée.",
    },
    remedy: { en: "Take the number from the journal.", fr: "Reprenez le numéro du journal." },
  },
  INSTRUCTIONS_NO_OBSERVATION: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no such request to observe practices.",
      fr: "Cette demande d’observation des pratiques n’existe pas.",
    },
    remedy: { en: "Choose one of the list.", fr: "Choisissez-en une dans la liste." },
  },
  INSTRUCTIONS_BAD_OBSERVATION: {
    status: 422,
    exit: 2,
    says: {
      en: "A field of the request is missing, too long, or not what any store describes.",
      fr: "Un champ de la demande manque, est trop long ou n’est décrit par aucun stockage.",
    },
    remedy: {
      en: "Correct the field named; write what is read as table.column.",
      fr: "Corrigez le champ indiqué\u202f; écrivez ce qui est lu sous la forme table.colonne.",
    },
  },
  INSTRUCTIONS_OBSERVATION_CHANGED: {
    status: 409,
    exit: 2,
    says: {
      en: "The request has changed since it was shown. Nothing was approved.",
      fr: "La demande a changé depuis qu’elle a été affichée. Rien n’a été approuvé.",
    },
    remedy: { en: "Read it as it stands now.", fr: "Relisez-la telle qu’elle est maintenant." },
  },
  INSTRUCTIONS_OBSERVATION_ANSWERED: {
    status: 409,
    exit: 2,
    says: {
      en: "This request has been answered already.",
      fr: "Cette demande a déjà reçu sa réponse.",
    },
    remedy: {
      en: "Revoke the authorisation, or ask anew.",
      fr: "Retirez l’autorisation, ou faites une nouvelle demande.",
    },
  },
  INSTRUCTIONS_NO_NOTICE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such notice.", fr: "Cette information n’existe pas." },
    remedy: { en: "Choose one of the list.", fr: "Choisissez-en une dans la liste." },
  },
  INSTRUCTIONS_BAD_NOTICE: {
    status: 422,
    exit: 2,
    says: {
      en: "A field of the notice is missing or is not one of the choices.",
      fr: "Un champ de l’information manque ou n’est pas l’un des choix.",
    },
    remedy: { en: "Correct the field named.", fr: "Corrigez le champ indiqué." },
  },
});

export const fault = faultsOf(errors);
/** The faults of the port, which are the kernel's. */
export const kernelFault = faultsOf(kernelErrors);
