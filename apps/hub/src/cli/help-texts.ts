/** What `--help` says, in the language of the terminal. */
import type { Language } from "@preau/kernel";

const en = {
  preau: "A school publisher's data-processing agreement, running.",
  titles: {} as Readonly<Record<string, string>>,
  version: "print the version",
  help: "print this help",
  json: "print one JSON document",
  serve: "run the hub: pages, worker and journal, until a signal comes",
  erase: "erase persons from an LMS's database, and file the receipt",
  lms: "moodle",
  db: "mysql://user@host:port/name; the password by PREAU_LMS_PASSWORD_FILE",
  tablePrefix: "prefix of the LMS's tables (mdl_ when absent)",
  moodledata: "the LMS's data folder; without it files are not covered, and the receipt says so",
  controller: "whose data it is",
  subject: "account numbers in the LMS",
  ground: "account-deleted, instruction, retention or contract-end",
  planOnly: "show what would go and what stays; write nothing",
  yes: "do not ask",
  leaveUnknown: "go on although an unknown table holds a person; the verdict is then UNKNOWN",
  receipt: "print a filed receipt, byte for byte",
  journal: "proofs and keys of the journal",
  verify: "check a receipt or a proof, offline",
  vkey: "the journal's public key, got by another way than the file",
  key: "print the public keys of the logs",
  audit: "compute both logs again from their entries, and hold them against what was signed",
  agreement: "the agreement in force",
  check: "read an agreement's folder and say what is wrong, with line and column",
  doctor: "say what is weak in this installation",
  exitCodes: `Exit codes: 0 yes or done · 1 ran, and the answer is no · 2 refused, nothing written ·
3 done but not wholly verified · 4 environment (database, port, disk).`,
  settings:
    "Settings: preau.yaml or PREAU_CONFIG · PREAU_DATA · PREAU_PORT · PREAU_DB, PREAU_DB_PASSWORD_FILE.",
};

const fr: typeof en = {
  preau: "L’accord de traitement des données d’un éditeur scolaire, en marche.",
  titles: {
    "Usage:": "Usage :",
    "Options:": "Options :",
    "Commands:": "Commandes :",
    "Arguments:": "Arguments :",
  },
  version: "afficher la version",
  help: "afficher cette aide",
  json: "écrire un seul document JSON",
  serve: "lancer le hub : pages, tâches et journal, jusqu’à ce qu’un signal l’arrête",
  erase: "effacer des personnes de la base d’un LMS, et classer le reçu",
  lms: "moodle",
  db: "mysql://utilisateur@hôte:port/nom ; le mot de passe par PREAU_LMS_PASSWORD_FILE",
  tablePrefix: "préfixe des tables du LMS (mdl_ à défaut)",
  moodledata: "dossier de données du LMS ; sans lui les fichiers ne sont pas couverts, et le reçu le dit",
  controller: "à qui sont les données : le responsable de traitement",
  subject: "numéros de compte dans le LMS",
  ground: "account-deleted, instruction, retention ou contract-end",
  planOnly: "montrer ce qui partirait et ce qui reste ; ne rien écrire",
  yes: "ne pas demander confirmation",
  leaveUnknown:
    "poursuivre bien qu’une table inconnue contienne une personne ; le résultat est alors UNKNOWN",
  receipt: "écrire un reçu classé, octet pour octet",
  journal: "preuves et clés du journal",
  verify: "vérifier un reçu ou une preuve, hors ligne",
  vkey: "la clé publique du journal, obtenue par un autre chemin que le fichier",
  key: "écrire les clés publiques des journaux",
  audit: "recalculer les deux journaux depuis leurs entrées, et les comparer à ce qui a été signé",
  agreement: "l’accord en vigueur",
  check: "lire le dossier d’un accord et dire ce qui ne va pas, avec ligne et colonne",
  doctor: "dire ce qui est faible dans cette installation",
  exitCodes: `Codes de sortie : 0 oui ou fait · 1 exécuté, et la réponse est non · 2 refusé, rien n’est écrit ·
3 fait mais pas entièrement vérifié · 4 environnement (base, port, disque).`,
  settings:
    "Réglages : preau.yaml ou PREAU_CONFIG · PREAU_DATA · PREAU_PORT · PREAU_DB, PREAU_DB_PASSWORD_FILE.",
};

export const helpTexts: Readonly<Record<Language, typeof en>> = { en, fr };
