/**
 * The one link of a package: 256 random bits, of which the database keeps a hash. It is good once, until its time: the first
 * download that is whole uses it up; one that breaks off does not. Of several who press at once, one downloads.
 * @clause D10.1a, S7
 */
import { createHash, randomBytes } from "node:crypto";
import { addMillis, type ControllerId, type Instant } from "@preau/kernel";
import { AHEAD_MS } from "./destroy-exports.ts";
import { fault } from "./errors.ts";
import { type ExportId, isThere } from "./export-order.ts";
import { recordEvidence } from "./export-order-events.ts";
import type { ExportActor } from "./export-order-place.ts";
import { endsFrom } from "./export-periods.ts";
import type { ExportPorts } from "./export-ports.ts";
import { lockLinked } from "./store/fetches.ts";
import { updateOrder } from "./store/orders.ts";

export interface MadeLink {
  /** Path on the hub. A secret: shown once, never logged. */
  readonly path: string;
  readonly until: Instant;
}

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/**
 * Makes it, and the earlier one dies.
 * @throws EXPORT_NO_EXPORT, EXPORT_NOT_READY, EXPORT_RESTRICTED, AGREEMENT_NO_DURATION
 * @clause D10.1a
 */
export async function linkOf(
  ports: ExportPorts,
  {
    controller,
    id,
    by,
  }: { readonly controller: ControllerId; readonly id: ExportId; readonly by: ExportActor },
): Promise<MadeLink> {
  const token = randomBytes(32).toString("base64url");
  return ports.unitOfWork.transaction(async (unit) => {
    const order = await lockLinked(unit, { controller, id });
    if (order === undefined) throw fault("EXPORT_NO_EXPORT");
    const now = ports.clock.now();
    if (!isThere(order, now) || order.destroyBy === undefined) throw fault("EXPORT_NOT_READY", { place: id });
    if (order.restricted) throw fault("EXPORT_RESTRICTED", { clause: "D10.1a", place: id });
    const { linkUntil } = await endsFrom(unit, ports, controller, now);
    const end = addMillis(order.destroyBy, -AHEAD_MS);
    const until = linkUntil < end ? linkUntil : end;
    await updateOrder(unit, order, { link: hashOf(token), linkUntil: until, claim: null, claimUntil: null });
    await recordEvidence(unit, ports, order, { type: "data-export.linkMade", by, payload: { until } });
    return { path: `/exports/fetch/${token}`, until };
  });
}

/** Undefined for what is no token of ours. */
export function linkHash(token: string): string | undefined {
  return SHAPE.test(token) ? hashOf(token) : undefined;
}

function hashOf(token: string): string {
  return createHash("sha256").update("preau export link\0").update(token).digest("hex");
}
