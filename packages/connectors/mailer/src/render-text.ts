/** The text of a message: lines of at most 76 characters, links whole on a line of their own. */
import type { MessagePart } from "@preau/kernel";
import type { Composed } from "./render-message.ts";

const WIDTH = 76;

export function textOf({ language, parts, footer, subject }: Composed): string {
  const colon = language === "fr" ? "\u202f:" : ":";
  const blocks = [
    subject,
    ...parts.map((part) => blockOf(part, colon)),
    ["-- ", ...footer.map(wrap)].join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function blockOf(part: MessagePart, colon: string): string {
  if (typeof part === "string") return part.split("\n").map(wrap).join("\n");
  if ("link" in part) return `${wrap(withColon(part.label, colon))}\n${part.link}`;
  return part.facts.map(([label, value]) => hang(`${withColon(label, colon)} ${value}`)).join("\n");
}

function withColon(label: string, colon: string): string {
  return /[.:?!…]$/.test(label) ? label : `${label}${colon}`;
}

/** Words of a line; a word that is longer than the line stands alone. Spaces that do not break are kept. */
function wrap(text: string): string {
  return wrapped(text, WIDTH).join("\n");
}

function hang(text: string): string {
  return wrapped(text, WIDTH - 2).join("\n  ");
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let length = 0;
  for (const word of text.split(/[ \t\r\n]+/)) {
    const more = Array.from(word).length;
    if (line !== "" && length + 1 + more > width) {
      lines.push(line);
      [line, length] = [word, more];
    } else [line, length] = line === "" ? [word, more] : [`${line} ${word}`, length + 1 + more];
  }
  return [...lines, line];
}
