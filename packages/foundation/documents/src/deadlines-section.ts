/** The periods of the agreement, counted in one controller's calendar as if their event happened now. @figure D8.3, D9.3 */
import type { Agreement } from "@preau/agreement";
import { deadlineOf } from "@preau/calendar";
import { regionNames } from "@preau/contracts";
import { isFault } from "@preau/kernel";
import { clauseTitles } from "./clause-titles.ts";
import {
  cell,
  clause,
  day,
  definitions,
  entry,
  moment,
  paragraph,
  period,
  soft,
  table,
  unknown,
} from "./compose.ts";
import type { Block, Cell } from "./document.ts";
import { sayMoment } from "./say-date.ts";
import { type ControllerSource, placeOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

type Period = Agreement["periods"][number];

export function deadlinesBlocks(source: ControllerSource): readonly Block[] {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const { region, zone, goodFriday } = placeOf(source);
  const titles = clauseTitles(agreement, language);
  const rows = agreement.periods
    .filter(({ from }) => from !== undefined)
    .map((each) => [
      cell(titles.get(each.clause) ?? each.id),
      cell(startOf(each, source)),
      cell(period(each.duration)),
      cell(each.right === undefined ? texts.parties[each.binds ?? "processor"] : texts.rights[each.right]),
      endOf(each, source),
      cell(clause(each.clause)),
    ]);
  const headings = [
    texts.what,
    texts.countedFrom,
    texts.length,
    texts.whose,
    texts.lastDay,
    texts.clause,
  ] as const;
  return [
    definitions([
      entry(texts.calendar, regionNames[region][language]),
      entry(texts.zone, zone),
      ...(goodFriday === undefined ? [] : [entry(texts.goodFriday, texts.goodFridays[goodFriday])]),
    ]),
    paragraph(texts.deadlinesLead(sayMoment(source.at, zone, language))),
    table(texts.deadlines, headings, rows, texts.noDeadlines),
  ];
}

function startOf({ from }: Period, { language }: ControllerSource): string {
  const texts = documentTexts[language];
  const words: Readonly<Record<string, string>> = { ...texts.anchors, ...texts.startsFrom };
  return from === undefined ? texts.noStart : (words[from] ?? from);
}

/** Hours end at a moment, days with a day. A year beyond the table of holidays is not guessed. */
function endOf({ duration, right }: Period, source: ControllerSource): Cell {
  const texts = documentTexts[source.language];
  const place = placeOf(source);
  try {
    const rounding = right === undefined ? "binds" : "right";
    const { lastDay, dueAt, notes } = deadlineOf(source.at, duration, { rounding, place });
    return [
      [duration.unit === "hours" ? moment(dueAt, place.zone) : day(lastDay)],
      ...(notes.length === 0 ? [] : cell(soft(texts.friday))),
    ];
  } catch (error) {
    if (!isFault(error)) throw error;
    return cell(unknown(texts.notComputable));
  }
}
