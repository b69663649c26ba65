/**
 * Everybody of a contract that has ended is erased, in batches: each an ordinary erasure under the ground contract-end, with
 * its own receipt. The order and the place in the list are written together, so that a crash leaves both or neither. Whom
 * a law keeps stays, and is said. @clause D6.2c
 */

import type { ContractEnd, Erasing } from "./contract-end.ts";
import type { Left } from "./contract-end-certificate.ts";
import { type NamedPerson, namingStores, pageOfPersons } from "./contract-end-persons.ts";
import type { ErasureId } from "./erasure.ts";
import { fault } from "./errors.ts";
import type { Hold } from "./hold.ts";
import { orderErasure } from "./order-erasure.ts";
import { putOff } from "./put-off.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { readStanding } from "./retention-standing.ts";
import { runErasure } from "./run-erasure.ts";
import { saveEnd } from "./store/contract-ends.ts";
import { readErasure } from "./store/erasures.ts";

export interface EraseEverybody {
  readonly batchPersons: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs what is ordered, then orders and runs the next batch; the walk as it stands after one batch, and whether all are
 * done.
 * @throws RETENTION_STORE_FAILED while a store fails, RETENTION_RUN_OVERTAKEN
 */
export async function eraseNextBatch(
  ports: RetentionPorts,
  end: ContractEnd,
  { batchPersons, signal }: EraseEverybody,
): Promise<{ readonly end: ContractEnd; readonly done: boolean }> {
  const { controller } = end;
  const erasing = end.facts.erasing ?? {
    beganAt: ports.clock.now(),
    cursors: {},
    erasures: [],
    persons: 0,
    held: [],
  };
  const last = erasing.erasures.at(-1);
  if (last !== undefined) await runToItsReceipt(ports, end, last, signal);
  const store = namingStores(ports, controller).find((each) => erasing.cursors[each] !== null);
  if (store === undefined) return { end, done: true };
  const after = erasing.cursors[store] ?? undefined;
  const page = await pageOfPersons(ports, { controller, store, after, limit: batchPersons });
  const { going, held } = await withoutHeld(ports, controller, page.persons);
  const firsts = going.filter(({ named }) => !named);
  const saved = await ports.unitOfWork.transaction(async (unit) => {
    const subjects = [...new Set(going.map(({ subject }) => subject))];
    const given = end.facts.confirmed;
    const erasure =
      subjects.length === 0
        ? undefined
        : await orderErasure(
            unit,
            ports,
            {
              controller,
              subjects,
              ground: "contract-end",
              requestedBy: given?.by ?? "system",
              requestedAt: ports.clock.now(),
              ...(given === undefined ? {} : { instruction: given.instruction }),
            },
            { by: "caller" },
          );
    return saveEnd(unit, end, {
      facts: {
        ...end.facts,
        erasing: {
          ...erasing,
          cursors: { ...erasing.cursors, [store]: page.cursor },
          erasures: erasure === undefined ? erasing.erasures : [...erasing.erasures, erasure],
          persons: erasing.persons + new Set(firsts.map(({ subject }) => subject)).size,
          held: addHeld(erasing.held, held),
        },
      },
    });
  });
  return { end: saved, done: false };
}

/** @throws NotYet where a store may not be asked before, RETENTION_STORE_FAILED while it cannot be closed: it stays open, and is tried again */
async function runToItsReceipt(
  ports: RetentionPorts,
  { controller }: ContractEnd,
  id: ErasureId,
  signal: AbortSignal | undefined,
): Promise<void> {
  const known = await ports.unitOfWork.transaction((unit) => readErasure(unit, controller, id));
  if (known === undefined || known.state === "closed") return;
  const outcome = await runErasure(
    ports,
    { id, controller },
    { sources: ports.sources, ...(signal === undefined ? {} : { signal }) },
  );
  if (outcome.closed) return;
  const later = putOff(outcome);
  if (later !== undefined) throw later;
  const [first] = outcome.failed;
  throw fault("RETENTION_STORE_FAILED", {
    place: first?.store,
    clause: "D6.2c",
    log: { erasure: id, code: first?.code ?? "" },
    cause: outcome.cause,
  });
}

/** Only a law keeps what a contract's end erases: every other hold was the client's own, and it has chosen since. */
export async function withoutHeld(
  ports: RetentionPorts,
  controller: ContractEnd["controller"],
  persons: readonly NamedPerson[],
): Promise<{ readonly going: readonly NamedPerson[]; readonly held: readonly Hold[] }> {
  const standing = await ports.unitOfWork.transaction(async (unit) => {
    const all = await Promise.all(
      [...ports.sources.values()].map(({ source }) => readStanding(unit, ports, { controller, source })),
    );
    return (subject: NamedPerson["subject"]) =>
      all.flatMap((each) => each.holdsOf(subject)).find(({ lawful }) => lawful);
  });
  const going: NamedPerson[] = [];
  const held: Hold[] = [];
  for (const person of persons) {
    const hold = standing(person.subject);
    if (hold === undefined) going.push(person);
    else if (!person.named) held.push(hold);
  }
  return { going, held };
}

function addHeld(known: Erasing["held"], more: readonly Hold[]): Erasing["held"] {
  const counts = new Map(known.map((each) => [each.hold, each]));
  for (const { id, basis, until } of more) {
    const before = counts.get(id);
    counts.set(id, {
      hold: id,
      basis,
      ...(until === undefined ? {} : { until }),
      persons: (before?.persons ?? 0) + 1,
    });
  }
  return [...counts.values()];
}

/** Persons with an account and known persons that are left, each once, and those of them whom no law keeps now. */
export async function countLeft(ports: RetentionPorts, end: ContractEnd, page: number): Promise<Left> {
  let [free, kept] = [0, 0];
  for (const store of namingStores(ports, end.controller)) {
    for (let after: string | undefined; ; ) {
      const { persons, cursor } = await pageOfPersons(ports, {
        controller: end.controller,
        store,
        after,
        limit: page,
        looking: true,
      });
      const { going, held } = await withoutHeld(ports, end.controller, persons);
      free += going.filter(({ named }) => !named).length;
      kept += held.length;
      if (cursor === null) break;
      after = cursor;
    }
  }
  return { persons: free + kept, free };
}
