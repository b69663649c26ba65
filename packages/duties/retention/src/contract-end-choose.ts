/**
 * What a person says of a contract's end: how it is to go, that the hand-over was received, that the erasure may begin,
 * that all of it is taken back. Each is a recorded instruction. @clause D6.2c, D6.1c
 */
import path from "node:path";
import type { ContractId, EndChoice } from "@preau/contracts";
import type { ControllerId, JsonObject, Unit } from "@preau/kernel";
import {
  type ContractEnd,
  type ContractEndId,
  type Given,
  handsBack,
  isLive,
  isReversible,
} from "./contract-end.ts";
import { standingOfEnd } from "./contract-end-check.ts";
import { endTermsOf, settlePeriod } from "./contract-end-terms.ts";
import type { PurgeDecider } from "./decide-purge.ts";
import { fault } from "./errors.ts";
import { wordOf } from "./ledger-word.ts";
import { NAMES_SOMEBODY } from "./place-hold.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { insertEnd, liveEnds, saveEnd, takeEnd } from "./store/contract-ends.ts";

export interface EndWishes {
  readonly controller: ControllerId;
  readonly contract: ContractId;
  readonly by: PurgeDecider;
  readonly choice?: EndChoice | undefined;
  /** Days, a formatted period, or `none`; the agreement's `otherwise` where nothing is given. */
  readonly window?: string | undefined;
  readonly guard?: string | undefined;
  /** Absolute folder of the hand-back. */
  readonly out?: string | undefined;
}

/** The jobs that carry it on. */
export const CONTRACT_END_JOB = "retention.contractEnd";

/**
 * Opens the end of a contract, or changes the one that lives; what is not given stays. The choice may be left open until
 * the contract's last day: what the contract itself says counts then.
 * @throws RETENTION_NO_CONTRACT, RETENTION_END_WITHOUT_DAY, RETENTION_END_BAD, RETENTION_END_OUTSIDE_BOUNDS,
 *   RETENTION_END_OVER, RETENTION_NEEDS_INSTRUCTION
 * @clause D6.2c
 */
export async function chooseContractEnd(
  unit: Unit,
  ports: RetentionPorts,
  wishes: EndWishes,
): Promise<ContractEnd> {
  const { controller, contract: id } = wishes;
  const { contract, place, endsAt } = await standingOfEnd(unit, ports, { controller, contract: id });
  if (endsAt === undefined) throw fault("RETENTION_END_WITHOUT_DAY", { clause: "D3" });
  const terms = endTermsOf(ports.agreements, controller);
  const found = (await liveEnds(unit, controller)).find((each) => each.contract === id);
  const live = found && (await takeEnd(unit, controller, found.id));
  if (live !== undefined && !isReversible(live)) throw fault("RETENTION_END_OVER", { clause: terms.clause });
  const before = live?.facts;
  const choice = wishes.choice ?? before?.choice ?? contract.atEnd;
  if (choice !== undefined && terms.offered?.includes(choice) === false)
    throw fault("RETENTION_END_BAD", { place: "choice", clause: terms.clause });
  const settle = (name: "window" | "guard") =>
    wishes[name] === undefined && before !== undefined
      ? before[name]
      : settlePeriod(terms[name], wishes[name], { from: endsAt, place, name });
  const [window, guard] = [settle("window"), settle("guard")];
  const out = wishes.out ?? before?.out;
  // Its manifest is recorded: nothing would be written into another folder.
  if ((live?.state === "handedBack" && out !== before?.out) || (out !== undefined && !path.isAbsolute(out)))
    throw fault("RETENTION_END_BAD", { place: "out", clause: terms.clause });
  const said = {
    ...(choice === undefined ? {} : { choice }),
    ...(window === undefined ? {} : { window }),
    ...(guard === undefined ? {} : { guard }),
  };
  const changed =
    before === undefined ||
    (["choice", "window", "guard"] as const).some((name) => before[name] !== said[name]);
  if (live !== undefined && !changed && out === before.out) return live;
  const {
    choice: _c,
    window: _w,
    guard: _g,
    windowUntil: _u,
    confirmed: _k,
    ...kept
  } = before ?? { doors: [] };
  const given = changed
    ? await instruct(unit, ports, { controller, by: wishes.by, type: CHOSEN }, { contract: id, ...said })
    : before.given;
  const facts = {
    ...kept,
    ...said,
    ...(out === undefined ? {} : { out }),
    ...(given === undefined ? {} : { given }),
  };
  const end: ContractEnd =
    live === undefined
      ? {
          id: ports.ids.next("end"),
          controller,
          contract: id,
          state: "chosen",
          run: 1,
          openedAt: ports.clock.now(),
          facts,
        }
      : await saveEnd(unit, live, { facts, stopped: null });
  if (live === undefined) await insertEnd(unit, end);
  await enqueueEnd(unit, ports, end, endsAt);
  return end;
}

