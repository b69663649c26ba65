/** A document as Markdown (GFM for tables). Text is escaped: nothing in it becomes markup. */
import type { Language } from "@preau/kernel";
import { cleanText } from "./clean-text.ts";
import { unfold } from "./compose.ts";
import type { Cell, Document, Entry, Line, OpenBlock, Table } from "./document.ts";
import { linesOf, type Span, spell, spellText } from "./spell.ts";
import { documentTexts } from "./texts.ts";

/** What begins or ends markup wherever it stands; a web address would become a link by itself. */
const MARKUP = /[\\`*_[\]<>|~&$]|:(?=\/\/)/gu;
/** What makes a list, a heading or a rule of a line that begins with it. */
const BEGINNING = /^(\s*\d*)([#+\-=.)])/u;

export function renderMarkdown(document: Document): string {
  const { language } = document;
  const parts = [
    `# ${escape(document.title, language)}`,
    ...(document.subtitle === "" ? [] : [escape(document.subtitle, language)]),
    renderEntries(document.facts, language),
    ...unfold(document.blocks).map((block) => renderBlock(block, language)),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function renderBlock(block: OpenBlock, language: Language): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${escape(block.text, language)}${renderClauses(block.clauses)}`;
    case "paragraph":
      return `${renderLine(block.line, language)}${renderClauses(block.clauses)}`;
    case "note":
      return `> ${renderLine(block.line, language)}${renderClauses(block.clauses)}`;
    case "list":
      return block.items.map((item) => `- ${renderLine(item, language)}`).join("\n");
    case "definitions":
      return renderEntries(block.entries, language);
    case "table":
      return renderTable(block, language);
  }
}

function renderEntries(entries: readonly Entry[], language: Language): string {
  const { colon } = documentTexts[language];
  return entries
    .map(({ term, value, clause }) => {
      const said = linesOf(value).map((line) => renderLine(line, language));
      const head = `- **${escape(term, language)}**${colon}`;
      const from = renderClauses(clause === undefined ? [] : [clause]);
      return said.length > 1
        ? `${head.trimEnd()}${from}\n${said.map((line) => `  - ${line}`).join("\n")}`
        : `${head}${said.join("")}${from}`;
    })
    .join("\n");
}

function renderTable({ columns, rows, empty }: Table, language: Language): string {
  if (rows.length === 0) return escape(empty, language);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    row(columns.map(({ title }) => escape(title, language))),
    row(columns.map(({ align }) => (align === "end" ? "--:" : "---"))),
    ...rows.map((cells) => row(cells.map((cell) => renderCell(cell, language)))),
  ].join("\n");
}

function renderCell(cell: Cell, language: Language): string {
  return linesOf(cell)
    .map((line) => renderLine(line, language))
    .join("<br>");
}

function renderLine(line: Line, language: Language): string {
  return line
    .map((piece) => mark(spell(piece, language)))
    .join("")
    .replace(BEGINNING, String.raw`$1\$2`);
}

function mark({ text, look }: Span): string {
  const escaped = escapeText(text);
  if (text.trim() === "") return escaped;
  if (look === "strong") return `**${escaped}**`;
  if (look === "unknown") return `*${escaped}*`;
  return look === "clause" ? `[${escaped}]` : escaped;
}

function renderClauses(ids: readonly string[]): string {
  return ids.map((id) => ` [${escapeText(cleanText(id))}]`).join("");
}

function escape(text: string, language: Language): string {
  return escapeText(spellText(text, language)).replace(BEGINNING, String.raw`$1\$2`);
}

function escapeText(text: string): string {
  return text.replaceAll(MARKUP, String.raw`\$&`);
}
