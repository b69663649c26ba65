/** Errors of the database. A driver's own error is translated once, where it enters, and loses its values there. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  DATABASE_BAD_URL: {
    status: 500,
    exit: 2,
    says: {
      en: "This is not an address of a database.",
      fr: "Ceci n'est pas une adresse de base de données.",
    },
    remedy: {
      en: "Write sqlite:PATH, sqlite::memory: or mysql://user@host:port/name.",
      fr: "Écrivez sqlite:CHEMIN, sqlite::memory: ou mysql://utilisateur@hôte:port/nom.",
    },
  },
  DATABASE_PASSWORD_IN_URL: {
    status: 500,
    exit: 2,
    says: {
      en: "The address of the database holds a password.",
      fr: "L'adresse de la base de données contient un mot de passe.",
    },
    remedy: {
      en: "Take it out: give it by the environment variable PREAU_DB_PASSWORD, or in a file that PREAU_DB_PASSWORD_FILE names.",
      fr: "Retirez-le : donnez-le par la variable d'environnement PREAU_DB_PASSWORD, ou dans un fichier nommé par PREAU_DB_PASSWORD_FILE.",
    },
  },
  DATABASE_UNREACHABLE: {
    status: 503,
    exit: 4,
    says: { en: "The database cannot be reached.", fr: "La base de données est injoignable." },
    remedy: {
      en: "Check that it runs, that its address is right and that this machine may connect to it.",
      fr: "Vérifiez qu'elle fonctionne, que son adresse est juste et que cette machine peut s'y connecter.",
    },
  },
  DATABASE_TOO_OLD: {
    status: 500,
    exit: 4,
    says: {
      en: "This database server is too old.",
      fr: "Ce serveur de base de données est trop ancien.",
    },
    remedy: {
      en: "Use MariaDB 10.6 or newer, or MySQL 8 or newer.",
      fr: "Utilisez MariaDB 10.6 ou plus récent, ou MySQL 8 ou plus récent.",
    },
  },
  DATABASE_WRONG_NODE: {
    status: 500,
    exit: 4,
    says: {
      en: "The embedded database needs a newer Node.",
      fr: "La base de données embarquée demande un Node plus récent.",
    },
    remedy: {
      en: "Start with npm start, which brings its own Node, or use Node 22 or newer.",
      fr: "Lancez npm start, qui apporte son propre Node, ou utilisez Node 22 ou plus récent.",
    },
  },
  DATABASE_FULL: {
    status: 507,
    exit: 4,
    says: {
      en: "The database has no room left; the change under way was not written.",
      fr: "La base de données n’a plus de place ; la modification en cours n’a pas été écrite.",
    },
    remedy: {
      en: "Free space on its disk, then try again.",
      fr: "Libérez de la place sur son disque, puis réessayez.",
    },
  },
  DATABASE_READ_ONLY: {
    status: 503,
    exit: 4,
    says: { en: "The database can only be read.", fr: "La base de données est en lecture seule." },
    remedy: {
      en: "Give this user the right to write to it.",
      fr: "Donnez à cet utilisateur le droit d'y écrire.",
    },
  },
  DATABASE_DAMAGED: {
    status: 500,
    exit: 4,
    says: {
      en: "This file is not a database, or it is damaged.",
      fr: "Ce fichier n'est pas une base de données, ou il est endommagé.",
    },
    remedy: {
      en: "Point to the right file, or restore it from a backup.",
      fr: "Indiquez le bon fichier, ou restaurez-le depuis une sauvegarde.",
    },
  },
  DATABASE_BUSY: {
    status: 503,
    exit: 4,
    says: {
      en: "The database is held by other work; nothing was written.",
      fr: "La base de données est occupée par un autre traitement ; rien n'a été écrit.",
    },
    remedy: { en: "Try again in a moment.", fr: "Réessayez dans un instant." },
  },
  DATABASE_DUPLICATE: {
    status: 409,
    exit: 2,
    says: {
      en: "The database already holds this value, which must be unique.",
      fr: "La base de données contient déjà cette valeur, qui doit être unique.",
    },
  },
  DATABASE_QUERY_FAILED: {
    status: 500,
    exit: 4,
    says: { en: "The database refused a query.", fr: "La base de données a refusé une requête." },
  },
  DATABASE_OUTSIDE_UNIT: {
    status: 500,
    exit: 4,
    says: {
      en: "A query was made outside the unit of work that is open around it.",
      fr: "Une requête a été faite hors de l'unité de travail ouverte autour d'elle.",
    },
    remedy: {
      en: "Use inUnit(unit) for every query inside a unit of work.",
      fr: "Utilisez inUnit(unit) pour toute requête dans une unité de travail.",
    },
  },
  DATABASE_NEWER: {
    status: 503,
    exit: 4,
    says: {
      en: "This database was made by a newer version of the product.",
      fr: "Cette base de données vient d'une version plus récente du produit.",
    },
    remedy: {
      en: "Start the newer version, or restore the backup made before its migration.",
      fr: "Lancez la version plus récente, ou restaurez la sauvegarde faite avant sa migration.",
    },
  },
  DATABASE_NO_DUMP_TOOL: {
    status: 503,
    exit: 4,
    says: {
      en: "The program that dumps a MariaDB or MySQL database is not installed here.",
      fr: "Le programme qui exporte une base MariaDB ou MySQL n’est pas installé ici.",
    },
    remedy: {
      en: "Install mariadb-dump (Debian: apt-get install mariadb-client), or mysqldump, in /usr/bin or /usr/local/bin.",
      fr: "Installez mariadb-dump (Debian : apt-get install mariadb-client), ou mysqldump, dans /usr/bin ou /usr/local/bin.",
    },
  },
  DATABASE_DUMP_FAILED: {
    status: 502,
    exit: 4,
    says: {
      en: "The dump of the database did not come to its end; what was written of it is not whole.",
      fr: "L’export de la base n’est pas allé à son terme ; ce qui en a été écrit est incomplet.",
    },
    remedy: {
      en: "Check that the server runs, that no table is locked or damaged, and that this account may SELECT, SHOW VIEW, TRIGGER and EVENT; then begin again. The log has the server’s error number.",
      fr: "Vérifiez que le serveur fonctionne, qu’aucune table n’est verrouillée ou endommagée et que ce compte a les droits SELECT, SHOW VIEW, TRIGGER et EVENT ; puis recommencez. Le journal technique donne le numéro d’erreur du serveur.",
    },
  },
  JOB_BAD: {
    status: 500,
    exit: 4,
    says: {
      en: "This is not a job that can be kept.",
      fr: "Ceci n'est pas une tâche qui puisse être gardée.",
    },
  },
  JOB_LEASE_LOST: {
    status: 500,
    exit: 4,
    says: {
      en: "The worker that held this job did not end it in time.",
      fr: "Le processus qui tenait cette tâche ne l'a pas terminée à temps.",
    },
  },
});

export const fault = faultsOf(errors);
