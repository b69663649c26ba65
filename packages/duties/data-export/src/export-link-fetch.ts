/** A download by link: claimed, kept alive, ended. Every one is written down, the whole one ends the link. @clause D10.1a */
import { addMillis, type Unit } from "@preau/kernel";
import { enqueueDestruction } from "./destroy-exports.ts";
import { fault } from "./errors.ts";
import { linkHash } from "./export-link.ts";
import { type ExportOrder, isThere } from "./export-order.ts";
import { recordActivity } from "./export-order-events.ts";
import type { ExportPorts } from "./export-ports.ts";
import { tellProgress } from "./export-progress.ts";
import type { ExportOptions } from "./options.ts";
import {
  endFetch,
  type Fetch,
  type FetchId,
  insertFetch,
  type LinkedOrder,
  lockLinked,
  orderOfLink,
} from "./store/fetches.ts";
import { updateOrder } from "./store/orders.ts";

export interface Claim {
  readonly order: ExportOrder;
  readonly fetch: FetchId;
}

/**
 * Whoever looks at a link changes nothing. Used, over and unknown are one answer.
 * @throws EXPORT_NO_LINK
 */
export async function lookAtLink(ports: ExportPorts, token: string): Promise<ExportOrder> {
  return ports.unitOfWork.transaction((unit) => requireLink(unit, ports, token, { lock: false }));
}

/** @throws EXPORT_NO_LINK, EXPORT_LINK_BUSY while somebody else downloads */
export async function claimLink(
  ports: ExportPorts,
  options: Pick<ExportOptions, "silentSeconds">,
  token: string,
): Promise<Claim> {
  const fetch = ports.ids.next("fch");
  const now = ports.clock.now();
  const claimed = await ports.unitOfWork.transaction(async (unit) => {
    const order = await requireLink(unit, ports, token, { lock: true });
    if (order.claim !== undefined && order.claimUntil !== undefined && order.claimUntil > now) {
      await recordActivity(unit, ports, order, { type: "data-export.downloadRefused" });
      return undefined;
    }
    if (order.claim !== undefined) await close(unit, ports, order, { fetch: order.claim, outcome: "broken" });
    await updateOrder(unit, order, {
      claim: fetch,
      claimUntil: addMillis(now, options.silentSeconds * 1_000),
    });
    await insertFetch(unit, order, { id: fetch, begunAt: now });
    await recordActivity(unit, ports, order, { type: "data-export.downloadStarted", payload: { fetch } });
    return order;
  });
  if (claimed === undefined) throw fault("EXPORT_LINK_BUSY");
  return { order: claimed, fetch };
}

/** Bytes flow: the claim goes on. False when it is somebody else's by now. */
export function keepClaim(
  ports: ExportPorts,
  { silentSeconds }: Pick<ExportOptions, "silentSeconds">,
  { order, fetch }: Claim,
): Promise<boolean> {
  return ports.unitOfWork.transaction(async (unit) => {
    const now = await lockLinked(unit, order);
    if (now?.claim !== fetch) return false;
    const claimUntil = addMillis(ports.clock.now(), silentSeconds * 1_000);
    await updateOrder(unit, now, { claimUntil });
    return true;
  });
}

/**
 * The end of a download. A whole one uses the link up, and the package goes when the link would have ended; one that broke
 * off leaves it as it was.
 * @clause D10.1a
 */
export async function endDownload(
  ports: ExportPorts,
  { order, fetch }: Claim,
  outcome: "complete" | "broken",
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const now = await lockLinked(unit, order);
    if (now?.claim !== fetch) return;
    await close(unit, ports, now, { fetch, outcome });
    if (outcome === "broken") return;
    const { linkUntil, destroyBy } = now;
    const earlier =
      linkUntil !== undefined && (destroyBy === undefined || linkUntil < destroyBy) ? linkUntil : destroyBy;
    await updateOrder(unit, now, {
      ...{ state: "fetched", fetchedAt: ports.clock.now(), link: null },
      ...(earlier === undefined ? {} : { destroyBy: earlier }),
    });
    await enqueueDestruction(unit, ports, { ...now, destroyBy: earlier });
    await tellProgress(unit, ports, now, "fetched");
  });
}

async function close(
  unit: Unit,
  ports: ExportPorts,
  order: LinkedOrder,
  { fetch, outcome }: { readonly fetch: FetchId; readonly outcome: Exclude<Fetch["outcome"], "running"> },
): Promise<void> {
  await updateOrder(unit, order, { claim: null, claimUntil: null });
  await endFetch(unit, order.controller, { id: fetch, endedAt: ports.clock.now(), outcome });
  const type = outcome === "complete" ? "data-export.downloaded" : "data-export.downloadBroken";
  await recordActivity(unit, ports, order, { type, payload: { fetch } });
}

async function requireLink(
  unit: Unit,
  ports: ExportPorts,
  token: string,
  { lock }: { readonly lock: boolean },
): Promise<LinkedOrder> {
  const hash = linkHash(token);
  const order = hash === undefined ? undefined : await orderOfLink(unit, hash, { lock });
  const now = ports.clock.now();
  const isGood =
    order !== undefined &&
    isThere(order, now) &&
    !order.restricted &&
    order.linkUntil !== undefined &&
    now <= order.linkUntil;
  if (!isGood) throw fault("EXPORT_NO_LINK");
  return order;
}
