/** The figures of a text, clause by clause: each with the exact place where it stands. */
import type { Language } from "@preau/kernel";
import { type ClauseSection, clauseSections } from "./clause-sections.ts";
import type { Figure } from "./figure.ts";
import { english } from "./figure-english.ts";
import { french } from "./figure-french.ts";
import type { FigureLanguage } from "./figure-language.ts";
import { type RawFigure, readFigures } from "./read-figures.ts";
import { type VisibleText, visibleText } from "./visible-text.ts";

const LANGUAGES: Readonly<Record<Language, FigureLanguage>> = { fr: french, en: english };
const CLAUSE_ID = /(?<![\p{L}\d.])[A-Z][A-Za-z0-9]{0,15}(?:\.[A-Za-z0-9-]{1,40}){0,4}/gu;
/** Clauses that one sentence can name. */
const MOST_NAMED = 30;
const SENTENCE_END = /[.!?…](?=["»”’)]* +["«“(]*[\p{Lu}\d])|\n/gu;

export interface FigureOptions {
  /** What the agreement counts. */
  readonly nouns?: ReadonlySet<string>;
  /** Stretches that are literals of `agreement.yaml`: a SIRET, an address. */
  readonly literals?: (text: VisibleText) => VisibleText;
}

/** One clause's text as read. */
export interface ReadSection {
  readonly clause: string | undefined;
  readonly line: number;
  readonly visible: VisibleText;
  readonly figures: readonly Figure[];
}

/** The figures of a text, by section, titles of headings included. */
export function readSections(
  text: string,
  language: Language,
  options: FigureOptions = {},
): readonly ReadSection[] {
  const sections = clauseSections(text);
  const ids = new Set(sections.flatMap(({ clause }) => clause ?? []));
  return sections.map((section) => {
    const visible = visibleText(linesOf(section));
    const read = withoutIds(options.literals?.(visible) ?? visible, ids);
    const sentences = sentencesOf(visible, ids);
    const figures = readFigures(read, LANGUAGES[language], options.nouns ?? new Set()).map((raw) =>
      located(raw, { section, visible, sentences }),
    );
    return { clause: section.clause, line: section.line, visible, figures };
  });
}

/** The same, as one list. */
export function figuresOf(text: string, language: Language, options: FigureOptions = {}): readonly Figure[] {
  return readSections(text, language, options).flatMap(({ figures }) => figures);
}

/** Tells of a place in a clause's text whether its sentence has a figure as well. */
export function figureBeside(visible: VisibleText, language: Language): (offset: number) => boolean {
  const sentences = sentencesOf(visible, new Set());
  const figures = readFigures(visible, LANGUAGES[language], new Set());
  const figured = new Set(figures.map(({ from }) => sentenceAt(sentences, from)));
  return (offset) => figured.has(sentenceAt(sentences, offset));
}

/** The heading's title stands first; its own id is no part of what is read. */
function linesOf({ heading, line, body }: ClauseSection): ClauseSection["body"] {
  const title = heading.replace(/^\s*#+ +(?:\S+ · )?/, (mark) => " ".repeat(mark.length));
  return heading === "" ? body : [{ line, text: title }, { line, text: "" }, ...body];
}

/** The ids of clauses are no figures; one that no heading bears is. */
function withoutIds(text: VisibleText, ids: ReadonlySet<string>): VisibleText {
  const stretches = [...text.cased.matchAll(CLAUSE_ID)]
    .map(({ index, 0: id }) => ({ from: index, to: index + id.length, id }))
    .filter(({ id }) => ids.has(id));
  return stretches.length === 0 ? text : text.without(stretches);
}

interface Sentence {
  readonly to: number;
  readonly names: readonly string[];
}

function sentencesOf({ cased }: VisibleText, ids: ReadonlySet<string>): readonly Sentence[] {
  const ends = [...cased.matchAll(SENTENCE_END)].map(({ index }) => index + 1);
  let from = 0;
  return [...ends, cased.length].map((to) => {
    const names = [...cased.slice(from, to).matchAll(CLAUSE_ID)].map(([name]) => name);
    from = to;
    return { to, names: [...new Set(names)].filter((name) => ids.has(name)).slice(0, MOST_NAMED) };
  });
}

interface Context {
  readonly section: ClauseSection;
  readonly visible: VisibleText;
  readonly sentences: readonly Sentence[];
}

function located(raw: RawFigure, { section, visible, sentences }: Context): Figure {
  const { from, to, ...figure } = raw;
  return {
    ...figure,
    span: { from, to },
    clause: section.clause,
    ...visible.placeOf(from),
    end: visible.placeOf(to),
    says: visible.cased.slice(from, to).trim(),
    names: sentenceAt(sentences, from)?.names ?? [],
  };
}

/** Sentences are in order: the first that ends after the place. */
function sentenceAt(sentences: readonly Sentence[], place: number): Sentence | undefined {
  let [low, high] = [0, sentences.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sentences[middle]?.to ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return sentences[low];
}
