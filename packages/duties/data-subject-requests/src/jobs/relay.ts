/** Passing on, and reminding. */
import type { ControllerId, JobDefinition } from "@preau/kernel";
import type { DeskPorts } from "../desk-ports.ts";
import type { RelayedThing } from "../relay.ts";
import { RELAY } from "../relay-enqueue.ts";
import { relayWaiting } from "../relay-send.ts";
import { REMIND, remindController } from "../remind-controller.ts";

export function relayJobs(ports: DeskPorts): readonly JobDefinition[] {
  return [
    {
      name: RELAY,
      handler: async ({ controller, payload }) => {
        const id = thingIn<RelayedThing>(payload);
        const sent = await relayWaiting(ports, { controller, id });
        if (sent?.how === "byHand")
          ports.log.warn("data-subject-requests.byHand", { thing: id, why: sent.why });
      },
      attempts: 20,
    },
    {
      name: REMIND,
      handler: ({ controller, payload }) =>
        remindController(ports, controller as ControllerId, thingIn(payload)),
    },
  ];
}

/** Payloads are ours: one that lacks it is a fault of the program. */
export function thingIn<T extends string>(payload: Readonly<Record<string, unknown>>): T {
  const thing = payload["thing"];
  if (typeof thing !== "string") throw new TypeError("the job names nothing");
  return thing as T;
}
