import { defineErrors, faultsOf } from "@preau/kernel";

const errors = defineErrors({
  HUB_CONFIG_INVALID: {
    status: 500,
    exit: 2,
    says: { en: "The configuration cannot be used.", fr: "La configuration est inutilisable." },
    remedy: {
      en: "Correct the line named; the guide to preau.yaml is in the hub's README.",
      fr: "Corrigez la ligne indiquée ; le guide de preau.yaml est dans le README du hub.",
    },
  },
  HUB_FILE_UNREADABLE: {
    status: 500,
    exit: 4,
    says: { en: "A file cannot be read.", fr: "Un fichier est illisible." },
    remedy: { en: "Check its path and its rights.", fr: "Vérifiez son chemin et ses droits." },
  },
  HUB_PORT_IN_USE: {
    status: 500,
    exit: 4,
    says: { en: "The port is in use.", fr: "Le port est déjà pris." },
    remedy: {
      en: "Stop the other program, or set PREAU_PORT to a free port.",
      fr: "Arrêtez l’autre programme, ou choisissez un port libre avec PREAU_PORT.",
    },
  },
  HUB_BAD_ARGUMENT: {
    status: 400,
    exit: 2,
    says: { en: "The command cannot be understood.", fr: "La commande est incompréhensible." },
    remedy: { en: "Run it with --help.", fr: "Lancez-la avec --help." },
  },
  HUB_PASSWORD_GIVEN: {
    status: 400,
    exit: 2,
    says: {
      en: "A password stands on the command line, where others can read it.",
      fr: "Un mot de passe figure sur la ligne de commande, où d’autres peuvent le lire.",
    },
    remedy: {
      en: "Take it out, and name a file that holds it in PREAU_LMS_PASSWORD_FILE.",
      fr: "Retirez-le, et nommez dans PREAU_LMS_PASSWORD_FILE un fichier qui le contient.",
    },
  },
  HUB_FILE_TOO_LARGE: {
    status: 400,
    exit: 2,
    says: {
      en: "This file is too large to be what it should: a receipt, a proof, a text.",
      fr: "Ce fichier est trop gros pour être ce qu’il devrait : un reçu, une preuve, un texte.",
    },
    remedy: {
      en: "Name the file that was downloaded, or written.",
      fr: "Nommez le fichier qui a été téléchargé, ou rédigé.",
    },
  },
  HUB_NOT_CONFIRMED: {
    status: 400,
    exit: 2,
    says: {
      en: "Nothing was erased: the erasure was not confirmed.",
      fr: "Rien n’a été effacé : l’effacement n’a pas été confirmé.",
    },
    remedy: {
      en: "Look at the plan with --plan-only, then add --yes.",
      fr: "Regardez le plan avec --plan-only, puis ajoutez --yes.",
    },
  },
  HUB_LMS_SILENT: {
    status: 503,
    exit: 4,
    says: {
      en: "An LMS cannot be asked for an account.",
      fr: "Un LMS ne peut pas être interrogé sur un compte.",
    },
    remedy: {
      en: "Try again once it answers; check its database and the signIn table and column of preau.yaml.",
      fr: "Réessayez quand il répondra ; vérifiez sa base, ainsi que la table et la colonne signIn de preau.yaml.",
    },
  },
  HUB_BAD_VALUE: {
    status: 400,
    exit: 2,
    says: { en: "A value cannot be used.", fr: "Une valeur est inutilisable." },
    remedy: { en: "Fill it in, or correct it.", fr: "Renseignez-la, ou corrigez-la." },
  },
  HUB_CONTROLLER_UNKNOWN: {
    status: 404,
    exit: 2,
    says: { en: "There is no such controller.", fr: "Ce responsable de traitement n’existe pas." },
    remedy: {
      en: "List them with: preau contracts list.",
      fr: "Listez-les avec : preau contracts list.",
    },
  },
  HUB_CONTRACT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no contract with this reference.",
      fr: "Ce responsable de traitement n’a pas de contrat sous cette référence.",
    },
    remedy: {
      en: "Look at its contracts with: preau contracts show.",
      fr: "Regardez ses contrats avec : preau contracts show.",
    },
  },
  HUB_CLAUSE_UNKNOWN: {
    status: 404,
    exit: 2,
    says: { en: "The agreement has no such clause.", fr: "L’accord n’a pas cette clause." },
    remedy: { en: "Look for it in the table of clauses.", fr: "Cherchez-la dans le tableau des clauses." },
  },
  HUB_FEED_NEEDS_ACCOUNT: {
    status: 403,
    exit: 2,
    says: {
      en: "Only an account of the console can have a subscription address.",
      fr: "Seul un compte de la console peut avoir une adresse d’abonnement.",
    },
    remedy: { en: "Download the calendar file.", fr: "Téléchargez le fichier d’agenda." },
  },
  HUB_FEED_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no such subscription address, or it has ended.",
      fr: "Cette adresse d’abonnement n’existe pas, ou n’existe plus.",
    },
    remedy: {
      en: "Make a new one on the page of what is due.",
      fr: "Créez-en une nouvelle sur la page des échéances.",
    },
  },
  HUB_DOCUMENT_NEEDS_CONTROLLER: {
    status: 400,
    exit: 2,
    says: {
      en: "This document is about one controller, and none is named.",
      fr: "Ce document porte sur un responsable de traitement, et aucun n’est nommé.",
    },
    remedy: {
      en: "Name one with --controller (preau contracts list), or a folder with --out for one file each.",
      fr: "Nommez-en un avec --controller (preau contracts list), ou un dossier avec --out pour un fichier chacun.",
    },
  },
  HUB_BINARY_TO_TERMINAL: {
    status: 400,
    exit: 2,
    says: {
      en: "A PDF is not written to a terminal.",
      fr: "Un PDF ne s’écrit pas dans un terminal.",
    },
    remedy: {
      en: "Name a file with --out, or use a pipe.",
      fr: "Nommez un fichier avec --out, ou passez par un tube.",
    },
  },
  HUB_FILE_UNWRITABLE: {
    status: 500,
    exit: 4,
    says: { en: "A file cannot be written.", fr: "Un fichier ne peut pas être écrit." },
    remedy: {
      en: "Check its folder, its rights and the room on the disk.",
      fr: "Vérifiez son dossier, ses droits et la place sur le disque.",
    },
  },
  HUB_LOG_PERIOD_UNSAID: {
    status: 422,
    exit: 2,
    says: {
      en: "The agreement in force does not say when this step comes.",
      fr: "L’accord en vigueur ne dit pas quand vient cette étape.",
    },
    remedy: {
      en: "Add a rule with `store: activityLog` and its period; `preau agreement check` reads it.",
      fr: "Ajoutez une règle avec `store: activityLog` et sa durée ; `preau agreement check` la lit.",
    },
  },
  HUB_LOG_HELD: {
    status: 409,
    exit: 2,
    says: {
      en: "A recorded hold keeps the logs: nothing was removed.",
      fr: "Une conservation consignée retient les journaux : rien n’a été détruit.",
    },
    remedy: {
      en: "Wait for its end, or lift it with `preau retention lift`.",
      fr: "Attendez son terme, ou levez-la par `preau retention lift`.",
    },
  },
  HUB_EXPORT_UNPROTECTED: {
    status: 400,
    exit: 2,
    says: {
      en: "Nothing was written: it was not said how the package is locked.",
      fr: "Rien n’a été écrit : il n’a pas été dit comment le paquet est fermé.",
    },
    remedy: {
      en: "Choose one: --recipient age1… (a public key), --passphrase-file FILE, --passphrase (asked at the terminal), or --unencrypted.",
      fr: "Choisissez : --recipient age1… (une clé publique), --passphrase-file FICHIER, --passphrase (demandée au terminal), ou --unencrypted.",
    },
  },
  HUB_EXPORT_STOPPED: {
    status: 409,
    exit: 2,
    says: {
      en: "The export was stopped; what it had written is gone.",
      fr: "L’export a été arrêté ; ce qu’il avait écrit n’est plus là.",
    },
    remedy: { en: "Run the command again.", fr: "Relancez la commande." },
  },
  HUB_STORE_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such store out of which this can be handed.",
      fr: "Ce responsable n’a pas de tel magasin dont cela puisse être remis.",
    },
    remedy: {
      en: "Check --controller and --store against `lms` in preau.yaml, or name an LMS with --lms and --db.",
      fr: "Comparez --controller et --store à `lms` dans preau.yaml, ou nommez un LMS par --lms et --db.",
    },
  },
  HUB_SECRET_OPEN: {
    status: 400,
    exit: 2,
    says: {
      en: "Other users of this machine can read the file of the passphrase.",
      fr: "D’autres utilisateurs de cette machine peuvent lire le fichier de la phrase de passe.",
    },
    remedy: {
      en: "Close it with chmod 600, and choose another passphrase if others were there.",
      fr: "Fermez-le par chmod 600, et changez de phrase si d’autres ont pu la lire.",
    },
  },
  HUB_SECRET_WEAK: {
    status: 400,
    exit: 2,
    says: {
      en: "This passphrase is shorter than 12 characters.",
      fr: "Cette phrase de passe a moins de 12 caractères.",
    },
    remedy: {
      en: "Take five or six words drawn by chance.",
      fr: "Prenez cinq ou six mots tirés au hasard.",
    },
  },
  HUB_SECRET_DIFFERS: {
    status: 400,
    exit: 2,
    says: {
      en: "The two passphrases are not the same.",
      fr: "Les deux phrases de passe ne sont pas les mêmes.",
    },
    remedy: { en: "Run the command again.", fr: "Relancez la commande." },
  },
  HUB_RECEIPT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: { en: "There is no such receipt.", fr: "Ce reçu n’existe pas." },
    remedy: {
      en: "Check its id and the controller.",
      fr: "Vérifiez son identifiant et le responsable de traitement.",
    },
  },
  HUB_CERTIFICATE_UNKNOWN: {
    status: 404,
    exit: 3,
    says: {
      en: "There is no certificate of this contract’s end yet.",
      fr: "Cette fin de contrat n’a pas encore de certificat.",
    },
    remedy: {
      en: "It is issued when every erasure has its receipt; `preau contract end` goes on.",
      fr: "Il est établi quand chaque effacement a son reçu ; `preau contract end` poursuit.",
    },
  },
});

export const fault = faultsOf(errors);
