import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  MAIL_BAD: {
    status: 422,
    exit: 2,
    says: {
      en: "A field of the message is missing, too long, or of another form.",
      fr: "Un champ du message manque, est trop long ou n’a pas la forme attendue.",
    },
    remedy: { en: "Correct the field named.", fr: "Corrigez le champ indiqué." },
  },
  MAIL_TO_ERASED: {
    status: 409,
    exit: 2,
    says: {
      en: "This message is about somebody who was erased: it is not kept, and not sent.",
      fr: "Ce message concerne une personne effacée\u202f: il n’est ni conservé ni envoyé.",
    },
  },
  MAIL_NO_MESSAGE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such message.", fr: "Il n’y a pas de tel message." },
    remedy: { en: "Look at the list of messages.", fr: "Consultez la liste des messages." },
  },
  MAIL_NOTHING_LEFT: {
    status: 409,
    exit: 2,
    says: {
      en: "This message has left, or its content is destroyed: it cannot be sent again.",
      fr: "Ce message est parti, ou son contenu est détruit\u202f: il ne peut pas être renvoyé.",
    },
    remedy: {
      en: "Do again what the message was sent for.",
      fr: "Refaites ce pour quoi le message avait été envoyé.",
    },
  },
  MAIL_NO_TEMPLATE: {
    status: 500,
    exit: 4,
    says: {
      en: "No plugin declares the template of this message.",
      fr: "Aucune extension ne déclare le modèle de ce message.",
    },
  },
  MAIL_DEFERRED: {
    status: 503,
    exit: 4,
    says: {
      en: "The mail server does not take messages now; they wait and are tried again.",
      fr: "Le serveur de courriel ne prend pas de messages pour l’instant\u202f; ils attendent et seront représentés.",
    },
    remedy: {
      en: "Check the mailer's host, port and credentials if it lasts.",
      fr: "Si cela dure, vérifiez l’hôte, le port et les identifiants du service de messagerie.",
    },
  },
  MAIL_BAD_OPTIONS: {
    status: 500,
    exit: 4,
    says: {
      en: "The mailer is not told enough to send by SMTP.",
      fr: "Le service de messagerie n’en sait pas assez pour envoyer par SMTP.",
    },
    remedy: {
      en: "Give the option named in preau.yaml, under plugins.mailer.",
      fr: "Indiquez l’option citée dans preau.yaml, sous plugins.mailer.",
    },
  },
  MAIL_HOOK_SECRET: {
    status: 401,
    exit: 2,
    says: {
      en: "This web hook does not bear the secret that was agreed upon.",
      fr: "Cet appel ne porte pas le secret convenu.",
    },
    remedy: {
      en: "Give the provider the first line of the mailer's hookSecretFile as its bearer token.",
      fr: "Donnez au prestataire la première ligne du fichier hookSecretFile du service de messagerie comme jeton d’accès.",
    },
  },
  MAIL_BAD_HOOK: {
    status: 422,
    exit: 2,
    says: {
      en: "This web hook tells nothing that can be read: address, message, event and time are expected.",
      fr: "Cet appel ne dit rien de lisible\u202f: adresse, message, événement et heure sont attendus.",
    },
  },
  MAIL_HOOK_LATER: {
    status: 429,
    exit: 4,
    says: {
      en: "This cannot be stored now. Nothing of it was kept.",
      fr: "Ceci ne peut pas être enregistré pour l’instant. Rien n’en a été gardé.",
    },
    remedy: { en: "Send it again later.", fr: "Renvoyez-le plus tard." },
  },
  MAIL_PROVIDER_LATER: {
    status: 503,
    exit: 4,
    says: {
      en: "The mail provider's account does not answer as documented.",
      fr: "Le compte du prestataire de messagerie ne répond pas comme prévu.",
    },
    remedy: {
      en: "Try again later; check the key, its authorised addresses and its limits with `preau mail doctor`.",
      fr: "Réessayez plus tard\u202f; vérifiez la clé, les adresses autorisées et les limites avec `preau mail doctor`.",
    },
  },
  MAIL_NO_SUPPRESSION: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no such entry on the list of addresses not written to.",
      fr: "Il n’y a pas de telle entrée sur la liste des adresses auxquelles on n’écrit plus.",
    },
    remedy: { en: "Look at that list.", fr: "Consultez cette liste." },
  },
  MAIL_NO_BOUNCE: {
    status: 422,
    exit: 2,
    says: {
      en: "This is no report of a message of ours that came back for good.",
      fr: "Ceci n’est pas l’avis de retour définitif de l’un de nos messages.",
    },
    remedy: {
      en: "Give the whole report as it arrived, headers included.",
      fr: "Donnez l’avis entier tel qu’il est arrivé, en-têtes compris.",
    },
  },
});

export const fault = faultsOf(errors);
