/** The SQL of lists out of the ledger. */
import { inUnit } from "@preau/database";
import type { Instant, InstructionKind, Unit } from "@preau/kernel";
import type { Instruction, InstructionState } from "../instruction.ts";
import { type InstructionRow, instructionOf, type LedgerScope } from "./instruction-rows.ts";

export interface LedgerQuery {
  readonly state?: InstructionState | undefined;
  readonly kind?: InstructionKind | undefined;
  /** Recorded before, for the next page. */
  readonly before?: Instant | undefined;
  /** Flagged ones count as in force where nothing holds them; the caller knows which agreement does. */
  readonly now: Instant;
  readonly limit: number;
}

/** Newest first. `held` is left to the caller: those that are flagged, and in force otherwise. */
export async function listInstructions(
  unit: Unit,
  scope: LedgerScope,
  { state, kind, before, now, limit }: LedgerQuery,
): Promise<readonly Instruction[]> {
  const query = inUnit(unit)("ins_instruction");
  if (scope !== "all") void query.where({ controller: scope });
  if (kind !== undefined) void query.where({ kind });
  if (before !== undefined) void query.where("recorded_at", "<", before);
  if (state === "revoked") void query.whereNotNull("revoked_at");
  else if (state !== undefined) void query.whereNull("revoked_at");
  if (state === "notYet") void query.where("starts_at", ">", now);
  if (state === "ended") void query.where("starts_at", "<=", now).where("ends_at", "<", now);
  if (state === "inForce" || state === "held") {
    void query.where("starts_at", "<=", now);
    void query.where((either) => void either.whereNull("ends_at").orWhere("ends_at", ">=", now));
  }
  if (state === "held") void query.whereNotNull("flagged_at");
  const rows = await query
    .orderBy("recorded_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .select<InstructionRow[]>();
  return rows.map(instructionOf);
}

/** Those with an end within that time, oldest end first: authorisations that somebody should think of renewing. */
export async function endingInstructions(
  unit: Unit,
  scope: LedgerScope,
  { now, before }: { readonly now: Instant; readonly before: Instant },
): Promise<readonly Instruction[]> {
  const query = inUnit(unit)("ins_instruction")
    .whereNull("revoked_at")
    .where("ends_at", ">=", now)
    .where("ends_at", "<", before)
    .whereIn("kind", ["reuseSample", "observePractices"]);
  if (scope !== "all") void query.where({ controller: scope });
  return (await query.orderBy("ends_at").limit(1_000).select<InstructionRow[]>()).map(instructionOf);
}
