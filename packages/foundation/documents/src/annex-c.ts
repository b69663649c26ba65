/** Annex C: the subprocessors, what each is entrusted with, transfers, and how one changes. Towards DC. */
import { definitions, heading } from "./compose.ts";
import { composeDocument } from "./compose-document.ts";
import type { Document } from "./document.ts";
import { joinSections, type Source, subtitleOf } from "./source.ts";
import { subprocessorScopes, subprocessorsSection } from "./subprocessors-section.ts";
import { documentTexts } from "./texts.ts";
import { changeEntries, transfersSection } from "./transfers-section.ts";

export function annexC(source: Source): Document {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const change = changeEntries(source);
  const section = joinSections(
    {
      blocks: [heading(2, texts.subprocessors, [agreement.frame.subprocessors])],
      gaps: [],
    },
    subprocessorsSection(source),
    { blocks: subprocessorScopes(source, 2), gaps: [] },
    { blocks: [heading(2, texts.transfers)], gaps: [] },
    transfersSection(source),
    {
      blocks: change.length === 0 ? [] : [heading(2, texts.change), definitions(change)],
      gaps: [],
    },
  );
  return composeDocument(source, { title: texts.annexCTitle, subtitle: subtitleOf(source) }, section);
}
