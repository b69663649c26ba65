/** The history of a controller: its instructions, out of the journal, where they cannot be rewritten. */
import type { ActorRole, ControllerId, EntryId, Instant, Journal, JsonObject, Unit } from "@preau/kernel";
import type { ContractId } from "./contract.ts";
import { type Deed, deeds, INSTRUCTION } from "./instruction.ts";

export interface RecordedInstruction {
  readonly id: EntryId;
  readonly deed: Deed;
  readonly clause?: string;
  readonly recordedAt: Instant;
  readonly actorRole: ActorRole;
  readonly actor?: string;
  readonly contract?: ContractId;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly reverts?: string;
}

interface InstructionQuery {
  readonly controller: ControllerId;
  readonly before?: EntryId;
  /** 50 by default, 1,000 at most. */
  readonly limit?: number;
}

/** Newest first. */
export async function instructionsOf(
  unit: Unit,
  journal: Journal,
  query: InstructionQuery,
): Promise<readonly RecordedInstruction[]> {
  const entries = await journal.entries(unit, { ...query, log: "evidence", type: INSTRUCTION });
  return entries.flatMap(({ id, clause, recordedAt, actorRole, actor, payload }) => {
    const deed = deeds.find((each) => each === payload?.["deed"]);
    if (payload === undefined || deed === undefined) return [];
    const { contract, before, after, reverts } = payload;
    return [
      {
        id,
        deed,
        recordedAt,
        actorRole,
        before: before as JsonObject,
        after: after as JsonObject,
        ...(clause === undefined ? {} : { clause }),
        ...(actor?.id === undefined ? {} : { actor: actor.id }),
        ...(typeof contract === "string" ? { contract: contract as ContractId } : {}),
        ...(typeof reverts === "string" ? { reverts } : {}),
      },
    ];
  });
}

/** One instruction of that controller. */
export async function findInstruction(
  unit: Unit,
  journal: Journal,
  controller: ControllerId,
  id: EntryId,
): Promise<RecordedInstruction | undefined> {
  for (let before: EntryId | undefined; ; ) {
    const page = await instructionsOf(unit, journal, {
      controller,
      limit: 1_000,
      ...(before === undefined ? {} : { before }),
    });
    const found = page.find((each) => each.id === id);
    if (found !== undefined || page.length === 0) return found;
    before = page.at(-1)?.id;
  }
}
