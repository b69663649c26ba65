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

const CLAUSE_HEADING = /^#{2,6} ([A-Z][A-Za-z0-9]{0,15}(?:\.[A-Za-z0-9-]{1,40}){0,4}) · \S/;
/** Whatever a reader would see, or an author would mean, as a heading: one without a clause is refused, and not overlooked. */
const HEADING = /^ {0,3}#{1,6}(?:\s|$)|^#{2,6}[^#\s]/;
const TITLE = /^ {0,3}# (?![A-Z][A-Za-z0-9.-]* · )/;
const UNDERLINE = /^ {0,3}(?:=+|-{2,})\s*$/;
const FENCE = /^ {0,3}(`{3,}(?!.*`)|~{3,})/;
/** Lines that an underline does not make a heading of. */
const NO_PARAGRAPH = /^\s*(?:$|[|>*+#-]|\d+[.)]\s)/;

/** The sections of a text, in its order. The first heading of level 1 is the title, and part of the preamble. */
export function clauseSections(text: string): readonly ClauseSection[] {
  let body: TextLine[] = [];
  const sections: ClauseSection[] = [{ clause: undefined, line: 0, heading: "", body }];
  const begin = (heading: string, line: number) => {
    body = [];
    sections.push({ clause: CLAUSE_HEADING.exec(heading)?.[1], line, heading, body });
  };
  const lines = linesOf(text);
  const front = frontMatterEnd(lines);
  let fence: string | undefined;
  let titled = false;
  for (const [index, line] of lines.entries()) {
    if (index < front) continue;
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const above = body.at(-1);
    if (!titled && sections.length === 1 && TITLE.test(line)) {
      titled = true;
      body.push({ line: index + 1, text: line.replace("#", " ") });
      body.push({ line: index + 1, text: "" });
    } else if (HEADING.test(line)) {
      begin(line, index + 1);
    } else if (UNDERLINE.test(line) && above?.line === index && !NO_PARAGRAPH.test(above.text)) {
      body.pop();
      begin(above.text, above.line);
    } else {
      body.push({ line: index + 1, text: line });
    }
  }
  return sections;
}

/** How many lines at the top are keys of a page, between two lines of three hyphens: no part of the text. */
function frontMatterEnd(lines: readonly string[]): number {
  return lines[0] === "---" ? lines.indexOf("---", 1) + 1 : 0;
}

/** Lines as every system ends them, without the mark that some put before the first. */
function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
}

/** The headings of a text, each with the clause that it bears, if it does. */
export function headingsOf(text: string): readonly ClauseSection[] {
  return clauseSections(text).slice(1);
}
