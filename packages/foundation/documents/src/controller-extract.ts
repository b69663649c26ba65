/**
 * The controller's own view, from which it can keep its record of art. 30(1): its contracts, what it has chosen and stated
 * and what is still missing, data subjects and data, recipients, subprocessors, transfers, periods, measures, and the
 * agreement's deadlines in its own calendar.
 */
import { definitions, heading } from "./compose.ts";
import { composeDocument } from "./compose-document.ts";
import { contractsSection } from "./contracts-section.ts";
import { deadlinesBlocks } from "./deadlines-section.ts";
import type { Block, Document, Gap } from "./document.ts";
import { attestationSection, legalBasesSection } from "./legal-bases-section.ts";
import { measuresSection } from "./measures-section.ts";
import { controllerSection } from "./parties-section.ts";
import { productsSection } from "./products-section.ts";
import { recipientsSection } from "./recipients-section.ts";
import { ownPeriodsBlocks, retentionSection } from "./retention-section.ts";
import { type ControllerSource, clauseOr, concernedContracts, joinSections, type Section } from "./source.ts";
import { subprocessorsSection } from "./subprocessors-section.ts";
import { documentTexts } from "./texts.ts";
import { changeEntries, transfersSection } from "./transfers-section.ts";

/** @clause D4.2 */
export function controllerExtract(source: ControllerSource): Document {
  const { agreement, language, file } = source;
  const texts = documentTexts[language];
  const { frame } = agreement;
  const blocks = (...each: readonly Block[]): Section => ({ blocks: each, gaps: [] });
  const section = joinSections(
    blocks(
      heading(2, texts.controller, [
        agreement.annexA.clause,
        clauseOr(source, "D4.3", agreement.annexA.clause),
      ]),
    ),
    controllerSection(source),
    blocks(heading(2, texts.contracts, [frame.contract, agreement.term?.clause ?? frame.contract])),
    contractsSection(source),
    { blocks: [], gaps: endGaps(source) },
    blocks(heading(2, texts.legalBases)),
    legalBasesSection(source),
    blocks(heading(2, texts.attestation)),
    attestationSection(source),
    blocks(heading(2, texts.ownPeriods), ...ownPeriodsBlocks(source)),
    blocks(heading(2, texts.dataByPerson)),
    productsSection(source, 3),
    blocks(heading(2, texts.recipients)),
    recipientsSection(source),
    blocks(heading(2, texts.subprocessors, [frame.subprocessors])),
    subprocessorsSection(source),
    blocks(definitions(changeEntries(source)), heading(2, texts.transfers)),
    transfersSection(source),
    blocks(heading(2, texts.retention)),
    retentionSection(source),
    blocks(heading(2, texts.security)),
    measuresSection(source),
    blocks(heading(2, texts.deadlines), ...deadlinesBlocks(source)),
  );
  const named = { title: texts.extractTitle, subtitle: file.controller.name };
  return composeDocument(source, named, section);
}

/** A contract that ends without the choice for its data. */
function endGaps(source: ControllerSource): readonly Gap[] {
  const { gapChoice } = documentTexts[source.language];
  const from = source.agreement.endOfContract?.clause;
  if (from === undefined) return [];
  return concernedContracts(source)
    .filter(({ endsOn, atEnd }) => endsOn !== undefined && atEnd === undefined)
    .map(({ reference }) => ({ says: gapChoice(reference), clause: from }));
}
