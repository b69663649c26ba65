/**
 * The walk of a contract's end, from wherever it stands as far as it can go. Every step asks first whether the contract has
 * really ended; a step that is killed is taken again, and twice is once. @clause D6.2c, S10
 */
import { addMillis, type Instant, isFault } from "@preau/kernel";
import { type ContractEnd, handsBack, isLive, isReversible, type StopReason } from "./contract-end.ts";
import { certifyContractEnd } from "./contract-end-certificate.ts";
import { type EndStanding, standingOfEnd } from "./contract-end-check.ts";
import { type EndRef, enqueueEnd, instruct, takeLive } from "./contract-end-choose.ts";
import { areClosed, closeDoors, reopenDoors } from "./contract-end-doors.ts";
import { countLeft, eraseNextBatch } from "./contract-end-erase.ts";
import { planContractEnd } from "./contract-end-plan.ts";
import { periodEnd } from "./contract-end-terms.ts";
import { fault } from "./errors.ts";
import type { RetentionOptions } from "./options.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { handBackInto } from "./return-or-delete-hand-back.ts";
import { type EndChange, keepLease, leaseEnd, readEnd, saveEnd } from "./store/contract-ends.ts";

export interface Advanced {
  readonly end: ContractEnd;
  /** `waits` for that moment; `stopped` for a reason that somebody has to see to; `certified`, `cancelled`: it is over;
   *  `busy`: another run has it. */
  readonly outcome: "waits" | "stopped" | "certified" | "cancelled" | "busy";
  readonly until?: Instant;
}

export interface AdvanceOptions extends Pick<RetentionOptions, "batchPersons"> {
  readonly signal?: AbortSignal | undefined;
}

/**
 * @throws RETENTION_NO_END, RETENTION_STORE_FAILED, RETENTION_HAND_BACK_FOLDER, RETENTION_RUN_OVERTAKEN: what was done
 *   stays done, and the next run goes on
 * @clause D6.2c, S10
 */
export async function advanceContractEnd(
  ports: RetentionPorts,
  of: Pick<ContractEnd, "controller" | "id">,
  options: AdvanceOptions,
): Promise<Advanced> {
  const { controller, id } = of;
  const lease = () => ({ now: ports.clock.now(), until: addMillis(ports.clock.now(), LEASE_MS) });
  const taken = await ports.unitOfWork.transaction((unit) => leaseEnd(unit, controller, id, lease()));
  if (taken === undefined) return { end: await readAgain(ports, of), outcome: "busy" };
  try {
    return await walk(ports, taken, options);
  } finally {
    // Whoever has overtaken this run has the lease by now.
    await ports.unitOfWork
      .transaction((unit) => keepLease(unit, taken, null))
      .catch((error: unknown) => {
        if (!isFault(error, "RETENTION_RUN_OVERTAKEN")) throw error;
      });
  }
}

async function walk(ports: RetentionPorts, taken: ContractEnd, options: AdvanceOptions): Promise<Advanced> {
  for (let end = taken; ; ) {
    options.signal?.throwIfAborted();
    await goOn(ports, end);
    if (!isLive(end)) return { end, outcome: end.state === "certified" ? "certified" : "cancelled" };
    const standing = await ports.unitOfWork.transaction((unit) => standingOfEnd(unit, ports, end));
    const next = await step(ports, end, standing, options);
    if ("outcome" in next) return next;
    end = next;
  }
}

/** A run that is killed lets go after that time; one that lives says so at every page. */
const LEASE_MS = 60_000;

/** @throws RETENTION_RUN_OVERTAKEN when somebody has decided otherwise since */
async function goOn(ports: RetentionPorts, end: ContractEnd): Promise<void> {
  const until = addMillis(ports.clock.now(), LEASE_MS);
  await ports.unitOfWork.transaction((unit) => keepLease(unit, end, until));
}

type Next = ContractEnd | Advanced;

async function step(
  ports: RetentionPorts,
  end: ContractEnd,
  standing: EndStanding,
  options: AdvanceOptions,
): Promise<Next> {
  if (end.state === "chosen" && !standing.ended && standing.endsAt !== undefined)
    return { end, outcome: "waits", until: standing.endsAt };
  if (isReversible(end)) {
    if (end.facts.withdrawn !== undefined) return cancel(ports, end, "withdrawn");
    if (standing.stop === "renewed") return cancel(ports, end, "renewed");
    if (standing.stop !== undefined) return standBack(ports, end, standing.stop);
  }
  switch (end.state) {
    case "chosen":
      return openWindow(ports, end, standing);
    case "window":
      return leaveWindow(ports, end, standing, options);
    case "handedBack":
      return beginErasing(ports, await settleWindow(ports, end, standing), standing);
    default:
      return eraseAndCertify(ports, end, standing, options);
  }
}

