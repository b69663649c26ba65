/** The words of a project's archive, by language. */
import type { Language, ProjectKind } from "@preau/kernel";

interface ProjectArchiveTexts {
  readonly kinds: Readonly<Record<ProjectKind, string>>;
  readonly what: Readonly<Record<ProjectKind, string>>;
  readonly personal: string;
  readonly application: string;
  readonly rows: string;
  readonly filesGiven: string;
  readonly filesMissing: string;
  readonly tables: string;
  readonly content: string;
  readonly inFolder: string;
  readonly nothing: string;
  readonly howToRead: string;
  readonly csv: string;
  readonly json: string;
  readonly files: string;
  readonly missing: string;
  readonly notIn: string;
  readonly secrets: string;
  readonly notMapped: string;
  readonly colon: string;
}

const en: ProjectArchiveTexts = {
  kinds: { class: "Archive of a class", course: "Archive of a course", school: "Archive of the school" },
  what: {
    class:
      "This archive holds one class: who is in it, what its members made, how it was marked, and how far they are, in whatever course. Their messages, sign-ins and private files are not part of a class.",
    course:
      "This archive holds one course whole: its content and teaching material, who takes part, what they made, their results, and the log of what happened there.",
    school:
      "This archive holds everything that the application keeps for the school and that Préau’s map of it describes.",
  },
  personal:
    "It holds personal data of pupils and teachers. Keep it encrypted, hand it only to those who may see it, and delete it when it has served.",
  application: "Application",
  rows: "Rows",
  filesGiven: "Files",
  filesMissing: "Files without content",
  tables: "What is in it",
  content: "Content",
  inFolder: "In this package (.csv and .json)",
  nothing: "The application holds no row of this project.",
  howToRead: "How to read it",
  csv: " opens in LibreOffice or Excel: UTF-8, semicolons. A text that a spreadsheet could take for a formula has an apostrophe in front.",
  json: " holds the same rows for programs: one array a table, one row a line, nothing changed. The column package.file is the path of the row’s file.",
  files:
    " holds the files under their own names, by course, activity and person. Characters that some systems cannot store were replaced.",
  missing: " lists the files that the application knows and whose content is not in its file store.",
  notIn: "What is not in it",
  secrets: "Passwords, tokens, sessions, caches and settings: what only runs the application.",
  notMapped: "Tables that the map does not describe. The restitution of the database (S8) has everything.",
  colon: ": ",
};

const fr: ProjectArchiveTexts = {
  kinds: {
    class: "Archive d’une classe",
    course: "Archive d’un cours",
    school: "Archive de l’établissement",
  },
  what: {
    class:
      "Cette archive contient une classe : ses membres, leurs productions, leurs résultats et leur progression, dans tous les cours. Leurs messages, leurs connexions et leurs fichiers privés ne font pas partie d’une classe.",
    course:
      "Cette archive contient un cours entier : ses contenus et supports pédagogiques, ses participants, leurs productions, leurs résultats et le journal de ce qui s’y est passé.",
    school:
      "Cette archive contient tout ce que l’application conserve pour l’établissement et que la carte de Préau décrit.",
  },
  personal:
    "Elle contient des données personnelles d’élèves et d’enseignants. Gardez-la chiffrée, ne la remettez qu’aux personnes habilitées, et supprimez-la quand elle a servi.",
  application: "Application",
  rows: "Lignes",
  filesGiven: "Fichiers",
  filesMissing: "Fichiers sans contenu",
  tables: "Ce qu’elle contient",
  content: "Contenu",
  inFolder: "Dans ce paquet (.csv et .json)",
  nothing: "L’application ne contient aucune ligne de ce projet.",
  howToRead: "Comment la lire",
  csv: " s’ouvre dans LibreOffice ou Excel : UTF-8, points-virgules. Un texte qu’un tableur pourrait prendre pour une formule est précédé d’une apostrophe.",
  json: " contient les mêmes lignes pour les programmes : un tableau JSON par table, une ligne par enregistrement, rien n’est modifié. La colonne package.file donne le chemin du fichier de la ligne.",
  files:
    " contient les fichiers sous leur nom d’origine, par cours, activité et personne. Les caractères que certains systèmes ne savent pas enregistrer ont été remplacés.",
  missing:
    " liste les fichiers que l’application connaît et dont le contenu manque dans son espace de fichiers.",
  notIn: "Ce qu’elle ne contient pas",
  secrets:
    "Les mots de passe, jetons, sessions, caches et réglages : ce qui ne sert qu’à faire fonctionner l’application.",
  notMapped:
    "Les tables que la carte ne décrit pas. La restitution de la base de données (S8) contient tout.",
  colon: " : ",
};

export const projectArchiveTexts: Readonly<Record<Language, ProjectArchiveTexts>> = { en, fr };
