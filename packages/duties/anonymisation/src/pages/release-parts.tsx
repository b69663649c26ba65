/** What is shown of releases on more than one page. */
import type { Language } from "@preau/kernel";
import { Moment, Notice, sayNumber, Table } from "@preau/web";
import type { Release } from "../ledger.ts";
import { textsOf } from "../texts.ts";

/** Was it made after an objection had been received that was recorded later? */
export function isLate(release: Release): boolean {
  return release.in.some(({ after }) => after !== undefined);
}

export function sayReleaseState(language: Language, { state }: Pick<Release, "state">): string {
  const words = textsOf(language);
  return {
    entered: words.stateEntered,
    released: words.stateReleased,
    destroyed: words.stateDestroyed,
    lost: words.stateLost,
    refused: words.stateRefused,
  }[state];
}

export function sayReleaseVerdict(language: Language, { verdict }: Pick<Release, "verdict">): string {
  const words = textsOf(language);
  return verdict === "anonymised" ? words.verdictAnonymised : words.verdictPseudonymised;
}

/** In the words of D13.1. */
export function sayPurpose(language: Language, { purpose }: Pick<Release, "purpose">): string {
  const words = textsOf(language);
  const said: Readonly<Record<string, string>> = {
    statistics: words.purposeStatistics,
    performance: words.purposePerformance,
    security: words.purposeSecurity,
    improvement: words.purposeImprovement,
    research: words.purposeResearch,
    development: words.purposeDevelopment,
  };
  return said[purpose] ?? purpose;
}

export interface ReleaseTableProps {
  readonly language: Language;
  readonly releases: readonly Release[];
  readonly empty: string;
}

export function ReleaseTable({ language, releases, empty }: ReleaseTableProps) {
  const words = textsOf(language);
  return (
    <Table<Release>
      caption={words.releasesTitle}
      empty={empty}
      stacked
      columns={[
        {
          title: words.release,
          cell: (row) => (
            <>
              <a class="row" href={`/releases/${row.id}`}>
                {row.title[language]}
              </a>
              <span class="below">{sayPurpose(language, row)}</span>
            </>
          ),
        },
        { title: words.enteredAt, cell: (row) => <Moment at={row.enteredAt} /> },
        {
          title: words.state,
          cell: (row) => (
            <>
              {sayReleaseVerdict(language, row)}
              <span class="below">{sayReleaseState(language, row)}</span>
              {isLate(row) && <strong class="below">{words.lateFlag}</strong>}
            </>
          ),
        },
        {
          title: words.figures,
          cell: (row) =>
            row.k === undefined ? words.noFigure : words.smallestGroup(sayNumber(row.k, language)),
        },
      ]}
      rows={releases}
    />
  );
}

/** Never hidden, also once the copy is destroyed. @clause D13.3 */
export function LateNotice({
  language,
  release,
}: {
  readonly language: Language;
  readonly release: Release;
}) {
  const words = textsOf(language);
  if (!isLate(release)) return null;
  const isGone = release.state === "destroyed" || release.state === "lost";
  return (
    <Notice kind={isGone ? "warn" : "danger"} title={words.lateFlag}>
      <p>{isGone ? words.lateDestroyed : words.lateFlagMore}</p>
    </Notice>
  );
}
