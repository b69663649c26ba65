/**
 * Markdown of an agreement, drawn as elements and never as HTML: paragraphs, lists, tables, quotations, fenced code,
 * rules; bold, italic, code, links. Whatever else the text holds, `<script>` or an image, is shown as the letters it is.
 */
import type { ComponentChild } from "preact";

const DEEPEST = 6;
const BULLET = /^(\s{0,12})(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*$/;
const RULE = /^\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;

export function Markdown({ text }: { readonly text: string }) {
  return <>{blocksOf(text.split("\n"), 0)}</>;
}

function blocksOf(lines: readonly string[], depth: number): readonly ComponentChild[] {
  const blocks: ComponentChild[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const read = depth > DEEPEST ? paragraphAt(lines, at) : blockAt(lines, at, depth);
    blocks.push(read.block);
    at = read.next;
  }
  return blocks;
}

interface Read {
  readonly block: ComponentChild;
  /** Line after the block: always further than its first. */
  readonly next: number;
}

function blockAt(lines: readonly string[], at: number, depth: number): Read {
  const line = lines[at] ?? "";
  if (line.startsWith("```")) return fenceAt(lines, at);
  if (RULE.test(line)) return { block: <hr key={at} />, next: at + 1 };
  if (BULLET.test(line)) return listAt(lines, at, depth);
  if (line.startsWith(">")) return quoteAt(lines, at, depth);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return tableAt(lines, at);
  return paragraphAt(lines, at);
}

function paragraphAt(lines: readonly string[], at: number): Read {
  let next = at + 1;
  while (next < lines.length && !startsBlock(lines, next)) next += 1;
  return { block: <p key={at}>{inline(lines.slice(at, next).join("\n"))}</p>, next };
}

function startsBlock(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (line.trim() === "" || line.startsWith("```") || line.startsWith(">")) return true;
  if (RULE.test(line) || BULLET.test(line)) return true;
  return line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "");
}

function fenceAt(lines: readonly string[], at: number): Read {
  const end = lines.findIndex((line, index) => index > at && line.startsWith("```"));
  const stop = end === -1 ? lines.length : end;
  const block = (
    <pre key={at} tabindex={0}>
      <code>{lines.slice(at + 1, stop).join("\n")}</code>
    </pre>
  );
  return { block, next: stop + 1 };
}

function quoteAt(lines: readonly string[], at: number, depth: number): Read {
  let next = at;
  while ((lines[next] ?? "").startsWith(">")) next += 1;
  const inside = lines.slice(at, next).map((line) => line.replace(/^> ?/, ""));
  return { block: <blockquote key={at}>{blocksOf(inside, depth + 1)}</blockquote>, next };
}

/** Items of one list: an indented line, or one that goes on without a blank before it, belongs to the item above. */
function listAt(lines: readonly string[], at: number, depth: number): Read {
  const first = BULLET.exec(lines[at] ?? "");
  const indent = first?.[1]?.length ?? 0;
  const number = first?.[2];
  const items: string[][] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    const bullet = BULLET.exec(line);
    const own = bullet !== null && (bullet[1]?.length ?? 0) <= indent;
    if (own) {
      if ((bullet[2] === undefined) !== (number === undefined)) break;
      items.push([bullet[3] ?? ""]);
    } else if (line.trim() === "") {
      const after = lines[next + 1] ?? "";
      if (!BULLET.test(after) && !/^\s{2,}\S/.test(after)) break;
      items.at(-1)?.push("");
    } else if (bullet !== null || /^\s/.test(line) || !startsBlock(lines, next)) {
      items.at(-1)?.push(line.replace(new RegExp(`^\\s{1,${indent + 4}}`), ""));
    } else break;
  }
  const drawn = items.map((item, index) => <li key={index}>{tight(item, depth)}</li>);
  const start = number === undefined ? 1 : Number(number);
  const block =
    number === undefined ? (
      <ul key={at}>{drawn}</ul>
    ) : (
      <ol key={at} start={start}>
        {drawn}
      </ol>
    );
  return { block, next };
}

/** An item of one paragraph is drawn without its frame. */
function tight(item: readonly string[], depth: number): ComponentChild {
  const plain = item.every((line, index) => line.trim() !== "" && (index === 0 || !startsBlock(item, index)));
  return plain ? inline(item.join("\n")) : blocksOf(item, depth + 1);
}

function tableAt(lines: readonly string[], at: number): Read {
  const head = cellsOf(lines[at] ?? "");
  let next = at + 2;
  while (next < lines.length && (lines[next] ?? "").includes("|")) next += 1;
  const rows = lines.slice(at + 2, next).map(cellsOf);
  const block = (
    <div key={at} class="scroll" role="region" aria-label={head.join(", ")} tabindex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {head.map((_, column) => (
                <td key={column}>{inline(row[column] ?? "")}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return { block, next };
}

function cellsOf(line: string): readonly string[] {
  const bare = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => cell.replaceAll("\\|", "|").trim());
}

// Each run is bounded, so that a text made to be slow is not.
const SPAN =
  /`([^`\n]{1,400})`|\*\*([^*\n]{1,400})\*\*|\*([^*\s][^*\n]{0,400})\*|\b_([^_\n]{1,400})_\b|\[([^\]\n]{1,300})\]\(([^()\s]{1,600})\)/g;

function inline(text: string): readonly ComponentChild[] {
  const drawn: ComponentChild[] = [];
  let from = 0;
  for (const match of text.matchAll(SPAN)) {
    const [whole, code, bold, starred, scored, label, address] = match;
    if (match.index > from) drawn.push(text.slice(from, match.index));
    drawn.push(span({ whole, code, bold, italic: starred ?? scored, label, address }, match.index));
    from = match.index + whole.length;
  }
  if (from < text.length) drawn.push(text.slice(from));
  return drawn;
}

interface Span {
  readonly whole: string;
  readonly code: string | undefined;
  readonly bold: string | undefined;
  readonly italic: string | undefined;
  readonly label: string | undefined;
  readonly address: string | undefined;
}

function span({ whole, code, bold, italic, label, address }: Span, key: number): ComponentChild {
  if (code !== undefined) return <code key={key}>{code}</code>;
  if (bold !== undefined) return <strong key={key}>{bold}</strong>;
  if (italic !== undefined) return <em key={key}>{italic}</em>;
  if (address !== undefined && /^(?:https?:\/\/|mailto:)/i.test(address)) {
    return (
      <a key={key} href={address} rel="noreferrer">
        {label}
      </a>
    );
  }
  return whole;
}
