/** The words of a restitution, by language. */
import type { Language, RecordFile } from "@preau/kernel";

export interface RestitutionTexts {
  readonly title: string;
  readonly what: string;
  readonly secret: string;
  readonly check: string;
  readonly checkSays: string;
  readonly databases: string;
  readonly databasesSay: string;
  readonly noDatabase: string;
  readonly caption: string;
  readonly files: string;
  readonly filesSay: string;
  readonly listed: string;
  readonly notCovered: string;
  readonly notCoveredSays: string;
  readonly nothing: string;
  readonly store: string;
  readonly path: string;
  readonly command: string;
  readonly nameThere: string;
  readonly reason: string;
  readonly pathHere: string;
  readonly remedy: string;
  readonly notGiven: Readonly<Record<NonNullable<RecordFile["notGiven"]>, string>>;
}

const en: RestitutionTexts = {
  title: "Your database and your files, given back",
  what: "This package holds everything that your applications store: each database as SQL, and every file. Stock tools restore it; nothing of ours is needed. The commands stand in restore.txt too.",
  secret:
    "It holds personal data of everybody in the application. Keep it encrypted, and delete what you unpacked once it is restored.",
  check: "First: check that it is whole",
  checkSays: "In the unpacked folder, each line must end with OK:",
  databases: "The databases",
  databasesSay:
    "Each file is a dump behind zstd (zstd.net; Debian package zstd). Load it into a new empty database, with the tool named:",
  noDatabase: "No database is in this package.",
  caption: "Dumps and the commands that load them",
  files: "The files",
  filesSay:
    "They stand under files/, by application, as the application keeps them: copy the folder back to its place. Moodle names a content by its hash; files.csv says what each was called, and where.",
  listed:
    "Files that could not be given are listed in files-not-given.csv; files whose name had to change, in files-renamed.csv. Without such a file there are none.",
  notCovered: "What is not in it",
  notCoveredSays: "The stores themselves say what they could not give:",
  nothing: "Nothing is known to be left out.",
  store: "Application",
  path: "File",
  command: "Command",
  nameThere: "Name in the application",
  reason: "Why",
  pathHere: "Path in this package",
  remedy: "What can be done",
  notGiven: {
    missing: "it is not in the file store, or is a link, which is not followed",
    namesOthers: "it names other persons",
  },
};

const fr: RestitutionTexts = {
  title: "Votre base de données et vos fichiers, restitués",
  what: "Ce paquet contient tout ce que vos applications conservent : chaque base de données en SQL, et tous les fichiers. Des outils courants le restaurent ; rien de chez nous n’est nécessaire. Les commandes figurent aussi dans restore.txt.",
  secret:
    "Il contient les données personnelles de toutes les personnes de l’application. Gardez-le chiffré, et supprimez ce que vous avez décompressé une fois la restauration faite.",
  check: "D’abord : vérifier que tout y est",
  checkSays:
    "Dans le dossier décompressé, chaque ligne doit finir par OK (« Réussi » sur un système en français) :",
  databases: "Les bases de données",
  databasesSay:
    "Chaque fichier est un export compressé par zstd (zstd.net ; paquet Debian zstd). Chargez-le dans une nouvelle base vide, avec l’outil indiqué :",
  noDatabase: "Ce paquet ne contient aucune base de données.",
  caption: "Exports et commandes qui les chargent",
  files: "Les fichiers",
  filesSay:
    "Ils se trouvent sous files/, par application, tels que l’application les range : recopiez le dossier à sa place. Moodle nomme un contenu par son empreinte ; files.csv dit comment chacun s’appelait, et où.",
  listed:
    "Les fichiers qui n’ont pas pu être remis sont dans files-not-given.csv ; ceux dont le nom a dû changer, dans files-renamed.csv. Sans un tel fichier, il n’y en a aucun.",
  notCovered: "Ce qui n’y est pas",
  notCoveredSays: "Les stockages disent eux-mêmes ce qu’ils n’ont pas pu remettre :",
  nothing: "Rien n’est laissé de côté, à notre connaissance.",
  store: "Application",
  path: "Fichier",
  command: "Commande",
  nameThere: "Nom dans l’application",
  reason: "Pourquoi",
  pathHere: "Chemin dans ce paquet",
  remedy: "Que faire",
  notGiven: {
    missing: "il n’est pas dans le dépôt de fichiers, ou c’est un lien, qui n’est pas suivi",
    namesOthers: "il nomme d’autres personnes",
  },
};

export const restitutionTexts: Readonly<Record<Language, RestitutionTexts>> = { fr, en };
