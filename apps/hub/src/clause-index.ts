/** Every clause of the agreement in force and of the policy, with what the product knows of it: the rows of the pages. */
import type { Language } from "@preau/kernel";
import type { AgreementBook } from "./agreement-book.ts";
import type { ClauseState, ListedClause } from "./clause-list.ts";
import { cutAtClauses } from "./clause-sections.ts";

export interface ClauseEntry {
  readonly id: string;
  /** Whose clause it is; that in force when neither text has it. */
  readonly book: AgreementBook;
  /** Its heading in the text; the product's own words when no text has such a heading. */
  readonly title: string;
  /** Language of the title and of the text, where it is not the reader's. */
  readonly language: Language;
  /** Markdown; undefined when no text has such a heading. */
  readonly text: string | undefined;
  readonly chapter: string | undefined;
  /** Undefined for a heading that the product's list does not know: a chapter, or a clause of somebody's own. */
  readonly listed: ListedClause | undefined;
}

export type StateFilter = ClauseState | "all";

/** In the order of the texts; what the product answers for beyond them comes last. An id belongs to the first that has it. */
export function indexClauses(
  books: readonly [AgreementBook, ...AgreementBook[]],
  list: ReadonlyMap<string, ListedClause>,
  reader: Language,
): readonly ClauseEntry[] {
  const entries = new Map<string, ClauseEntry>();
  for (const book of books) {
    const language = languageOfText(book, reader);
    for (const section of cutAtClauses(book.agreement.texts[language] ?? "").sections) {
      const { clause: id, title, body: text, chapter } = section;
      if (!entries.has(id))
        entries.set(id, { id, book, title, language, text, chapter, listed: list.get(id) });
    }
  }
  for (const [id, listed] of list) {
    if (entries.has(id)) continue;
    const title = listed.words[reader];
    entries.set(id, {
      id,
      book: books[0],
      title,
      language: reader,
      text: undefined,
      chapter: undefined,
      listed,
    });
  }
  return [...entries.values()];
}

/** The reader's, or French where there is no other text. */
export function languageOfText({ agreement }: AgreementBook, reader: Language): Language {
  return agreement.texts[reader] === undefined ? "fr" : reader;
}

/** Headings that only hold others, and say nothing themselves. */
export function isChapter(entry: ClauseEntry): boolean {
  return entry.listed === undefined && entry.text === "";
}

/** The clauses in which every word of the search stands: in their id, title, words or text. Case and accents aside. */
export function searchClauses(
  entries: readonly ClauseEntry[],
  { search, state }: { readonly search: string; readonly state: StateFilter },
  reader: Language,
): readonly ClauseEntry[] {
  const wanted = fold(search).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (isChapter(entry)) return false;
    if (state !== "all" && entry.listed?.proof.state !== state) return false;
    const words = entry.listed?.words;
    const text = fold([entry.id, entry.title, words?.[reader], words?.who?.[reader], entry.text].join(" "));
    return wanted.every((word) => text.includes(word));
  });
}

/** How many clauses of the product's list stand in each state. */
export function countStates(list: ReadonlyMap<string, ListedClause>): Readonly<Record<ClauseState, number>> {
  const counts = { enforced: 0, planned: 0, "by hand": 0 };
  for (const { proof } of list.values()) counts[proof.state] += 1;
  return counts;
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();
}
