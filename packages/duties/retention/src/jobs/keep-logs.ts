/**
 * Ends logs and evidence when the agreement's periods say so: archives the activity log and prunes it, destroys the payload
 * of evidence kind by kind, and tells the other packages to end what they keep of sign-ins. Every hour: a period that binds
 * ends at the time of day at which it began. Nothing goes that a hold keeps.
 */
import { dayIn, deadlineOf } from "@preau/calendar";
import { PUBLISHER } from "@preau/contracts";
import type { LogKeeping } from "@preau/journal";
import {
  addMillis,
  type ControllerId,
  type Instant,
  instant,
  type JobDefinition,
  millisOf,
  type Ports,
  type Unit,
} from "@preau/kernel";
import { endOfHold, isInForce } from "../hold.ts";
import { evidenceKindOf, evidenceRuleOf, logPeriodsOf, overBefore } from "../log-periods.ts";
import type { RetentionOptions } from "../options.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { listHolds } from "../store/holds.ts";

export type KeepLogsPorts = Pick<
  RetentionPorts,
  "agreements" | "clock" | "events" | "jobs" | "log" | "unitOfWork"
> & {
  readonly contracts: Pick<Ports["contracts"], "contracts" | "everything" | "placeOf">;
  readonly logKeeping: LogKeeping;
};

export interface KeptLogs {
  readonly archived: number;
  readonly pruned: number;
  readonly destroyed: number;
  /** True when a hold of the operator keeps what would have gone. */
  readonly held: boolean;
  /** Entries that would have gone at once, more than a clock that is right makes: nothing was destroyed. */
  readonly tooMany?: number;
}

/** The brake of mass purges, on entries: beyond it somebody looks, and runs `preau journal prune`. */
type Brake = Pick<RetentionOptions, "massPersons" | "massShare">;

const KEEP_LOGS = "retention.keepLogs";
const EVERY_MS = 3_600_000;

export function keepLogsJob(ports: KeepLogsPorts, brake: Brake): JobDefinition {
  return {
    name: KEEP_LOGS,
    handler: async (_job, { signal }) => {
      // The next one first: a log that cannot be kept today is looked at again.
      await ports.unitOfWork.transaction((unit) => enqueue(unit, ports, slotOf(ports.clock.now()) + 1));
      const { archived, pruned, destroyed, tooMany } = await keepLogs(ports, brake, signal);
      if (tooMany !== undefined) ports.log.error("retention.logsTooMany", { entries: tooMany });
      if (archived + pruned + destroyed > 0)
        ports.log.info("retention.logsKept", { archived, pruned, destroyed });
    },
    attempts: 5,
  };
}

/** Begins it: at the start of the worker. Twice is once. */
export async function scheduleLogKeeping(ports: KeepLogsPorts): Promise<void> {
  await ports.unitOfWork.transaction((unit) => enqueue(unit, ports, slotOf(ports.clock.now())));
}

function slotOf(now: Instant): number {
  return Math.floor(millisOf(now) / EVERY_MS);
}

async function enqueue(unit: Unit, ports: Pick<KeepLogsPorts, "jobs">, slot: number): Promise<void> {
  await ports.jobs.enqueue(unit, {
    name: KEEP_LOGS,
    controller: PUBLISHER,
    key: String(slot),
    payload: {},
    runAt: instant(new Date(slot * EVERY_MS + 1_000).toISOString()),
    priority: 200,
  });
}

/** What the agreement's periods say of the activity log today; a step that it does not name is absent. */
export interface LogOrders {
  /** What was recorded before is archived. */
  readonly archive?: Instant;
  /** What was recorded before is gone. */
  readonly prune?: Instant;
  /** A recorded hold of the operator keeps what would be gone. */
  readonly held: boolean;
}

/** @figure DD.8 */
export async function logOrders(
  ports: Pick<KeepLogsPorts, "agreements" | "clock" | "contracts" | "unitOfWork">,
): Promise<LogOrders> {
  const now = ports.clock.now();
  const { place, held } = await ports.unitOfWork.transaction(async (unit) => ({
    place: await ports.contracts.placeOf(unit, PUBLISHER),
    held: await isHeld(unit, ports, PUBLISHER, now),
  }));
  const { archive, prune } = logPeriodsOf(ports.agreements.of(PUBLISHER));
  return {
    held,
    ...(archive === undefined ? {} : { archive: overBefore(archive, now, place) }),
    ...(prune === undefined ? {} : { prune: overBefore(prune, now, place) }),
  };
}

