/** Deletions asked for in an application itself: each becomes an order with its 24-hour clock, once. @clause DB.D.self, D12.1, D12.2 */
import { createHash } from "node:crypto";
import type { Where } from "./propose-purges.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { insertTakenRequest } from "./store/forecasts.ts";

/** How many were new. The application may go on listing one: its key is remembered as a hash. @clause DB.D.self */
export async function takeUpRequests(ports: RetentionPorts, { controller, source }: Where): Promise<number> {
  const lifecycle = ports.sources.get(source)?.lifecycle;
  const requests = (await lifecycle?.deletionRequests?.(controller)) ?? [];
  let taken = 0;
  for (const { id, account, requestedAt, requestedBy } of requests) {
    const [facts] = (await lifecycle?.factsOf(controller, [account])) ?? [];
    const isNew = await ports.unitOfWork.transaction(async (unit) => {
      const request = createHash("sha256").update(`${source}\n${id}`).digest("hex");
      const takenAt = ports.clock.now();
      if (!(await insertTakenRequest(unit, { controller, source, request, takenAt }))) return false;
      const subject = await ports.subjects.identify(unit, controller, account);
      await ports.events.emit(unit, "account.deletionRequested", {
        controller,
        subject,
        origin: facts?.origin ?? "outsideGar",
        ground: "account-deleted",
        requestedBy,
        requestedAt,
      });
      return true;
    });
    if (isNew) taken += 1;
  }
  return taken;
}
