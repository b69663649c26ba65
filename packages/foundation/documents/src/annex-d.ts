/** Annex D: security measures, backups and logs, as the agreement states them. */

import { backupsSection } from "./backups-section.ts";
import { heading } from "./compose.ts";
import { composeDocument } from "./compose-document.ts";
import type { Document } from "./document.ts";
import { measuresSection } from "./measures-section.ts";
import { retentionSection } from "./retention-section.ts";
import { joinSections, type Section, type Source, subtitleOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function annexD(source: Source): Document {
  const texts = documentTexts[source.language];
  const title = (text: string): Section => ({ blocks: [heading(2, text)], gaps: [] });
  const section = joinSections(
    title(texts.security),
    measuresSection(source),
    title(texts.backups),
    backupsSection(source),
    title(texts.logs),
    retentionSection(source, "activityLog"),
  );
  return composeDocument(source, { title: texts.annexDTitle, subtitle: subtitleOf(source) }, section);
}
