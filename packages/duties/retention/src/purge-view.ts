/** What the page of one purge shows: its persons with today's facts and reasons, and the dry run over every store. */
import { dayIn, type LocalDate } from "@preau/calendar";
import { type ControllerId, type ErasurePlan, isFault, type PreauError, type SubjectId } from "@preau/kernel";
import type { AccountRule } from "./account-rule.ts";
import { judgePerson, type PersonNow, readPersonsNow, type Verdictum } from "./act-on-purge.ts";
import type { Decision } from "./effective-rule.ts";
import { fault } from "./errors.ts";
import { planStores, targetsOf } from "./plan-stores.ts";
import type { Purge, PurgeId, PurgePerson } from "./purge.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { readStanding } from "./retention-standing.ts";
import { delaysOf, erasureFigure, type StoreDelay } from "./retention-view.ts";
import { countPersons, personsOf, readPurge } from "./store/purges.ts";

export interface PersonToday {
  readonly subject: SubjectId;
  readonly verdict: Verdictum;
  readonly decision: Decision | undefined;
}

export interface PurgeView {
  readonly purge: Purge;
  readonly rules: readonly AccountRule[];
  readonly waiting: number;
  /** The first of them, as their store tells them today; undefined when it does not answer. */
  readonly persons: readonly PersonToday[] | undefined;
  readonly dropped: readonly PurgePerson[];
  /** The dry run; undefined while nobody asked for it. */
  readonly plans: readonly ErasurePlan[] | PreauError | undefined;
  /** Every store that it reaches, with its documented delay. */
  readonly stores: readonly StoreDelay[];
  readonly dayOf: (when: Parameters<typeof dayIn>[1]) => LocalDate;
}

/** A purge of that controller. @throws RETENTION_NO_PURGE */
export async function findPurge(
  ports: Pick<RetentionPorts, "unitOfWork">,
  controller: ControllerId,
  id: PurgeId,
): Promise<Purge> {
  const purge = await ports.unitOfWork.transaction((unit) => readPurge(unit, controller, id));
  if (purge === undefined) throw fault("RETENTION_NO_PURGE", { place: id });
  return purge;
}

/** Persons that one page shows. */
export const SHOWN = 50;
const DROPPED = 200;
/** Up to so many persons the dry run is made without being asked for. */
const PLANNED_UNASKED = 100;

export async function readPurgeView(
  ports: RetentionPorts,
  purge: Purge,
  { plan }: { readonly plan: boolean },
): Promise<PurgeView> {
  const { controller } = purge;
  const read = await ports.unitOfWork.transaction(async (unit) => {
    const counts = await countPersons(unit, purge);
    return {
      standing: await readStanding(unit, ports, {
        controller,
        source: ports.sources.get(purge.source)?.source,
      }),
      waiting: counts.reduce((sum, each) => sum + (each.state === "waiting" ? each.persons : 0), 0),
      dropped: (await personsOf(unit, purge, { limit: DROPPED * 2 }))
        .filter(({ state }) => state === "moved" || state === "held" || state === "kept")
        .slice(0, DROPPED),
      subjects: (await personsOf(unit, purge, { state: "waiting" })).map(({ subject }) => subject),
    };
  });
  const { standing } = read;
  const now = await personsNow(ports, purge);
  const persons = now?.map(
    (each): PersonToday => ({
      subject: each.person.subject,
      verdict: judgePerson(purge, each, standing),
      decision:
        typeof each.facts === "string"
          ? undefined
          : standing.decide(each.facts, standing.holdsOf(each.person.subject)),
    }),
  );
  const planned = plan || (read.waiting > 0 && read.waiting <= PLANNED_UNASKED);
  return {
    purge,
    rules: standing.rules,
    waiting: read.waiting,
    persons,
    dropped: read.dropped,
    plans: planned ? await dryRun(ports, purge, read.subjects) : undefined,
    stores: delaysOf(ports, controller, erasureFigure(ports, controller)),
    dayOf: (when) => dayIn(standing.place.zone, when),
  };
}

async function personsNow(ports: RetentionPorts, purge: Purge): Promise<readonly PersonNow[] | undefined> {
  if (purge.state !== "proposed" && purge.state !== "approved") return [];
  try {
    return await readPersonsNow(ports, purge, { limit: SHOWN });
  } catch (error) {
    ports.log.warn("retention.storeSilent", { source: purge.source, code: codeIn(error) });
    return undefined;
  }
}

/** A store's refusal is an answer: what would stop the purge is shown before it is approved. */
async function dryRun(
  ports: RetentionPorts,
  { controller, ground }: Purge,
  subjects: readonly SubjectId[],
): Promise<readonly ErasurePlan[] | PreauError> {
  try {
    const targets = await ports.unitOfWork.transaction((unit) =>
      targetsOf(ports, unit, controller, subjects),
    );
    return await planStores(ports.sources, targets, { controller, ground });
  } catch (error) {
    if (!isFault(error)) throw error;
    return error;
  }
}

function codeIn(error: unknown): string {
  return isFault(error) ? error.code : "UNEXPECTED";
}
