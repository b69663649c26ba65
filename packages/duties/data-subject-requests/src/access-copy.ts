/**
 * A copy for the person, or the data to take elsewhere: the controller's instruction lets a package be ordered, and what becomes
 * of the package is noted on the request. It is handed to the controller, who answers. @clause D10.1a, D10.1c
 */
import type { PreauEvents, Unit } from "@preau/kernel";
import type { Action } from "./execute-action.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import { endAction } from "./execute-settle.ts";
import type { Begun } from "./execute-task.ts";
import { lockActions, updateAction } from "./store/actions.ts";

export function beginCopy(): Begun {
  return { state: "waiting", verdict: "PENDING" };
}

/** Where the package is ordered, with what it is ordered for. Opaque ids alone. */
export function copyPath({
  matter,
  request,
  instruction,
  controller,
  subject,
}: Pick<Action, "controller" | "instruction" | "matter" | "request" | "subject">): string {
  const query = new URLSearchParams({
    what: "person",
    controller,
    kind: matter,
    about: request,
    instruction,
  });
  if (subject !== undefined) query.set("person", subject);
  return `/exports/new?${query.toString()}`;
}

const isOver = ({ state }: Action) => state === "ended" || state === "stopped";

/** @clause D10.1a */
export async function noteCopy(
  unit: Unit,
  ports: ExecutePorts,
  { controller, order, about, state }: PreauEvents["export.progressed"],
): Promise<void> {
  const actions = await lockActions(unit, controller, { request: about });
  for (const action of actions.filter(({ matter }) => matter === "access" || matter === "portability")) {
    const { thing } = action;
    // One that failed or was cancelled may be ordered again.
    const isOurs =
      thing === order || (state === "ordered" && (thing === undefined || action.why === "NOT_MADE"));
    if (!isOurs || isOver(action)) continue;
    if (state === "fetched") await endAction(unit, ports, action, { verdict: "PASS", why: "FETCHED" });
    else if (state === "failed" || state === "cancelled")
      await updateAction(unit, action, { state: "waiting", verdict: "FAILED", why: "NOT_MADE" });
    else
      await updateAction(unit, action, {
        ...{ state: "running", verdict: "PENDING", thing: order },
        why: state === "made" ? "MADE" : null,
      });
  }
}
