/**
 * An agreement's text cut at its headings, each of which bears a clause id: `### D8.3 · Objection`. What stands before
 * the first such heading is the preamble. A heading inside a fenced block is text.
 */

interface ClauseSection {
  readonly clause: string;
  readonly title: string;
  /** 2 for `##`, 3 for `###`… */
  readonly level: number;
  /** Id of the nearest heading above with a smaller level. */
  readonly chapter: string | undefined;
  /** Markdown between this heading and the next. */
  readonly body: string;
}

interface CutText {
  readonly title: string | undefined;
  readonly preamble: string;
  readonly sections: readonly ClauseSection[];
}

const HEADING = /^(#{2,6}) ([A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9-]+)*) · (\S.*)$/;

export function cutAtClauses(text: string): CutText {
  const preamble: string[] = [];
  const sections: (Omit<ClauseSection, "body"> & { lines: string[] })[] = [];
  let title: string | undefined;
  let fenced = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("```")) fenced = !fenced;
    const heading = fenced ? null : HEADING.exec(line);
    if (heading !== null) {
      const [, marks = "", clause = "", words = ""] = heading;
      const chapter = sections.findLast((each) => each.level < marks.length)?.clause;
      sections.push({ clause, title: words.trim(), level: marks.length, chapter, lines: [] });
    } else if (sections.length === 0 && title === undefined && line.startsWith("# ")) {
      title = line.slice(2).trim();
    } else {
      (sections.at(-1)?.lines ?? preamble).push(line);
    }
  }
  return {
    title,
    preamble: preamble.join("\n").trim(),
    sections: sections.map(({ lines, ...rest }) => ({ ...rest, body: lines.join("\n").trim() })),
  };
}
