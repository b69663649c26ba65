/** Annex B: for each product its purposes, the persons concerned and the data of each, and the recipients. Towards DB.n. */
import { heading, note } from "./compose.ts";
import { composeDocument } from "./compose-document.ts";
import type { Document } from "./document.ts";
import { productsSection } from "./products-section.ts";
import { recipientsSection } from "./recipients-section.ts";
import { joinSections, productsOf, type Source, subtitleOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function annexB(source: Source): Document {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const recipientsClause = agreement.nature?.clause ?? agreement.recipients[0]?.clause;
  const section = joinSections(
    productsOf(source).length === 0
      ? { blocks: [], gaps: [] }
      : { blocks: [note(texts.unlisted, agreement.frame.contract)], gaps: [] },
    productsSection(source, 2),
    {
      blocks: [heading(2, texts.recipients, recipientsClause === undefined ? [] : [recipientsClause])],
      gaps: [],
    },
    recipientsSection(source),
  );
  return composeDocument(source, { title: texts.annexBTitle, subtitle: subtitleOf(source) }, section);
}