/** Another contract needs the service: the doors are given back, and all begins again once that one has ended. */
async function standBack(ports: RetentionPorts, end: ContractEnd, why: StopReason): Promise<Advanced> {
  if (end.state === "chosen") return stopped(ports, end, why);
  await reopenDoors(ports, end);
  const { choice, given, window, guard } = end.facts;
  const facts = {
    ...(choice === undefined ? {} : { choice }),
    ...(given === undefined ? {} : { given }),
    ...(window === undefined ? {} : { window }),
    ...(guard === undefined ? {} : { guard }),
    doors: [],
  };
  const saved = await ports.unitOfWork.transaction((unit) =>
    saveEnd(unit, end, { state: "chosen", stopped: why, facts }),
  );
  return { end: saved, outcome: "stopped" };
}

/** Doors closed, and the time counted from the contract's last day. @clause S10 */
async function openWindow(ports: RetentionPorts, end: ContractEnd, standing: EndStanding): Promise<Next> {
  const closed = await closeDoors(ports, end);
  const { endsAt = ports.clock.now(), place } = standing;
  const until = periodEnd(endsAt, closed.facts.window, { place, rounding: "right" });
  const facts = {
    ...closed.facts,
    windowFrom: ports.clock.now(),
    ...(until === undefined ? {} : { windowUntil: until }),
  };
  return ports.unitOfWork.transaction(async (unit) => {
    await ports.journal.record(unit, {
      log: "evidence",
      type: "retention.doorsClosed",
      clause: "S10",
      controller: end.controller,
      actor: { role: "system" },
      payload: { contract: end.contract, until: until ?? "", stores: doorsSaid(closed) },
    });
    const saved = await saveEnd(unit, closed, { state: "window", stopped: null, facts });
    if (until !== undefined) await enqueueEnd(unit, ports, saved, until);
    return saved;
  });
}

function doorsSaid({ facts }: ContractEnd) {
  return facts.doors.map(({ source, mechanism, closed }) => ({
    source,
    mechanism: mechanism?.en ?? "",
    closed,
  }));
}

async function leaveWindow(
  ports: RetentionPorts,
  before: ContractEnd,
  { stop, place, endsAt }: EndStanding,
  options: AdvanceOptions,
): Promise<Next> {
  let end = await settleWindow(ports, before, { place, endsAt });
  const { windowUntil } = end.facts;
  if (windowUntil !== undefined && ports.clock.now() < windowUntil)
    return { end, outcome: "waits", until: windowUntil };
  const { choice, out } = end.facts;
  if (choice === undefined) return stopped(ports, end, "noChoice");
  if (!handsBack(choice)) return beginErasing(ports, end, { ...(stop === undefined ? {} : { stop }) });
  if (out === undefined) return stopped(ports, end, "noFolder");
  end = await closeDoors(ports, end);
  const handBack = await handBackInto(ports, end, out, {
    signal: options.signal,
    mayGoOn: () => goOn(ports, end),
  });
  return ports.unitOfWork.transaction(async (unit) => {
    await ports.journal.record(unit, {
      log: "evidence",
      type: "retention.handedBack",
      clause: "D6.2c",
      controller: end.controller,
      actor: { role: "system" },
      payload: {
        contract: end.contract,
        manifest: handBack.manifest,
        persons: handBack.persons,
        rows: handBack.rows,
        files: handBack.files,
      },
    });
    return saveEnd(unit, end, { state: "handedBack", stopped: null, facts: { ...end.facts, handBack } });
  });
}

/** A window that was chosen anew while it lasted ends at its new time. */
async function settleWindow(
  ports: RetentionPorts,
  end: ContractEnd,
  { place, endsAt = ports.clock.now() }: Pick<EndStanding, "place" | "endsAt">,
): Promise<ContractEnd> {
  const until = periodEnd(endsAt, end.facts.window, { place, rounding: "right" });
  if (until === end.facts.windowUntil) return end;
  const { windowUntil: _, ...rest } = end.facts;
  const facts = { ...rest, ...(until === undefined ? {} : { windowUntil: until }) };
  return ports.unitOfWork.transaction(async (unit) => {
    const saved = await saveEnd(unit, end, { facts });
    if (until !== undefined) await enqueueEnd(unit, ports, saved, until);
    return saved;
  });
}

/** The last look before nothing can be taken back. */
async function beginErasing(
  ports: RetentionPorts,
  end: ContractEnd,
  { stop }: Pick<EndStanding, "stop">,
): Promise<Next> {
  if (stop !== undefined) return stopped(ports, end, stop);
  const { choice, acknowledged, confirmed, windowUntil } = end.facts;
  if (handsBack(choice) && acknowledged === undefined) return stopped(ports, end, "notAcknowledged");
  // It may have been chosen anew since the hand-back.
  if (windowUntil !== undefined && ports.clock.now() < windowUntil)
    return { end, outcome: "waits", until: windowUntil };
  if (confirmed === undefined) return stopped(ports, end, "notConfirmed");
  const closed = await closeDoors(ports, end);
  if (!areClosed(closed.facts.doors)) return stopped(ports, closed, "doorsRefused");
  return ports.unitOfWork.transaction(async (unit) => {
    await ports.journal.record(unit, {
      log: "evidence",
      type: "retention.contractEndErasing",
      clause: "D6.2c",
      controller: end.controller,
      actor: { role: confirmed.by },
      payload: { contract: end.contract, instruction: confirmed.instruction },
    });
    const erasing = { beganAt: ports.clock.now(), cursors: {}, erasures: [], persons: 0, held: [] };
    return saveEnd(unit, closed, { state: "erasing", stopped: null, facts: { ...closed.facts, erasing } });
  });
}

