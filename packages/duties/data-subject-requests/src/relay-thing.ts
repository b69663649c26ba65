/** What is relayed, whichever it is: its row locked, until when its link may live, and what its relay is about. */
import type { Id, Instant, SubjectId, Unit } from "@preau/kernel";
import { answerDue } from "./clocks.ts";
import type { DeskPorts } from "./desk-ports.ts";
import type { InaccurateData } from "./inaccurate-data.ts";
import type { RelayedThing } from "./relay.ts";
import { isTakenBack, type Request } from "./request.ts";
import { lockInaccuracy } from "./store/inaccuracies.ts";
import { lockRequest, type RequestKey } from "./store/requests.ts";

export type Thing = { readonly id: RelayedThing; readonly controller: RequestKey["controller"] };

export type LockedThing = Thing & {
  /** It waits to be passed on. */
  readonly waits: boolean;
  readonly isOver: boolean;
  /** No link of it lives longer. */
  readonly until: Instant | undefined;
  readonly subject?: SubjectId | undefined;
} & (
    | { readonly request: Request; readonly report?: never }
    | { readonly request?: never; readonly report: InaccurateData }
  );

export function isReport(id: RelayedThing): id is Id<"inx"> {
  return id.startsWith("inx_");
}

/** Undefined for another controller's. */
export async function lockThing(
  unit: Unit,
  ports: Pick<DeskPorts, "agreements" | "clock" | "contracts">,
  { controller, id }: Thing,
): Promise<LockedThing | undefined> {
  if (isReport(id)) {
    const report = await lockInaccuracy(unit, controller, id);
    if (report === undefined) return undefined;
    // No clause sets a time for it: as long as the controller has for a request, from now.
    const until = await answerDue(unit, ports, controller, ports.clock.now());
    const { state, subject } = report;
    const isOver = state === "acknowledged";
    return { ...{ id, controller, waits: state === "noted", isOver, until, subject }, report };
  }
  const request = await lockRequest(unit, controller, id);
  if (request === undefined) return undefined;
  const { state, answerDueAt: until, subject } = request;
  // One that was taken back is told of until its link is over.
  const isOver = state === "closed" && !isTakenBack(request);
  return {
    ...{ id, controller, waits: state === "open", isOver, until, subject },
    request,
  };
}
