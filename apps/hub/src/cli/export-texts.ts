/** What `preau export` says on a terminal. */
import type { Language } from "@preau/kernel";

const en = {
  inClear:
    "these packages are not encrypted: whoever has the file can read it. Keep it where nobody else comes, and remove it",
  askPassphrase: "Passphrase (12 characters or more):",
  askAgain: "Again:",
  stages: { collecting: "reading", writing: "writing", sealing: "closing", done: "done" },
  entries: (count: number) => (count === 1 ? "1 file" : `${count} files`),
  packages: (count: number) => (count === 1 ? "1 package" : `${count} packages`),
  rows: "rows",
  table: "table",
  category: "category",
  withheld: "withheld: values of other persons, secrets",
  withheldCount: (count: string) => `withheld: ${count} values of other persons, or secrets`,
  notGiven: "files set aside",
  notGivenCount: (count: string, why: string) => `set aside: ${count} files (${why})`,
  notCovered: "not covered",
  more: "more",
  why: {
    missing: "not in the file store",
    namesOthers: "names other persons, or cannot be read to its end; the controller decides",
  },
  dryRun: "nothing was written",
  verdict: "verdict",
  verdicts: {
    anonymised: "anonymised",
    pseudonymised: "pseudonymised: it stays personal data, and is refused (D13.2)",
  },
  release: "release",
  place: "place",
  out: "without",
  outReasons: {
    objected: "objected",
    agreement: "its agreement does not allow it",
    noContract: "no contract has begun",
    noRows: "no such rows",
  },
  whyRefused: "why",
  until: "until",
  linkOnce: "Hand this link over, and to nobody else. It fetches once, until",
  outSince: "out since",
  toDestroy: "released after it had been received: to be destroyed",
  stands: "stands",
  withdrawn: "withdrawn",
};

const fr: typeof en = {
  inClear:
    "ces paquets ne sont pas chiffrés : qui a le fichier peut le lire. Gardez-le là où personne d’autre ne va, puis détruisez-le",
  askPassphrase: "Phrase de passe (12 caractères au moins) :",
  askAgain: "Encore une fois :",
  stages: { collecting: "lecture", writing: "écriture", sealing: "fermeture", done: "fini" },
  entries: (count) => (count < 2 ? `${count} fichier` : `${count} fichiers`),
  packages: (count) => (count < 2 ? `${count} paquet` : `${count} paquets`),
  rows: "lignes",
  table: "table",
  category: "catégorie",
  withheld: "retenu : valeurs d’autres personnes, secrets",
  withheldCount: (count) => `retenu : ${count} valeurs d’autres personnes, ou secrets`,
  notGiven: "fichiers mis de côté",
  notGivenCount: (count, why) => `mis de côté : ${count} fichiers (${why})`,
  notCovered: "non couvert",
  more: "de plus",
  why: {
    missing: "absent des fichiers du LMS",
    namesOthers: "nomme d’autres personnes, ou ne se lit pas en entier ; le responsable décide",
  },
  dryRun: "rien n’a été écrit",
  verdict: "résultat",
  verdicts: {
    anonymised: "anonymisé",
    pseudonymised: "pseudonymisé : cela reste une donnée personnelle, et c’est refusé (D13.2)",
  },
  release: "jeu",
  place: "endroit",
  out: "sans",
  outReasons: {
    objected: "s’est opposé",
    agreement: "son accord ne le permet pas",
    noContract: "aucun contrat n’a commencé",
    noRows: "aucune ligne de ce genre",
  },
  whyRefused: "pourquoi",
  until: "jusqu’au",
  linkOnce: "Remettez ce lien à la personne, et à elle seule. Il sert une fois, jusqu’au",
  outSince: "exclu depuis le",
  toDestroy: "remis après sa réception : à détruire",
  stands: "vaut",
  withdrawn: "retirée",
};

export const exportTexts: Readonly<Record<Language, typeof en>> = { en, fr };