/** @clause DD.8 */
export async function keepLogs(ports: KeepLogsPorts, brake: Brake, signal?: AbortSignal): Promise<KeptLogs> {
  const { clock, contracts, events, logKeeping, unitOfWork } = ports;
  const now = clock.now();
  const { archive, prune, held } = await logOrders(ports);
  const { controllers } = await unitOfWork.transaction((unit) => contracts.everything(unit, "all"));
  let [archived, pruned, destroyed] = [0, 0, 0];
  if (archive !== undefined) {
    // The archive is no end: an incident hold keeps what would be destroyed, and not where it stands.
    const order = { controller: PUBLISHER, before: archive, signal };
    archived = (await logKeeping.archiveActivity(order)).entries;
  }
  if (prune !== undefined && !held) {
    const entries = (await logKeeping.olderThan({ before: prune })).prune;
    const { size, minimum } = await logKeeping.standing("activity");
    // A clock that jumps makes everything old at once: what cannot be brought back waits for somebody.
    if (entries > brake.massPersons && entries > (size - minimum) * brake.massShare)
      return { archived, pruned, destroyed, held, tooMany: entries };
    pruned = (await logKeeping.pruneActivity({ controller: PUBLISHER, before: prune, signal })).entries;
  }
  // Nobody archives what stands beside the journal: it goes where the journal's own entries leave their readers.
  const before = archive ?? prune;
  if (before !== undefined && !held)
    await unitOfWork.transaction((unit) => events.emit(unit, "logs.ended", { before }));
  for (const controller of new Set([...controllers.map(({ id }) => id), PUBLISHER])) {
    signal?.throwIfAborted();
    destroyed += await endEvidence(ports, controller, now);
  }
  return { archived, pruned, destroyed, held };
}

/** Payloads of one controller’s evidence that were destroyed. @figure D6.1b, D6.1c, D6.2c, D10.2a */
async function endEvidence(ports: KeepLogsPorts, controller: ControllerId, now: Instant): Promise<number> {
  const { agreements, contracts, logKeeping, unitOfWork } = ports;
  const agreement = agreements.of(controller);
  const { place, ended, held } = await unitOfWork.transaction(async (unit) => {
    const where = await contracts.placeOf(unit, controller);
    return {
      place: where,
      ended: lastEndOf(await contracts.contracts(unit, controller), where, now),
      held: await isHeld(unit, ports, controller, now),
    };
  });
  if (held) return 0;
  const byEnd = new Map<Instant, string[]>();
  for (const type of await logKeeping.evidenceTypes(controller)) {
    const rule = evidenceRuleOf(agreement, evidenceKindOf(type));
    if (rule === undefined) continue;
    let before: Instant | undefined;
    if (rule.anchor === "entryRecorded") before = overBefore([rule.after], now, place);
    else if (rule.anchor === "contractEnded" && ended !== undefined) {
      const { dueAt } = deadlineOf(ended, rule.after, { rounding: rule.after.rounding, place });
      if (dueAt <= now) before = now;
    }
    // Any other event is a case's: whoever closes it says which entries, through `logKeeping`.
    if (before !== undefined) byEnd.set(before, [...(byEnd.get(before) ?? []), type]);
  }
  let destroyed = 0;
  for (const [before, types] of byEnd) {
    const counts = await logKeeping.destroyEvidence({ controller, types, before });
    destroyed += Object.values(counts).reduce((sum, count) => sum + count, 0);
  }
  return destroyed;
}

type Contracts = Awaited<ReturnType<Ports["contracts"]["contracts"]>>;

/** When the last contract ended; undefined while one runs or is to come, or there never was one. */
function lastEndOf(
  contracts: Contracts,
  place: Awaited<ReturnType<Ports["contracts"]["placeOf"]>>,
  now: Instant,
): Instant | undefined {
  const today = dayIn(place.zone, now);
  if (contracts.some(({ endsOn }) => endsOn === undefined || endsOn >= today)) return undefined;
  const [last] = contracts
    .flatMap(({ endsOn }) => endsOn ?? [])
    .toSorted()
    .reverse();
  const over = last === undefined ? undefined : endOfHold({ until: last }, place);
  return over === undefined ? undefined : addMillis(over, -1);
}

/** A hold on the whole controller, or on what its logs are made of. */
async function isHeld(
  unit: Unit,
  { contracts }: Pick<KeepLogsPorts, "contracts">,
  controller: ControllerId,
  now: Instant,
): Promise<boolean> {
  const place = await contracts.placeOf(unit, controller);
  const holds = await listHolds(unit, controller, "standing");
  return holds.some((hold) => hold.covers !== "person" && isInForce(hold, now, place));
}
