import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  BACKUPS_LIST_MISSING: {
    status: 503,
    exit: 4,
    says: {
      en: "The list of whom to erase again after a restore is not there, or its key is not: the service does not open without it.",
      fr: "La liste des personnes à effacer de nouveau après une restauration est absente, ou sa clé : le service n’ouvre pas sans elle.",
    },
    remedy: {
      en: "Name its folder in PREAU_REPLAY_LIST or with --list; bring it back from its own copy, never from a backup of the data.",
      fr: "Indiquez son dossier dans PREAU_REPLAY_LIST ou avec --list ; rapportez-le de sa propre copie, jamais d’une sauvegarde des données.",
    },
  },
  BACKUPS_LIST_BROKEN: {
    status: 503,
    exit: 2,
    says: {
      en: "The list of whom to erase again after a restore is damaged, shortened or under another key: it cannot be trusted.",
      fr: "La liste des personnes à effacer de nouveau après une restauration est abîmée, tronquée ou sous une autre clé : elle n’est pas fiable.",
    },
    remedy: {
      en: "Put the last good copy of its whole folder in place. Without one, erase again by the receipts since the backup that was restored.",
      fr: "Remettez en place la dernière bonne copie de tout son dossier. À défaut, effacez de nouveau d’après les reçus postérieurs à la sauvegarde restaurée.",
    },
  },
  BACKUPS_LIST_OTHER: {
    status: 503,
    exit: 2,
    says: {
      en: "This is another list than the one that this installation has written to.",
      fr: "Cette liste n’est pas celle dans laquelle cette installation a écrit.",
    },
    remedy: {
      en: "Name the folder of the right one in PREAU_REPLAY_LIST.",
      fr: "Indiquez le dossier de la bonne liste dans PREAU_REPLAY_LIST.",
    },
  },
  BACKUPS_LIST_STRANGER: {
    status: 409,
    exit: 2,
    says: {
      en: "The list knows neither this client nor this source: nothing was looked for.",
      fr: "La liste ne connaît ni ce client ni cette source : rien n’a été cherché.",
    },
    remedy: {
      en: "Check --controller, --source and --list: they are those of the erasures, as their receipts show them.",
      fr: "Vérifiez --controller, --source et --list : ce sont ceux des effacements, tels que leurs reçus les montrent.",
    },
  },
  BACKUPS_LIST_UNWRITABLE: {
    status: 503,
    exit: 4,
    says: {
      en: "The list of whom to erase again after a restore cannot be written. Nothing was erased.",
      fr: "La liste des personnes à effacer de nouveau après une restauration ne peut pas être écrite. Rien n’a été effacé.",
    },
    remedy: {
      en: "Check its folder, its rights and the room on its disk.",
      fr: "Vérifiez son dossier, ses droits et la place sur son disque.",
    },
  },
  BACKUPS_NO_GENERATIONS: {
    status: 409,
    exit: 2,
    says: {
      en: "The agreement says nothing of generations of backups, or not how long one of them is kept.",
      fr: "L’accord ne dit rien des générations de sauvegardes, ou pas combien de temps l’une d’elles est gardée.",
    },
    remedy: {
      en: "Write `backups` and one rule a generation under `retention`; `preau agreement check` shows where.",
      fr: "Écrivez `backups`, et une règle par génération sous `retention` ; `preau agreement check` montre où.",
    },
  },
  BACKUPS_STORE_UNREADABLE: {
    status: 503,
    exit: 4,
    says: {
      en: "The backup store cannot be read.",
      fr: "Le lieu des sauvegardes est illisible.",
    },
    remedy: {
      en: "Check the folder or the repository, its rights, and for restic the file named in RESTIC_PASSWORD_FILE.",
      fr: "Vérifiez le dossier ou le dépôt, ses droits et, pour restic, le fichier nommé dans RESTIC_PASSWORD_FILE.",
    },
  },
  BACKUPS_BAD_PATTERN: {
    status: 400,
    exit: 2,
    says: {
      en: "This pattern of file names cannot be used.",
      fr: "Ce modèle de noms de fichiers est inutilisable.",
    },
    remedy: {
      en: "Write it as text with a date field, as in docs/backups.md; every field but “any” stands once.",
      fr: "Écrivez du texte avec un champ de date, comme dans docs/backups.md ; chaque champ y figure une fois, sauf « any ».",
    },
  },
  BACKUPS_NO_CREATION_TIME: {
    status: 409,
    exit: 2,
    says: {
      en: "The data map does not say when an account was created: a restored account cannot be told from a new one.",
      fr: "La carte des données ne dit pas quand un compte a été créé : un compte restauré ne se distingue pas d’un nouveau.",
    },
    remedy: {
      en: "Name the column under `subject.created` in the map.",
      fr: "Indiquez la colonne sous `subject.created` dans la carte.",
    },
  },
  BACKUPS_NOT_ERASED_AGAIN: {
    status: 500,
    exit: 1,
    says: {
      en: "Somebody on the list could not be erased again: the service stays closed.",
      fr: "Une personne de la liste n’a pas pu être effacée de nouveau : le service reste fermé.",
    },
    remedy: {
      en: "Mend the cause, then run the same command: it goes on where it stopped.",
      fr: "Réparez la cause, puis relancez la même commande : elle reprend où elle s’est arrêtée.",
    },
  },
});

export const fault = faultsOf(errors);
