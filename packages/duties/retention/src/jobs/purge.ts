/** The jobs of the retention walk: survey a store, take up the deletions that it was asked for, act on a purge. @clause D12.4 */
import {
  addMillis,
  type ControllerId,
  type Instant,
  instant,
  type JobDefinition,
  millisOf,
  type Unit,
} from "@preau/kernel";
import { actOnPurge, purgeIdIn } from "../act-on-purge.ts";
import { fault } from "../errors.ts";
import type { RetentionOptions } from "../options.ts";
import type { Where } from "../propose-purges.ts";
import { purgeAgedRows } from "../purge-aged-rows.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { readSurveys } from "../store/forecasts.ts";
import { surveyedStores, surveyStore } from "../survey.ts";
import { takeUpRequests } from "../take-up-requests.ts";

const SURVEY = "retention.survey";
const REQUESTS = "retention.takeUpRequests";

export function purgeJobs(ports: RetentionPorts, options: RetentionOptions): readonly JobDefinition[] {
  return [
    {
      name: SURVEY,
      handler: async ({ controller, payload }, { signal }) => {
        const where = { controller, source: sourceIn(payload) };
        // The next one first: a store that fails today is surveyed tomorrow too.
        await ports.unitOfWork.transaction((unit) =>
          enqueueNext(unit, ports, options, { where, name: SURVEY }),
        );
        const { accounts, proposed, more } = await surveyStore(ports, options, where, { signal });
        ports.log.info("retention.surveyed", { source: where.source, accounts, proposed: proposed.length });
        const aged = await purgeAgedRows(ports, where, { signal });
        if (aged.erased > 0)
          ports.log.info("retention.logRowsPurged", { source: where.source, erased: aged.erased });
        if (!more) return;
        await ports.unitOfWork.transaction((unit) =>
          enqueue(unit, ports, { where, name: SURVEY, slot: "more", runAt: ports.clock.now() }),
        );
      },
      attempts: 5,
    },
    {
      name: REQUESTS,
      handler: async ({ controller, payload }) => {
        const where = { controller, source: sourceIn(payload) };
        await ports.unitOfWork.transaction((unit) =>
          enqueueNext(unit, ports, options, { where, name: REQUESTS }),
        );
        const taken = await takeUpRequests(ports, where);
        if (taken > 0) ports.log.info("retention.requestsTakenUp", { source: where.source, taken });
      },
      attempts: 5,
    },
    {
      name: "retention.purge",
      handler: async ({ controller, payload }) => {
        const { purge, outcome, dropped } = await actOnPurge(ports, options, {
          controller,
          id: purgeIdIn(payload),
        });
        ports.log.info("retention.purgeActed", { purge: purge.id, outcome, dropped });
      },
      attempts: 50,
    },
  ];
}

/** Starts the walk of every store with accounts: at the start of the worker, and for a controller that is new. */
export async function scheduleRetention(
  ports: RetentionPorts,
  options: RetentionOptions,
  controllers: readonly ControllerId[],
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const now = ports.clock.now();
    const surveyed = await readSurveys(unit, "all");
    const isFresh = (where: Where) =>
      surveyed.some(
        (each) =>
          each.controller === where.controller &&
          each.source === where.source &&
          each.surveyedAt <= now &&
          slotOf(each.surveyedAt, SURVEY, options) >= slotOf(now, SURVEY, options),
      );
    for (const where of controllers.flatMap((controller) => surveyedStores(ports, controller)))
      for (const name of [SURVEY, REQUESTS] as const) {
        if (name === SURVEY && isFresh(where)) continue;
        await enqueue(unit, ports, { where, name, slot: slotOf(now, name, options), runAt: now });
      }
  });
}

interface Recurring {
  readonly where: Where;
  readonly name: typeof SURVEY | typeof REQUESTS;
}

function everyMs(name: Recurring["name"], options: RetentionOptions): number {
  return name === SURVEY ? options.surveyHours * 3_600_000 : options.requestMinutes * 60_000;
}

/** Slots of time have numbers: two starts of a service do not make two walks. */
function slotOf(now: Instant, name: Recurring["name"], options: RetentionOptions): number {
  return Math.floor(millisOf(now) / everyMs(name, options));
}

async function enqueueNext(
  unit: Unit,
  ports: RetentionPorts,
  options: RetentionOptions,
  recurring: Recurring,
): Promise<void> {
  const every = everyMs(recurring.name, options);
  const slot = slotOf(ports.clock.now(), recurring.name, options) + 1;
  // A little after the slot begins, so that the clock of another machine does not find the one before it.
  await enqueue(unit, ports, { ...recurring, slot, runAt: addMillis(instant(slot * every), 1_000) });
}

async function enqueue(
  unit: Unit,
  ports: Pick<RetentionPorts, "jobs">,
  { where, name, slot, runAt }: Recurring & { readonly slot: number | "more"; readonly runAt: Instant },
): Promise<void> {
  await ports.jobs.enqueue(unit, {
    name,
    controller: where.controller,
    key: `${where.source}.${slot}`,
    payload: { source: where.source },
    runAt,
    priority: 200,
  });
}

/** @throws RETENTION_NO_ACCOUNTS */
function sourceIn(payload: { readonly [name: string]: unknown }): string {
  const { source } = payload;
  if (typeof source !== "string") throw fault("RETENTION_NO_ACCOUNTS");
  return source;
}
