/** The Markdown text of an agreement cut at its headings: which lines stand under which clause. */

/** One line of the text, outside fenced blocks of code. */
export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** What stands under one heading, up to the next heading of any level. */
export interface ClauseSection {
  /** Undefined before the first heading, and under a heading that bears no clause. */
  readonly clause: string | undefined;
  /** Line of the heading, from 1; 0 before the first. */
  readonly line: number;
  readonly heading: string;
  readonly body: readonly TextLine[];
}

const HEADING = /^#{2,6} /;
const CLAUSE_HEADING = /^#{2,6} ([A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9-]+)*) · \S/;

/** The sections of a text, in its order. */
export function clauseSections(text: string): readonly ClauseSection[] {
  let body: TextLine[] = [];
  const sections: ClauseSection[] = [{ clause: undefined, line: 0, heading: "", body }];
  let fenced = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith("```")) fenced = !fenced;
    if (fenced || line.startsWith("```")) continue;
    if (HEADING.test(line)) {
      body = [];
      sections.push({ clause: CLAUSE_HEADING.exec(line)?.[1], line: index + 1, heading: line, body });
    } else {
      body.push({ line: index + 1, text: line });
    }
  }
  return sections;
}

/** The headings of a text, each with the clause that it bears, if it does. */
export function headingsOf(text: string): readonly ClauseSection[] {
  return clauseSections(text).slice(1);
}
