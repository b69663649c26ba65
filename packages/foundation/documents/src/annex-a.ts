/** Annex A: the parties, their representatives and their data protection officers. */
import { heading } from "./compose.ts";
import { composeDocument } from "./compose-document.ts";
import { contractsSection } from "./contracts-section.ts";
import type { Document } from "./document.ts";
import { controllerSection, processorSection } from "./parties-section.ts";
import { clauseOr, joinSections, type Section, type Source, subtitleOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

/** Of one controller where the source has its file; else the processor alone, and the place of the controller. @clause DA, D4.3 */
export function annexA(source: Source): Document {
  const { agreement, language, file } = source;
  const texts = documentTexts[language];
  const { clause } = agreement.annexA;
  const title = (text: string, ...clauses: readonly string[]): Section => ({
    blocks: [heading(2, text, clauses)],
    gaps: [],
  });
  const section = joinSections(
    title(texts.processor, clause),
    processorSection(source),
    title(texts.controller, clause, clauseOr(source, "D4.3", clause)),
    controllerSection(source),
    ...(file === undefined
      ? []
      : [
          title(
            texts.contracts,
            agreement.frame.contract,
            agreement.term?.clause ?? agreement.frame.contract,
          ),
          contractsSection({ ...source, file }),
        ]),
  );
  return composeDocument(source, { title: texts.annexATitle, subtitle: subtitleOf(source) }, section);
}
