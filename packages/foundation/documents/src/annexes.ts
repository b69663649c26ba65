/** The four annexes in one document, each from a new page. */
import { annexA } from "./annex-a.ts";
import { annexB } from "./annex-b.ts";
import { annexC } from "./annex-c.ts";
import { annexD } from "./annex-d.ts";
import { heading } from "./compose.ts";
import type { Block, Document } from "./document.ts";
import { factsOf, type Source, subtitleOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function annexes(source: Source): Document {
  const { language, at } = source;
  const parts = [annexA(source), annexB(source), annexC(source), annexD(source)];
  return {
    language,
    title: documentTexts[language].annexesTitle,
    subtitle: subtitleOf(source),
    facts: factsOf(source),
    blocks: parts.flatMap(({ title, blocks }, index) => [
      { ...heading(2, title), startsPage: index > 0 },
      ...blocks.map(lower),
    ]),
    gaps: parts.flatMap(({ gaps }) => gaps),
    madeAt: at,
  };
}

/** A heading one level further down. */
function lower(block: Block): Block {
  if (block.kind !== "heading") return block;
  return { ...block, level: block.level === 2 ? 3 : 4 };
}