async function eraseAndCertify(
  ports: RetentionPorts,
  end: ContractEnd,
  { stop }: EndStanding,
  options: AdvanceOptions,
): Promise<Next> {
  if (stop !== undefined) return stopped(ports, end, stop);
  if (end.stopped === "somebodyLeft") return tryAgain(ports, end, options);
  const batch = await eraseNextBatch(ports, end, options);
  if (!batch.done) return batch.end;
  const left = await countLeft(ports, batch.end, options.batchPersons);
  // Certified, nobody could be erased any more: it stays open for those whom no law keeps.
  if (left.free > 0) return stopped(ports, batch.end, "somebodyLeft");
  await certifyContractEnd(ports, batch.end, left);
  return readAgain(ports, batch.end);
}

/** From the first store again, once one of those who are left may go, or nobody is left: else each look would file a receipt. */
async function tryAgain(ports: RetentionPorts, end: ContractEnd, options: AdvanceOptions): Promise<Next> {
  const { persons, held, blocked, refused } = await planContractEnd(ports, { ...end, end }, options);
  if (refused !== undefined || (persons > 0 && blocked >= persons)) return { end, outcome: "stopped" };
  const known = end.facts.erasing;
  if (known === undefined) return { end, outcome: "stopped" };
  // Whom a law kept until now was never counted among those who go.
  const released = Math.max(0, known.held.reduce((sum, each) => sum + each.persons, 0) - held);
  const gone = Math.max(0, known.persons - Math.max(0, persons - released));
  const erasing = { ...known, cursors: {}, held: [], persons: gone };
  return ports.unitOfWork.transaction((unit) =>
    saveEnd(unit, end, { stopped: null, facts: { ...end.facts, erasing } }),
  );
}

/**
 * Takes it back, as an instruction: the doors stand again as they stood, and nothing was erased.
 * @throws RETENTION_NO_END, RETENTION_END_OVER once the erasure has begun, RETENTION_NEEDS_INSTRUCTION
 * @clause S10, D6.2c
 */
export async function withdrawContractEnd(ports: RetentionPorts, of: EndRef): Promise<Advanced> {
  const end = await ports.unitOfWork.transaction(async (unit) => {
    const live = await takeLive(unit, of);
    const type = "retention.contractEndWithdrawn";
    const withdrawn = await instruct(unit, ports, { ...of, type }, { contract: live.contract });
    const saved = await saveEnd(unit, live, { facts: { ...live.facts, withdrawn } });
    await enqueueEnd(unit, ports, saved);
    return saved;
  });
  return cancel(ports, end, "withdrawn");
}

async function cancel(
  ports: RetentionPorts,
  end: ContractEnd,
  why: "renewed" | "withdrawn",
): Promise<Advanced> {
  const doors = await reopenDoors(ports, end);
  const stuck = doors.filter(({ closed }) => closed);
  if (stuck.length > 0) return stopped(ports, end, "doorsRefused");
  return ports.unitOfWork.transaction(async (unit) => {
    const now = ports.clock.now();
    await ports.journal.record(unit, {
      log: "evidence",
      type: "retention.contractEndCancelled",
      clause: "D6.2c",
      controller: end.controller,
      actor: { role: "system" },
      payload: { contract: end.contract, why, reopened: doors.map(({ source }) => source) },
    });
    const facts = {
      ...end.facts,
      cancelledWhy: why,
      doors: end.facts.doors.map((each) => ({ ...each, closed: each.before === "administratorsOnly" })),
    };
    const saved = await saveEnd(unit, end, { state: "cancelled", stopped: null, closedAt: now, facts });
    return { end: saved, outcome: "cancelled" } as const;
  });
}

async function stopped(ports: RetentionPorts, end: ContractEnd, why: StopReason): Promise<Advanced> {
  const change: EndChange = { stopped: why };
  const saved =
    end.stopped === why ? end : await ports.unitOfWork.transaction((unit) => saveEnd(unit, end, change));
  return { end: saved, outcome: "stopped" };
}

async function readAgain(
  ports: RetentionPorts,
  { controller, id }: Pick<ContractEnd, "controller" | "id">,
): Promise<ContractEnd> {
  const end = await ports.unitOfWork.transaction((unit) => readEnd(unit, controller, id));
  if (end === undefined) throw fault("RETENTION_NO_END", { place: id });
  return end;
}
