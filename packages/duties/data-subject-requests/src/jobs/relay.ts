/** Passing on, and reminding. */
import type { JobDefinition, RequestId } from "@preau/kernel";
import type { DeskPorts } from "../desk-ports.ts";
import type { RelayedThing } from "../relay.ts";
import { RELAY } from "../relay-enqueue.ts";
import { relayNews, relayWaiting } from "../relay-send.ts";
import { REMIND, remindController } from "../remind-controller.ts";

export function relayJobs(ports: DeskPorts): readonly JobDefinition[] {
  return [
    {
      name: RELAY,
      handler: async ({ controller, payload }) => {
        const id = thingIn(payload) as RelayedThing;
        const relay = payload["news"] === true ? relayNews : relayWaiting;
        const sent = await relay(ports, { controller, id });
        if (sent?.how === "byHand")
          ports.log.warn("data-subject-requests.byHand", { thing: id, why: sent.why });
      },
      attempts: 20,
    },
    {
      name: REMIND,
      handler: ({ controller, payload }) =>
        remindController(ports, controller, thingIn(payload) as RequestId),
    },
  ];
}

/** Payloads are ours: one that lacks it is a fault of the program. */
export function thingIn(payload: Readonly<Record<string, unknown>>): string {
  const thing = payload["thing"];
  if (typeof thing !== "string") throw new TypeError("the job names nothing");
  return thing;
}
