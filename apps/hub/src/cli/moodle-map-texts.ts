/** What `preau moodle …` says, in both languages. */
import type { Language } from "@preau/kernel";

const en = {
  moodle: "what concerns a Moodle site",
  mapGroup: "the map of a Moodle's personal data",
  check: "compare the map with a live database: what it has no word for, and the entry to add for each",
  pagesCheck: "check what Moodle's pages rest on: threads, grades, attempts, enrolments, files; reads only",
  pages: (checks: number, broken: number) =>
    broken === 0
      ? `${checks} checks of what Moodle’s pages rest on; all hold.`
      : `${checks} checks of what Moodle’s pages rest on; ${broken} do not hold (rows, and where):`,
  mapOption: "a map of your own instead of the one that ships",
  mapExtra: "a file with `tables:` that adds to the map",
  map: "map",
  siteTables: "tables of the site",
  mapTables: "tables of the map",
  skipped: "tables and columns of the map that this site does not have (skipped)",
  complete: "The map has a word for every text of this site and for every column that looks like a person.",
  toAdd: (count: number) =>
    count === 1
      ? "For one table the map has no word, or not for all of it:"
      : `For ${count} tables the map has no word, or not for all of them:`,
  table: "table",
  references: "looks like a person",
  texts: "texts",
  howTo: `An erasure stops at them, before it writes anything, as soon as one holds the person. Save the lines that fit in a
file, choose category, purpose and verdict, and give the file: --map-extra FILE`,
};

const fr: typeof en = {
  moodle: "ce qui touche à un site Moodle",
  mapGroup: "la carte des données personnelles d’un Moodle",
  check:
    "comparer la carte et une base vivante : ce dont elle ne dit rien, et la ligne à ajouter pour chaque",
  pagesCheck:
    "vérifier ce sur quoi reposent les pages de Moodle : fils, notes, tentatives, inscriptions, fichiers ; lecture seule",
  pages: (checks: number, broken: number) =>
    broken === 0
      ? `${checks} vérifications de ce sur quoi reposent les pages de Moodle ; toutes sont bonnes.`
      : `${checks} vérifications de ce sur quoi reposent les pages de Moodle ; ${broken} échouent (lignes, et où) :`,
  mapOption: "votre propre carte à la place de celle qui est fournie",
  mapExtra: "un fichier avec `tables:` qui complète la carte",
  map: "carte",
  siteTables: "tables du site",
  mapTables: "tables de la carte",
  skipped: "tables et colonnes de la carte que ce site n’a pas (ignorées)",
  complete:
    "La carte parle de tous les textes de ce site et de toutes les colonnes qui semblent désigner une personne.",
  toAdd: (count: number) =>
    count === 1
      ? "D’une table la carte ne dit rien, ou ne dit pas tout :"
      : `De ${count} tables la carte ne dit rien, ou ne dit pas tout :`,
  table: "table",
  references: "semble désigner une personne",
  texts: "textes",
  howTo: `Un effacement s’y arrête, avant d’écrire quoi que ce soit, dès que l’une contient la personne. Enregistrez dans un
fichier les lignes qui conviennent, choisissez category, purpose et verdict, et donnez ce fichier : --map-extra FICHIER`,
};

export const moodleMapTexts: Readonly<Record<Language, typeof en>> = { en, fr };
