/** Security measures, as the agreement states them. @figure DD.0 */
import type { Agreement } from "@preau/agreement";
import { cell, clause, figure, paragraph, table } from "./compose.ts";
import type { Cell, Line } from "./document.ts";
import { sayCountry } from "./say-country.ts";
import { clauseOr, type Section, type Source } from "./source.ts";
import { documentTexts } from "./texts.ts";

type Measure = Agreement["measures"][number];

export function measuresSection(source: Source): Section {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const rows = agreement.measures.map((measure) => [
    cell(measure[language]),
    detailOf(source, measure),
    cell(clause(measure.clause)),
  ]);
  const titles = [texts.measure, texts.detail, texts.clause] as const;
  const first = agreement.measures[0]?.clause;
  return {
    blocks: [
      ...(first === undefined ? [] : [paragraph(texts.measureSays)]),
      table(texts.security, titles, rows, texts.noMeasures),
    ],
    gaps:
      first === undefined
        ? [{ says: texts.gapMeasures, clause: clauseOr(source, "D7", agreement.frame.contract) }]
        : [],
  };
}

/** What a check can read of it, and what is counted under its clause. */
function detailOf({ agreement, language }: Source, { clause: from, passwords, country }: Measure): Cell {
  const texts = documentTexts[language];
  return [
    ...(passwords === undefined ? [] : cell(texts.passwordsAre(texts.passwords[passwords]))),
    ...(country === undefined ? [] : cell(texts.inCountry(sayCountry(country, language)))),
    ...agreement.counts
      .filter((each) => each.clause === from)
      .map(
        (each): Line =>
          each.unit === undefined
            ? [figure(each.count), `\u00a0${each[language]}`]
            : [`${each[language]}${texts.colon}`, figure(each.count)],
      ),
  ];
}
