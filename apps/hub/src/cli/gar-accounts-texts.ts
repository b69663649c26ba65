/** What `preau gar certificate --help` says, and what it answers. */
import type { Language } from "@preau/kernel";

const en = {
  certificate:
    "the yearly certificate of destruction for the ministry (D12.2): issued once, given again while nothing changes",
  year: "school year, such as 2025-2026",
  controller: "whose data it is; the GAR's own controller when absent",
  format: "md, pdf, html, json, or proof; that of the file's name when absent, md otherwise",
  language: "fr or en, of a document",
  output: "file to write; stdout when absent",
  written: (file: string) => `written: ${file}`,
  accounts: (count: number) => `${count} account(s) erased`,
};

const fr: typeof en = {
  certificate:
    "le certificat de destruction annuel pour le ministère (D12.2) : établi une fois, rendu tel quel tant que rien ne change",
  year: "année scolaire, par exemple 2025-2026",
  controller: "à qui sont les données ; sans elle, le responsable de traitement du GAR",
  format: "md, pdf, html, json ou proof ; sans elle, celui du nom du fichier, sinon md",
  language: "fr ou en, pour un document",
  output: "fichier à écrire ; sans elle, la sortie standard",
  written: (file) => `écrit : ${file}`,
  accounts: (count) => `${count} compte(s) effacé(s)`,
};

export const garAccountsTexts: Readonly<Record<Language, typeof en>> = { en, fr };
