/**
 * Where the desk's hooks come in: verified over their bytes, stored, answered. Nothing of them is in an answer, nor in a log: the
 * access log keeps the route's pattern, never an address.
 */
import type { WebHandler, WebRoute } from "@preau/web";
import { fault } from "../errors.ts";
import type { SupportBridgeOptions } from "../options.ts";
import { makeReceive } from "../receive-event.ts";
import { type HookPorts, receiveHook } from "../receive-hook.ts";

/** Bytes; Standard Webhooks' own advice is 20 kB. */
const MOST_BODY = 262_144;

export function hookRoutes(ports: HookPorts, options: SupportBridgeOptions): readonly WebRoute[] {
  const receive = makeReceive(ports);
  const handler: WebHandler = async (request, response) => {
    const { source } = ports.support;
    if (source === undefined || request.params["source"] !== source.name) throw fault("SUPPORT_NO_DESK");
    const { bytes: body, headers, query } = request;
    const outcome = await receiveHook(ports, options, source, receive, { body, headers, query });
    response.json({ outcome });
  };
  return [
    {
      method: "post",
      path: "/support/hooks/:source",
      who: "anyone",
      clause: "DC",
      csrfExempt: "a desk's server calls it, with a signature instead of a session",
      forMachines: true,
      body: "raw",
      bodyLimit: MOST_BODY,
      handler,
    },
  ];
}