/** The client has received what was handed back, and says so. @throws RETENTION_NO_END, RETENTION_END_TOO_EARLY */
export async function acknowledgeHandOver(
  unit: Unit,
  ports: RetentionPorts,
  of: EndRef,
): Promise<ContractEnd> {
  const end = await takeLive(unit, of);
  if (end.state !== "handedBack") throw fault("RETENTION_END_TOO_EARLY", { clause: "D6.2c" });
  const { handBack } = end.facts;
  const acknowledged = await instruct(
    unit,
    ports,
    { ...of, type: ACKNOWLEDGED },
    {
      contract: end.contract,
      manifest: handBack?.manifest ?? "",
      rows: handBack?.rows ?? 0,
    },
  );
  const saved = await saveEnd(unit, end, { facts: { ...end.facts, acknowledged }, stopped: null });
  await enqueueEnd(unit, ports, saved);
  return saved;
}

/**
 * Somebody has looked at what will go, and lets it go: nothing of a whole client is erased by a clock alone.
 * @throws RETENTION_NO_END, RETENTION_END_TOO_EARLY without a choice, or before what is returned was received
 */
export async function confirmErasure(unit: Unit, ports: RetentionPorts, of: EndRef): Promise<ContractEnd> {
  const end = await takeLive(unit, of);
  const { choice, acknowledged } = end.facts;
  const { ended } = await standingOfEnd(unit, ports, end);
  if (!ended || choice === undefined || (handsBack(choice) && acknowledged === undefined))
    throw fault("RETENTION_END_TOO_EARLY", { clause: "D6.2c" });
  const confirmed = await instruct(
    unit,
    ports,
    { ...of, type: CONFIRMED },
    { contract: end.contract, choice },
  );
  const saved = await saveEnd(unit, end, { facts: { ...end.facts, confirmed }, stopped: null });
  await enqueueEnd(unit, ports, saved);
  return saved;
}

export interface EndRef {
  readonly controller: ControllerId;
  readonly id: ContractEndId;
  readonly by: PurgeDecider;
}

const CHOSEN = "retention.contractEndChosen";
const ACKNOWLEDGED = "retention.handOverAcknowledged";
const CONFIRMED = "retention.contractEndConfirmed";

/** @throws RETENTION_NO_END, RETENTION_END_OVER once the erasure has begun */
export async function takeLive(
  unit: Unit,
  { controller, id }: Pick<EndRef, "controller" | "id">,
): Promise<ContractEnd> {
  const end = await takeEnd(unit, controller, id);
  if (end === undefined || !isLive(end)) throw fault("RETENTION_NO_END", { place: id });
  if (!isReversible(end)) throw fault("RETENTION_END_OVER", { place: id });
  return end;
}

/** The controller's own people give the instruction; anybody else says which one they were given. */
export async function instruct(
  unit: Unit,
  ports: Pick<RetentionPorts, "clock" | "ids" | "instructions" | "journal">,
  {
    controller,
    by,
    type,
  }: { readonly controller: ControllerId; readonly by: PurgeDecider; readonly type: string },
  payload: JsonObject,
): Promise<Given> {
  const reference = by.instructionReference?.trim() ?? "";
  const own = by.role === "controllerAdministrator" || by.role === "controllerDpo";
  if (reference.length > 200 || NAMES_SOMEBODY.test(reference) || (!own && reference === ""))
    throw fault("RETENTION_NEEDS_INSTRUCTION", { clause: "D6.1c" });
  const { contract } = payload;
  const instruction = await wordOf(unit, ports, {
    ...{ controller, clause: "D6.2c", by, kind: type === CONFIRMED ? "erase" : "register" },
    about: typeof contract === "string" ? [contract] : [],
  });
  const said = reference === "" ? {} : { reference };
  await ports.journal.record(unit, {
    log: "evidence",
    type,
    clause: "D6.2c",
    controller,
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    payload: { instruction, ...payload, ...said },
  });
  return { by: by.role, at: ports.clock.now(), instruction, ...said };
}

/** Carries it on at that moment, or now. */
export async function enqueueEnd(
  unit: Unit,
  ports: Pick<RetentionPorts, "clock" | "jobs">,
  { controller, id, run }: Pick<ContractEnd, "controller" | "id" | "run">,
  at?: string,
  key = `${id}.${run}`,
): Promise<void> {
  const now = ports.clock.now();
  await ports.jobs.enqueue(unit, {
    name: CONTRACT_END_JOB,
    controller,
    key,
    payload: { end: id },
    runAt: at !== undefined && at > now ? (at as typeof now) : now,
    priority: 50,
  });
}
