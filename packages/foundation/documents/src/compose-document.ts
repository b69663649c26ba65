/** What a document could not say, for want of data. It is the last thing that it says. */
import { clause, heading, list, paragraph } from "./compose.ts";
import type { Block, Document, Gap } from "./document.ts";
import { factsOf, type Section, type Source } from "./source.ts";
import { documentTexts } from "./texts.ts";

function gapsBlocks(gaps: readonly Gap[], { language }: Source): readonly Block[] {
  const texts = documentTexts[language];
  return [
    heading(2, texts.missing),
    gaps.length === 0
      ? paragraph(texts.nothingMissing)
      : list(gaps.map(({ says, clause: from }) => [says, " ", clause(from)])),
  ];
}

interface Named {
  readonly title: string;
  readonly subtitle: string;
}

/** A document of sections, which ends with what is missing. */
export function composeDocument(source: Source, named: Named, section: Section): Document {
  const gaps = section.gaps.filter(
    (gap, at) => section.gaps.findIndex((each) => each.says === gap.says) === at,
  );
  return {
    ...named,
    language: source.language,
    facts: factsOf(source),
    blocks: [...section.blocks, ...(gaps.length === 0 ? [] : gapsBlocks(gaps, source))],
    gaps,
    madeAt: source.at,
  };
}
