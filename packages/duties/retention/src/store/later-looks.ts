/** Rows of the looks that wait for a store's documented delay. The controller is an argument of every query. */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  type Ground,
  type Instant,
  instant,
  type ReceiptId,
  type Unit,
} from "@preau/kernel";
import type { ErasureId } from "../erasure.ts";
import type { LaterLook } from "../later-look.ts";

interface Row {
  readonly receipt: string;
  readonly follow_up: string | null;
  readonly ground: string;
  readonly clause: string;
  readonly look_at: string;
}

export async function insertLaterLook(unit: Unit, look: LaterLook, sealedPlans: Uint8Array): Promise<void> {
  await inUnit(unit)("ret_later_look").insert({
    controller: look.controller,
    erasure: look.erasure,
    receipt: look.receipt,
    ground: look.ground,
    clause: look.clause,
    look_at: look.lookAt,
    sealed_plans: Buffer.from(sealedPlans),
  });
}

export async function readLaterLook(
  unit: Unit,
  controller: ControllerId,
  erasure: ErasureId,
): Promise<LaterLook | undefined> {
  const row = await inUnit(unit)("ret_later_look")
    .where({ controller, erasure })
    .first<Row | undefined>("receipt", "follow_up", "ground", "clause", "look_at");
  return (
    row && {
      controller,
      erasure,
      receipt: row.receipt as ReceiptId,
      ...(row.follow_up === null ? {} : { followUp: row.follow_up as ReceiptId }),
      ground: row.ground as Ground,
      clause: row.clause,
      lookAt: instant(row.look_at),
    }
  );
}

export async function readLaterPlans(
  unit: Unit,
  controller: ControllerId,
  erasure: ErasureId,
): Promise<Uint8Array | undefined> {
  const row = await inUnit(unit)("ret_later_look")
    .where({ controller, erasure })
    .first<{ sealed_plans: Uint8Array | null } | undefined>("sealed_plans");
  return row?.sealed_plans ?? undefined;
}

/** False when it was filed already: nothing was written then. */
export async function markLooked(
  unit: Unit,
  { controller, erasure }: LaterLook,
  looked: { readonly followUp: ReceiptId; readonly at: Instant },
): Promise<boolean> {
  const changed = await inUnit(unit)("ret_later_look")
    .where({ controller, erasure })
    .whereNull("follow_up")
    .update({ follow_up: looked.followUp, looked_at: looked.at, sealed_plans: null });
  return changed === 1;
}
