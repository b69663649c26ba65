/**
 * Rows of an application's own activity log go when their time is over, whoever they were about: the agreement's period
 * until the archive and the one after it. The application has no archive: it keeps them in place for both. A hold on the
 * controller, or on a category that the store keeps, keeps them. @clause DD.8
 */
import { isInForce } from "./hold.ts";
import { logPeriodsOf, overBefore } from "./log-periods.ts";
import type { Where } from "./propose-purges.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { listHolds } from "./store/holds.ts";

export interface AgedRowsPurged {
  readonly erased: number;
  /** True when a hold keeps what would have gone. */
  readonly held: boolean;
}

/** @clause DD.8 */
export async function purgeAgedRows(
  ports: RetentionPorts,
  { controller, source }: Where,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<AgedRowsPurged> {
  const registered = ports.sources.get(source);
  const aged = registered?.lifecycle?.activityLog;
  const agreement = ports.agreements.of(controller);
  const { prune } = logPeriodsOf(agreement);
  if (aged === undefined || prune === undefined) return { erased: 0, held: false };
  const now = ports.clock.now();
  const categories = new Set(registered?.source.describe().categories);
  const { place, held } = await ports.unitOfWork.transaction(async (unit) => {
    const where = await ports.contracts.placeOf(unit, controller);
    const holds = await listHolds(unit, controller, "standing");
    return {
      place: where,
      held: holds.some(
        (hold) =>
          isInForce(hold, now, where) &&
          (hold.covers === "controller" ||
            (hold.covers === "category" && categories.has(hold.category ?? ""))),
      ),
    };
  });
  if (held) return { erased: 0, held };
  const before = overBefore(prune, now, place);
  const tables = new Map<string, number>();
  for await (const { table, erased } of aged.purge(
    controller,
    before,
    signal === undefined ? {} : { signal },
  ))
    tables.set(table, (tables.get(table) ?? 0) + erased);
  const erased = [...tables.values()].reduce((sum, each) => sum + each, 0);
  if (erased === 0) return { erased, held };
  await ports.unitOfWork.transaction((unit) =>
    ports.journal.record(unit, {
      log: "evidence",
      type: "retention.logRowsPurged",
      clause: "DD.8",
      controller,
      actor: { role: "system" },
      payload: { source, before, tables: Object.fromEntries(tables) },
    }),
  );
  return { erased, held };
}
