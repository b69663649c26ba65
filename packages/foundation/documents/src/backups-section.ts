/** Backups: what they hold, how often they are made, on what each rests, how long it is kept. @figure DD.1 */
import type { Agreement } from "@preau/agreement";
import { retentionRules } from "@preau/agreement";
import { type Duration, sayDuration } from "@preau/calendar";
import type { Language } from "@preau/kernel";
import { cell, definitions, entry, lines, paragraph, period, soft, table, unknown } from "./compose.ts";
import type { Section, Source } from "./source.ts";
import { documentTexts } from "./texts.ts";

type Backups = NonNullable<Agreement["backups"]>;

export function backupsSection({ agreement, language }: Source): Section {
  const texts = documentTexts[language];
  const { backups } = agreement;
  if (backups === undefined) return { blocks: [paragraph(texts.noBackups)], gaps: [] };
  const kept = new Map(
    retentionRules(agreement).flatMap(({ generation, after }) =>
      generation === undefined ? [] : [[generation, after] as const],
    ),
  );
  const rows = backups.generations.map(({ id, kind, every, base }) => {
    const after = kept.get(id);
    return [
      cell(texts.generations[id]),
      cell(texts.backupKinds[kind]),
      cell(sayPace(every, language)),
      cell(base === undefined ? soft(texts.none) : texts.generations[base]),
      cell(after === undefined ? unknown(texts.keptUnsaid) : period(after)),
    ];
  });
  const titles = [texts.generation, texts.backupKind, texts.every, texts.restsOn, texts.keptFor] as const;
  return {
    blocks: [
      definitions([
        entry(texts.hold, lines(backups.hold.map((each) => texts.holds[each])), backups.clause),
        entry(texts.heldBy, holdersOf(agreement, backups, language), backups.clause),
      ]),
      table(texts.backups, titles, rows, texts.noBackups),
    ],
    gaps: [],
  };
}

function sayPace(every: Duration, language: Language): string {
  const texts = documentTexts[language];
  return every.amount === 1 ? texts.everyOne[every.unit] : texts.everyPeriod(sayDuration(every, language));
}

function holdersOf(agreement: Agreement, { heldBy }: Backups, language: Language): string {
  if (heldBy === undefined) return documentTexts[language].heldByProcessor;
  return heldBy
    .map((id) => agreement.annexC.find(({ recipient }) => recipient === id)?.name ?? id)
    .join(", ");
}
