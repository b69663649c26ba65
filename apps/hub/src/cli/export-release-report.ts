/** A release, or its refusal, as a terminal shows it: the three questions with their figures, and why. */
import { type Release, sayFigure, sayQuestion, type TriedRelease } from "@preau/anonymisation";
import type { Language } from "@preau/kernel";
import { alignedTable } from "./aligned-table.ts";
import { exportTexts } from "./export-texts.ts";

export function releaseText(
  release: TriedRelease & Partial<Pick<Release, "id" | "place">>,
  language: Language,
): string {
  const words = exportTexts[language];
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const { id, verdict, rowsIn, rowsOut, place, figures } = release;
  const head = [
    [words.verdict, words.verdicts[verdict]],
    ...(id === undefined ? [] : [[words.release, id]]),
    [words.rows, `${number.format(rowsIn)} → ${number.format(rowsOut)}`],
    ...(place === undefined ? [] : [[words.place, place]]),
    ...release.out.map(({ controller, why, since }) => [
      words.out,
      `${controller}: ${words.outReasons[why]} ${since ?? ""}`,
    ]),
  ];
  const answers = figures.answers.map((answer) => {
    const lines = answer.figures.map((each) => {
      const { name, value, bound } = sayFigure(language, each, number);
      return [`  ${each.holds ? "✓" : "✗"} ${name}`, value, bound];
    });
    return `${sayQuestion(language, answer)}\n${alignedTable(lines)}`;
  });
  const reasons = (figures.reasons ?? []).map(
    ({ column, says, remedy }) =>
      `  - ${column === undefined ? "" : `${column}: `}${says[language]}\n    ${remedy[language]}\n`,
  );
  const why = reasons.length === 0 ? [] : [`${words.whyRefused} (${reasons.length})\n${reasons.join("")}`];
  return [alignedTable(head), ...answers, ...why].join("\n");
}
