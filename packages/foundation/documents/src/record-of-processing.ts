/**
 * The processor's record of processing activities for one controller, in the order of GDPR art. 30(2): (a) who the
 * processor, the controller, their representatives and data protection officers are; (b) the categories of processing
 * carried out on behalf of the controller, with purposes, data and data subjects (D4.2); (c) transfers to third
 * countries; (d) a general description of the security measures. It is drawn from what runs: the contracts of today.
 */

import { backupsSection } from "./backups-section.ts";
import { heading, paragraph } from "./compose.ts";
import { composeDocument } from "./compose-document.ts";
import { contractsSection, contractsWithData, endedContractsSection } from "./contracts-section.ts";
import type { Block, Document } from "./document.ts";
import { measuresSection } from "./measures-section.ts";
import { controllerSection, processorSection } from "./parties-section.ts";
import { productsSection } from "./products-section.ts";
import { retentionSection } from "./retention-section.ts";
import { type ControllerSource, clauseOr, joinSections, type Section } from "./source.ts";
import { subprocessorsSection } from "./subprocessors-section.ts";
import { documentTexts } from "./texts.ts";
import { transfersSection } from "./transfers-section.ts";

/** @clause D4.2 */
export function recordOfProcessing(source: ControllerSource): Document {
  const { agreement, language, file } = source;
  const { annexA, frame, term } = agreement;
  const texts = documentTexts[language];
  const blocks = (...each: readonly Block[]): Section => ({ blocks: each, gaps: [] });
  const section = joinSections(
    blocks(
      paragraph(texts.recordScope, clauseOr(source, "D4.2", annexA.clause)),
      heading(2, texts.partA),
      heading(3, texts.processor, [annexA.clause]),
    ),
    processorSection(source),
    blocks(heading(3, texts.controller, [annexA.clause, clauseOr(source, "D4.3", annexA.clause)])),
    controllerSection(source),
    blocks(heading(3, texts.subprocessors, [frame.subprocessors])),
    subprocessorsSection(source),
    blocks(
      heading(2, texts.partB),
      heading(3, texts.contracts, [frame.contract, term?.clause ?? frame.contract]),
    ),
    contractsSection(source),
    productsSection({ ...source, concerns: contractsWithData(source) }, 3, texts.nothingHeld),
    endedContractsSection(source),
    blocks(heading(3, texts.retention)),
    retentionSection(source),
    blocks(heading(2, texts.partC)),
    transfersSection(source),
    blocks(heading(2, texts.partD), heading(3, texts.security)),
    measuresSection(source),
    blocks(heading(3, texts.backups)),
    backupsSection(source),
  );
  const subtitle = `${annexA.processor.name} – ${file.controller.name}`;
  return composeDocument(source, { title: texts.recordTitle, subtitle }, section);
}
