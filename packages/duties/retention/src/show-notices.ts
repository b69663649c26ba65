/**
 * Announces a big purge before its day, as the agreement says (90, 30, 7 days and 1 day): an entry of evidence and a line
 * of what is due. A notice is *shown*: nothing here says that anybody was sent a message, or has read one. Towards D12.4.
 */
import { type Duration, deadlineOf, formatDuration, type LocalDate, startOfDay } from "@preau/calendar";
import type { Instant } from "@preau/kernel";
import type { Where } from "./propose-purges.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import type { RetentionStanding } from "./retention-standing.ts";
import { type ForecastRow, insertNotice } from "./store/forecasts.ts";

export async function showNotices(
  ports: Pick<RetentionPorts, "journal" | "unitOfWork">,
  { controller, source }: Where,
  { forecast, standing }: { readonly forecast: readonly ForecastRow[]; readonly standing: RetentionStanding },
): Promise<number> {
  let shown = 0;
  for (const rule of standing.rules) {
    const { big, notices = [] } = rule;
    if (big === undefined || notices.length === 0) continue;
    const days = new Map<LocalDate, number>();
    for (const row of forecast)
      if (row.rule === rule.id) days.set(row.day, (days.get(row.day) ?? 0) + row.persons);
    for (const [day, persons] of days) {
      if (persons < big) continue;
      for (const ahead of noticesDue(day, notices, standing)) {
        const isNew = await ports.unitOfWork.transaction(async (unit) => {
          const notice = { controller, source, rule: rule.id, day, ahead: formatDuration(ahead), persons };
          if (!(await insertNotice(unit, { ...notice, shownAt: standing.now }))) return false;
          await ports.journal.record(unit, {
            log: "evidence",
            type: "retention.purgeNoticed",
            clause: rule.clause,
            controller,
            actor: { role: "system" },
            payload: { source, rule: rule.id, day, ahead: notice.ahead, persons },
          });
          return true;
        });
        if (isNew) shown += 1;
      }
    }
  }
  return shown;
}

/** Of the notices of a day that is still to come, the closest one whose moment has come: late surveys do not show them all. */
function noticesDue(
  day: LocalDate,
  notices: readonly Duration[],
  { now, place }: RetentionStanding,
): readonly Duration[] {
  const begins = startOfDay(place.zone, day);
  if (begins <= now) return [];
  const reached = notices.filter((ahead) => endsAfter(now, ahead, place) >= begins);
  const closest = reached.sort((a, b) => compare(endsAfter(now, a, place), endsAfter(now, b, place)))[0];
  return closest === undefined ? [] : [closest];
}

function endsAfter(now: Instant, ahead: Duration, place: RetentionStanding["place"]): Instant {
  return deadlineOf(now, ahead, { rounding: "binds", place }).dueAt;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
