/**
 * Destroys what is left of an export: link, file, parts, passphrase, and the key that sealed them. By its time, when it was
 * cancelled, when it failed. Killed in the middle it goes on at the next try.
 * @clause D10.1a, D6.2c
 */
import { addMillis, type Instant, type Unit } from "@preau/kernel";
import { type ExportOrder, isThere } from "./export-order.ts";
import { recordEvidence } from "./export-order-events.ts";
import { ordersOnDisk, removeFiles } from "./export-order-folder.ts";
import { destroyKey } from "./export-order-keys.ts";
import type { ExportPorts } from "./export-ports.ts";
import { tellProgress } from "./export-progress.ts";
import type { ExportOptions } from "./options.ts";
import { lockOrder, readOrder, updateOrder } from "./store/orders.ts";

export const DESTROY = "data-export.destroy";

/** The end binds: the job comes a little before it, and has tries left. */
export const AHEAD_MS = 15 * 60_000;
/** A worker that was overtaken may still have written: looked at again when every lease is over. */
const AGAIN_MS = 10 * 60_000;

type Whose = Pick<ExportOrder, "controller" | "id">;

/** By its end, or at once and a second time where it has none. */
export async function enqueueDestruction(
  unit: Unit,
  { jobs, clock }: Pick<ExportPorts, "clock" | "jobs">,
  { controller, id, destroyBy }: Whose & { readonly destroyBy?: Instant | undefined },
): Promise<void> {
  const now = clock.now();
  const moments =
    destroyBy === undefined ? [now, addMillis(now, AGAIN_MS)] : [addMillis(destroyBy, -AHEAD_MS)];
  for (const runAt of moments)
    await jobs.enqueue(unit, {
      ...{ name: DESTROY, controller, key: `${id}.${runAt}`, payload: { order: id }, runAt },
      priority: 20,
    });
}

/** What the job does: an order that is not due is left alone. @clause D10.1a */
export async function destroyWhenDue(
  ports: ExportPorts,
  options: ExportOptions,
  whose: Whose,
): Promise<void> {
  const due = await ports.unitOfWork.transaction(async (unit) => {
    const order = await lockOrder(unit, whose.controller, whose.id);
    if (order === undefined) return true;
    const { state, destroyBy } = order;
    if (state === "ordered" || state === "running") return false;
    if (!isThere(order, ports.clock.now())) return true;
    if (destroyBy !== undefined && addMillis(destroyBy, -AHEAD_MS) > ports.clock.now()) return false;
    // First it is nobody's to fetch any more.
    await updateOrder(unit, order, { state: "destroyed", link: null, claim: null });
    await recordEvidence(unit, ports, order, { type: "data-export.destroyed" });
    if (state === "ready") await tellProgress(unit, ports, order, "cancelled");
    return true;
  });
  if (due) await removeExport(ports, options, whose);
  await sweepFolder(ports, options);
}

/** File, parts and key of an order that is over, and says so. */
export async function removeExport(ports: ExportPorts, options: ExportOptions, whose: Whose): Promise<void> {
  await removeFiles(options, whose.id);
  await destroyKey(ports, [whose]);
  await ports.unitOfWork.transaction(async (unit) => {
    const order = await lockOrder(unit, whose.controller, whose.id);
    if (order === undefined || order.overAt !== undefined) return;
    const ended = { link: null, claim: null, passphrase: null, overAt: ports.clock.now() } as const;
    if (order.state === "ready" || order.state === "fetched") {
      await updateOrder(unit, order, { ...ended, state: "destroyed" });
      await recordEvidence(unit, ports, order, { type: "data-export.destroyed" });
    } else await updateOrder(unit, order, ended);
  });
}

/** Files of orders that are over, or that nobody knows: a run was killed between two steps. */
async function sweepFolder(ports: Pick<ExportPorts, "unitOfWork">, options: ExportOptions): Promise<void> {
  for (const id of await ordersOnDisk(options)) {
    const order = await ports.unitOfWork.transaction((unit) => readOrder(unit, "all", id));
    const lives =
      order !== undefined &&
      order.state !== "destroyed" &&
      order.state !== "failed" &&
      order.state !== "cancelled";
    if (!lives) await removeFiles(options, id);
  }
}
