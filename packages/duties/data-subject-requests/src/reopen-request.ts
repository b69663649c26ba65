/** What was forwarded in vain is open again, under the clock that it had. @clause D10.1b */
import type { Unit } from "@preau/kernel";
import type { DeskPorts } from "./desk-ports.ts";
import { escalateLocked } from "./escalate.ts";
import { hasLeft } from "./relay.ts";
import { isTakenBack, type Request } from "./request.ts";
import { recordRequest } from "./request-journal.ts";
import { relaysOf } from "./store/relays.ts";
import { updateRequest } from "./store/requests.ts";

/** Of a request that the caller has locked. What the controller has opened, or holds on paper, stays where it is. @clause D10.1b */
export async function reopenLocked(
  unit: Unit,
  ports: DeskPorts,
  request: Request,
  outcome: "bounced" | "refused",
): Promise<void> {
  const { state, controller, id } = request;
  const isClosed = state === "closed" && isTakenBack(request);
  if (state !== "open" && state !== "forwarded" && !isClosed) return;
  if (hasLeft(await relaysOf(unit, controller, id))) return;
  const bounces = request.bounces + 1;
  const back = { state: "open", forwardedAt: null, forwardedBy: null, closedAt: null } as const;
  await updateRequest(unit, request, { ...back, bounces });
  if (state !== "open")
    await recordRequest(unit, ports, request, {
      type: "data-subject-requests.reopened",
      payload: { outcome, forwardDueAt: request.forwardDueAt },
    });
  const { forwardedAt: _at, forwardedBy: _by, closedAt: _over, ...rest } = request;
  const cause = outcome === "bounced" ? "bounced" : "notAccepted";
  await escalateLocked(unit, ports, { ...rest, state: "open", bounces }, { cause });
}
