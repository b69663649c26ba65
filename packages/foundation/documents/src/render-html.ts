/** A document as one HTML page that loads nothing and runs nothing. Every text is escaped and isolated in its direction. */
import type { Language } from "@preau/kernel";
import { cleanText } from "./clean-text.ts";
import type { Block, Cell, Document, Entry, Line, Table } from "./document.ts";
import { documentPolicy, documentStyle } from "./document-style.ts";
import { linesOf, type Span, spell, spellText } from "./spell.ts";
import { documentTexts } from "./texts.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** One page; served under `documentPolicy`. */
export function renderHtml(document: Document): string {
  const { language } = document;
  const title = escape(document.title, language);
  const subtitle = escape(document.subtitle, language);
  const named = [document.title, document.subtitle].filter((each) => each !== "").join(" – ");
  const bare = escapeText(spellText(named, language));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeText(documentPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${bare}</title>
<style>${documentStyle}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${subtitle === "" ? "" : `<p class="subtitle">${subtitle}</p>\n`}${renderEntries(document.facts, language)}
${renderContents(document)}${renderBlocks(document.blocks, document)}
</main>
</body>
</html>
`;
}

/** Links to the headings of level 2, for a long page. */
function renderContents(document: Document): string {
  const { language } = document;
  const headings = sections(document).map(
    ({ text }, at) => `<li><a href="#s${at + 1}">${escape(text, language)}</a></li>`,
  );
  if (headings.length === 0) return "";
  const label = escapeText(documentTexts[language].contents);
  return `<nav aria-label="${label}"><ul>\n${headings.join("\n")}\n</ul></nav>\n`;
}

/** Only headings that stand open can be gone to. */
function sections({ blocks, contents }: Document): readonly Extract<Block, { kind: "heading" }>[] {
  return contents === undefined
    ? []
    : blocks.filter((block) => block.kind === "heading").filter(({ level }) => level === 2);
}

function renderBlocks(blocks: readonly Block[], document: Document): string {
  const targets = new Map<Block, string>(sections(document).map((block, at) => [block, ` id="s${at + 1}"`]));
  return blocks.map((block) => renderBlock(block, document, targets.get(block))).join("\n");
}

function renderBlock(block: Block, document: Document, id = ""): string {
  const { language } = document;
  switch (block.kind) {
    case "heading": {
      const page = block.startsPage ? ' class="starts-page"' : "";
      const text = escape(block.text, language);
      return `<h${block.level}${id}${page}>${text}${renderClauses(block.clauses)}</h${block.level}>`;
    }
    case "paragraph":
      return `<p>${renderLine(block.line, language)}${renderClauses(block.clauses)}</p>`;
    case "note":
      return `<div class="note" role="note"><p>${renderLine(block.line, language)}${renderClauses(block.clauses)}</p></div>`;
    case "list":
      return `<ul>\n${block.items.map((item) => `<li>${renderLine(item, language)}</li>`).join("\n")}\n</ul>`;
    case "definitions":
      return renderEntries(block.entries, language);
    case "folded": {
      const inside = block.blocks.map((each) => renderBlock(each, document)).join("\n");
      return `<details><summary>${escape(block.title, language)}</summary>\n${inside}\n</details>`;
    }
    case "table":
      return renderTable(block, document);
  }
}

function renderEntries(entries: readonly Entry[], language: Language): string {
  if (entries.length === 0) return "";
  const items = entries.map(({ term, value, clause }) => {
    const from = renderClauses(clause === undefined ? [] : [clause]);
    return `<div><dt>${escape(term, language)}</dt><dd>${renderCell(value, language)}${from}</dd></div>`;
  });
  return `<dl>\n${items.join("\n")}\n</dl>`;
}

/**
 * It scrolls by itself where the window is narrow, and is reached by keyboard for that; on a long page a row becomes a
 * card there instead, each cell under its column's title.
 */
function renderTable({ caption, columns, rows, empty }: Table, { language, contents }: Document): string {
  if (rows.length === 0) return `<p>${escape(empty, language)}</p>`;
  const label = escapeText(spellText(caption, language));
  const side = (at: number) => (columns[at]?.align === "end" ? ' class="end"' : "");
  const titled = (at: number) =>
    contents === undefined
      ? ""
      : ` data-title="${escapeText(spellText(columns[at]?.title ?? "", language))}"`;
  const cards = contents === undefined ? "" : " cards";
  const head = columns.map(({ title }, at) => `<th scope="col"${side(at)}>${escape(title, language)}</th>`);
  const body = rows.map((cells) => {
    const [first = [], ...rest] = cells;
    const others = rest.map(
      (each, at) => `<td${side(at + 1)}${titled(at + 1)}>${renderCell(each, language)}</td>`,
    );
    return `<tr><th scope="row"${titled(0)}>${renderCell(first, language)}</th>${others.join("")}</tr>`;
  });
  return `<div class="scroll${cards}" role="region" aria-label="${label}" tabindex="0"><table><caption>${isolate(label)}</caption>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}

function renderCell(cell: Cell, language: Language): string {
  const said = linesOf(cell).map((line) => renderLine(line, language));
  return said.length > 1 ? said.map((line) => `<span class="line">${line}</span>`).join("") : said.join("");
}

function renderLine(line: Line, language: Language): string {
  return line.map((piece) => mark(spell(piece, language))).join("");
}

function mark({ text, look }: Span): string {
  const escaped = escapeText(text);
  if (look === "strong") return `<strong>${escaped}</strong>`;
  if (look === "plain") return isolate(escaped);
  return `<span class="${look}">${escaped}</span>`;
}

function renderClauses(ids: readonly string[]): string {
  return ids.map((id) => ` <span class="clause">${escapeText(cleanText(id))}</span>`).join("");
}

function escape(text: string, language: Language): string {
  return isolate(escapeText(spellText(text, language)));
}

/** Letters that are read from right to left stay among themselves. */
function isolate(escaped: string): string {
  return /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}/u.test(escaped)
    ? `<bdi>${escaped}</bdi>`
    : escaped;
}

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}
