/** What the commands of backups and restores say. */
import type { FindingKind } from "@preau/backups";
import type { Language } from "@preau/kernel";

const en = {
  restore: "before a restored service opens: who must be erased again",
  replay: "erase again whom the replay list names and a restored database has, and file the receipts",
  gate: "say whether a restored service may open: not while somebody on the list is there",
  own: "after a restore of the hub's own database: forget again whoever's key was destroyed since",
  forgotten: (count: number) => `${count} person(s) forgotten again.`,
  restoredDb:
    "the restored database: mysql://user@host:port/name or sqlite:FILE; password by PREAU_LMS_PASSWORD_FILE",
  map: "the application's data map, where it is no Moodle",
  source: "id of the store under which they were erased; every one on the list when absent",
  list: "folder of the list; what PREAU_REPLAY_LIST or preau.yaml says when absent",
  dryRun: "say what is there; erase nothing",
  filed: "receipt",
  gateOpen: "Nobody on the list is there: the service may open.",
  gateClosed: (persons: number, rows: number) =>
    `The service stays closed: ${persons} erased person(s) are back, with ${rows} row(s). Run preau restore replay.`,
  gateRestricted: (persons: number) =>
    `The service stays closed: the restored database restricts ${persons} erased person(s). Lift the restriction there, then run preau restore replay.`,
  backups: "backups, held against the agreement",
  audit:
    "say what a backup store lacks of the agreement, what is too old, what cannot be restored; prunes nothing",
  folder: "a folder of dumps",
  restic: "a restic repository; its password by RESTIC_PASSWORD_FILE",
  pattern: "how its files are named: school-{generation}-{date}.sql.gz",
  since: "day on which these backups began: none is missed before",
  quick: "do not read the dumps to their end",
  auditController: "whose agreement and whose clocks",
  notConfigured: "No backup store is named: --folder, --restic, or plugins.backups.stores in preau.yaml.",
  results: {
    PASS: "The backups keep to the agreement.",
    FAIL: "The backups do not keep to the agreement.",
    UNKNOWN: "Not everything could be seen.",
  },
  seen: (count: number) => `${count} backup(s) seen`,
  generations: { daily: "daily", weekly: "weekly", monthly: "monthly" },
  between: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  findings: {
    missing: "none was made",
    noBackups: "there is no backup at all",
    tooOld: "should be gone since",
    baseGone: "cannot be restored: the full backup that it stands on is gone",
    held: "is past its own time, and a younger one stands on it: leave it until",
    empty: "is empty",
    truncated: "was cut short: it does not restore",
    unreadable: "cannot be read",
    damaged: "the repository is damaged: restic check",
    inFuture: "has a time that is still to come",
    notVerified: "was not read to its end: whether it is whole is not known",
    notRecognised: "is understood by nobody: it may be a backup, and may hold anybody",
  } satisfies Record<FindingKind, string>,
  advice: "With the tool that made them:",
};

const fr: typeof en = {
  restore: "avant qu’un service restauré n’ouvre : qui effacer de nouveau",
  replay: "efface de nouveau qui figure sur la liste et dans la base restaurée, et établit les reçus",
  gate: "dit si un service restauré peut ouvrir : pas tant que quelqu’un de la liste s’y trouve",
  own: "après une restauration de la base du hub elle-même : oublie de nouveau qui n’a plus de clé",
  forgotten: (count) => `${count} personne(s) oubliée(s) de nouveau.`,
  restoredDb:
    "la base restaurée : mysql://utilisateur@hôte:port/nom ou sqlite:FICHIER ; mot de passe par PREAU_LMS_PASSWORD_FILE",
  map: "la carte des données de l’application, si ce n’est pas Moodle",
  source: "identifiant du magasin où l’effacement a eu lieu ; tous ceux de la liste à défaut",
  list: "dossier de la liste ; celui de PREAU_REPLAY_LIST ou de preau.yaml à défaut",
  dryRun: "dit ce qui s’y trouve ; n’efface rien",
  filed: "reçu",
  gateOpen: "Personne de la liste ne s’y trouve : le service peut ouvrir.",
  gateClosed: (persons, rows) =>
    `Le service reste fermé : ${persons} personne(s) effacée(s) sont revenues, avec ${rows} ligne(s). Lancez preau restore replay.`,
  gateRestricted: (persons) =>
    `Le service reste fermé : la base restaurée limite le traitement de ${persons} personne(s) effacée(s). Levez-y la limitation, puis lancez preau restore replay.`,
  backups: "les sauvegardes, comparées à l’accord",
  audit:
    "dit ce qui manque à un lieu de sauvegarde selon l’accord, ce qui est trop vieux, ce qui ne se restaure pas ; ne supprime rien",
  folder: "un dossier de sauvegardes",
  restic: "un dépôt restic ; son mot de passe par RESTIC_PASSWORD_FILE",
  pattern: "comment les fichiers sont nommés : ecole-{generation}-{date}.sql.gz",
  since: "jour où ces sauvegardes ont commencé : avant lui, aucune ne manque",
  quick: "ne pas lire les sauvegardes jusqu’au bout",
  auditController: "l’accord et le calendrier de qui",
  notConfigured:
    "Aucun lieu de sauvegarde n’est nommé : --folder, --restic ou plugins.backups.stores dans preau.yaml.",
  results: {
    PASS: "Les sauvegardes respectent l’accord.",
    FAIL: "Les sauvegardes ne respectent pas l’accord.",
    UNKNOWN: "Tout n’a pas pu être vu.",
  },
  seen: (count) => `${count} sauvegarde(s) vue(s)`,
  generations: { daily: "quotidienne", weekly: "hebdomadaire", monthly: "mensuelle" },
  between: (from, to) => (from === to ? from : `du ${from} au ${to}`),
  findings: {
    missing: "aucune n’a été faite",
    noBackups: "il n’y a aucune sauvegarde",
    tooOld: "devrait avoir disparu depuis le",
    baseGone: "ne se restaure pas : la complète sur laquelle elle repose a disparu",
    held: "a passé sa propre durée, mais une plus récente repose sur elle : gardez-la jusqu’au",
    empty: "est vide",
    truncated: "est tronquée : elle ne se restaure pas",
    unreadable: "est illisible",
    damaged: "le dépôt est abîmé : restic check",
    inFuture: "porte une heure qui n’est pas encore venue",
    notVerified: "n’a pas été lue jusqu’au bout : on ne sait pas si elle est entière",
    notRecognised: "n’est comprise de personne : c’est peut-être une sauvegarde, et de n’importe qui",
  },
  advice: "Avec l’outil qui les a faites :",
};

export const backupsTexts: Readonly<Record<Language, typeof en>> = { en, fr };
