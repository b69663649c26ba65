/** The publisher asks to observe practices, changes what it asks for, or asks no more. @clause S14 */
import type { ControllerId, InstructionGiver } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { InstructionsPorts } from "./instructions-ports.ts";
import { type Observation, type ObservationId, type ObservationTerms, shownHash } from "./observation.ts";
import { MOST_FIELDS, unknownField } from "./observation-fields.ts";
import { telling } from "./raise-flag.ts";
import { openWords, sealWords } from "./sealed-words.ts";
import {
  answerObservation,
  findObservation,
  insertObservation,
  rewriteObservation,
  type SealedObservation,
} from "./store/observation-rows.ts";

export const OBSERVATION_LINK = "instructions.observation";
const MOST_PURPOSE = 2_000;
const MOST_CAPACITY = 200;

export interface NewObservation extends ObservationTerms {
  readonly controller: ControllerId;
  readonly by: InstructionGiver;
}

/** @throws INSTRUCTIONS_BAD_OBSERVATION naming the field, INSTRUCTIONS_NO_CONTROLLER @clause S14 */
export async function askObservation(
  ports: InstructionsPorts,
  asked: NewObservation,
): Promise<ObservationId> {
  const terms = readTerms(ports, asked);
  const id = ports.ids.next("obs");
  const { controller, by } = asked;
  const words = await sealTerms(ports, controller, id, terms);
  await ports.unitOfWork.transaction(async (unit) => {
    if ((await ports.contracts.controller(unit, controller)) === undefined)
      throw fault("INSTRUCTIONS_NO_CONTROLLER", { clause: "S14" });
    await insertObservation(unit, {
      ...{ ...terms, id, controller, words, hash: shownHash(id, terms) },
      ...{ askedBy: by.role, askedAt: ports.clock.now(), state: "asked" },
    });
    await journal(unit, ports, { id, controller, by, terms }, "instructions.observationAsked");
    await ports.jobs.enqueue(unit, telling("observation", { controller, id }));
  });
  return id;
}

/**
 * What was shown before can be approved no more: its hash is another, and its links are dead.
 * @throws INSTRUCTIONS_NO_OBSERVATION, INSTRUCTIONS_OBSERVATION_ANSWERED, INSTRUCTIONS_BAD_OBSERVATION
 * @clause S14
 */
export async function changeObservation(
  ports: InstructionsPorts,
  { id, ...asked }: NewObservation & { readonly id: ObservationId },
): Promise<void> {
  const terms = readTerms(ports, asked);
  const { controller, by } = asked;
  const words = await sealTerms(ports, controller, id, terms);
  await ports.unitOfWork.transaction(async (unit) => {
    const found = await lockAsked(unit, controller, id);
    await rewriteObservation(
      unit,
      { ...found, ...terms, words, hash: shownHash(id, terms) },
      ports.clock.now(),
    );
    await ports.links.kill(unit, controller, id, OBSERVATION_LINK);
    await journal(unit, ports, { id, controller, by, terms }, "instructions.observationChanged");
    await ports.jobs.enqueue(unit, telling("observation", { controller, id }));
  });
}

/** @throws INSTRUCTIONS_NO_OBSERVATION, INSTRUCTIONS_OBSERVATION_ANSWERED @clause S14 */
export async function withdrawObservation(
  ports: InstructionsPorts,
  { controller, id, by }: Pick<NewObservation, "controller" | "by"> & { readonly id: ObservationId },
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    await lockAsked(unit, controller, id);
    await answerObservation(
      unit,
      { id, controller },
      { state: "withdrawn", by: by.role, at: ports.clock.now() },
    );
    await ports.links.kill(unit, controller, id, OBSERVATION_LINK);
    await journal(unit, ports, { id, controller, by }, "instructions.observationWithdrawn");
  });
}

type Unit = Parameters<Parameters<InstructionsPorts["unitOfWork"]["transaction"]>[0]>[0];

/** @throws INSTRUCTIONS_NO_OBSERVATION, INSTRUCTIONS_OBSERVATION_ANSWERED */
export async function lockAsked(
  unit: Unit,
  controller: ControllerId,
  id: ObservationId,
): Promise<SealedObservation> {
  const found = await findObservation(unit, controller, id, "lock");
  if (found === undefined) throw fault("INSTRUCTIONS_NO_OBSERVATION", { clause: "S14" });
  if (found.state !== "asked") throw fault("INSTRUCTIONS_OBSERVATION_ANSWERED", { clause: "S14", place: id });
  return found;
}

/** Undefined when the controller's key is gone. */
export async function openObservation(
  ports: Pick<InstructionsPorts, "vault">,
  { words, ...rest }: SealedObservation,
): Promise<Observation | undefined> {
  const text = await openWords(ports, rest.controller, words, contextOf(rest.id));
  if (text === undefined) return undefined;
  const { purpose, capacity } = JSON.parse(text) as Pick<Observation, "purpose" | "capacity">;
  return { ...rest, purpose, capacity };
}

function sealTerms(
  ports: Pick<InstructionsPorts, "vault">,
  controller: ControllerId,
  id: ObservationId,
  { purpose, capacity }: ObservationTerms,
): Promise<Buffer> {
  return sealWords(ports, controller, JSON.stringify({ purpose, capacity }), contextOf(id));
}

function contextOf(id: ObservationId): string {
  return `ins_observation ${id}`;
}

/** @throws INSTRUCTIONS_BAD_OBSERVATION naming the field @clause S14 */
function readTerms(ports: InstructionsPorts, asked: NewObservation): ObservationTerms {
  const bad = (place: string) => fault("INSTRUCTIONS_BAD_OBSERVATION", { place, clause: "S14" });
  const purpose = asked.purpose.replaceAll("\r\n", "\n").trim();
  const capacity = asked.capacity.trim();
  const { product, startsAt, endsAt, controller } = asked;
  const fields = [...new Set(asked.fields)].sort();
  if (!ports.agreements.of(controller).products.some(({ id }) => id === product)) throw bad("product");
  if (purpose === "" || purpose.length > MOST_PURPOSE) throw bad("purpose");
  if (capacity === "" || capacity.length > MOST_CAPACITY || capacity.includes("@")) throw bad("capacity");
  if (endsAt <= startsAt || endsAt <= ports.clock.now()) throw bad("endsOn");
  if (fields.length === 0 || fields.length > MOST_FIELDS) throw bad("fields");
  if (unknownField(ports, controller, fields) !== undefined) throw bad("fields");
  return { product, purpose, capacity, fields, startsAt, endsAt };
}

interface Deed {
  readonly id: ObservationId;
  readonly controller: ControllerId;
  readonly by: InstructionGiver;
  readonly terms?: ObservationTerms;
}

async function journal(
  unit: Unit,
  ports: Pick<InstructionsPorts, "journal">,
  { id, controller, by, terms }: Deed,
  type: string,
): Promise<void> {
  const { product, fields, startsAt, endsAt } = terms ?? {};
  await ports.journal.record(unit, {
    ...{ log: "evidence", type, clause: "S14", controller },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    payload: {
      observation: id,
      ...(terms === undefined || product === undefined || startsAt === undefined || endsAt === undefined
        ? {}
        : { product, fields: [...(fields ?? [])], startsAt, endsAt, hash: shownHash(id, terms) }),
    },
  });
}
