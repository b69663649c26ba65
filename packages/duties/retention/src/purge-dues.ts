/** Purges that wait for somebody, purges that act, and big ones that were announced: each by its moment. Towards D12.4. */
import { startOfDay } from "@preau/calendar";
import type { Due, DueScope } from "@preau/kernel";
import { purgesEn } from "./locales/purges-en.ts";
import { purgesFr } from "./locales/purges-fr.ts";
import type { Purge } from "./purge.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { readNotices } from "./store/forecasts.ts";
import { listPurges } from "./store/purges.ts";

export function purgeDues(ports: Pick<RetentionPorts, "clock" | "contracts" | "unitOfWork">) {
  return (scope: DueScope): Promise<readonly Due[]> =>
    ports.unitOfWork.transaction(async (unit) => {
      const { controller, before } = scope;
      const purges = await listPurges(unit, { controller, before, states: ["proposed", "approved"] });
      const from = ports.clock.now().slice(0, 10) as Parameters<typeof readNotices>[2];
      const notices: Due[] = [];
      for (const notice of await readNotices(unit, controller, from)) {
        const place = await ports.contracts.placeOf(unit, notice.controller);
        const dueAt = startOfDay(place.zone, notice.day);
        if (dueAt >= before) continue;
        notices.push({
          id: `${notice.source}.${notice.rule}.${notice.day}`,
          controller: notice.controller,
          clause: "D12.4",
          title: { fr: purgesFr.dueNotice, en: purgesEn.dueNotice },
          dueAt,
          href: "/retention",
        });
      }
      // One line a purge that was announced, however many times.
      const announced = [...new Map(notices.map((each) => [`${each.controller} ${each.id}`, each])).values()];
      return [...purges.map(dueOf), ...announced];
    });
}

function dueOf(purge: Purge): Due {
  const { id, controller, clause, actsAt, ceilingAt } = purge;
  const waits = purge.state === "proposed" && purge.needs !== "nobody";
  const title = !waits
    ? { fr: purgesFr.duePurgeActs, en: purgesEn.duePurgeActs }
    : purge.needs === "human"
      ? { fr: purgesFr.duePurgeLook, en: purgesEn.duePurgeLook }
      : { fr: purgesFr.duePurge, en: purgesEn.duePurge };
  const dueAt = waits ? (ceilingAt ?? actsAt) : actsAt;
  return { id, controller, clause, title, dueAt, href: `/retention/purges/${id}` };
}
