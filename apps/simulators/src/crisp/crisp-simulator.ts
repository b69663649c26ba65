/** The support desk as a simulator: Crisp's wire, an inbox, a chat box. */
import { millisOf, systemClock } from "@preau/kernel";
import { makeFaults } from "../faults.ts";
import { listen } from "../listen.ts";
import type { Simulator, SimulatorOptions } from "../simulator.ts";
import { deskAddresses } from "./addresses.ts";
import { type Credentials, credentialsIn } from "./credentials.ts";
import { crispApplication } from "./crisp-application.ts";
import { deskDefects } from "./defects.ts";
import type { Desk } from "./desk.ts";
import { type HookTargets, makeHooks } from "./hooks.ts";

export const crispSimulator: Simulator = {
  id: "desk",
  port: 8704,
  start: async ({ port, dataFolder, environment }) => {
    const credentials = await credentialsIn({ dataFolder, environment });
    const faults = makeFaults(deskDefects);
    const now = () => millisOf(systemClock.now());
    const timers = new Set<NodeJS.Timeout>();
    const hooks = makeHooks({ credentials, faults, now, targets: targetsOf(environment, credentials) });
    let url = "";
    const desk: Desk = {
      websiteId: credentials.websiteId,
      pluginId: credentials.pluginId,
      url: () => url,
      ...{ now, faults, conversations: new Map(), people: new Map(), files: new Map() },
      emit: hooks.emit,
      later: (millis, act) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          act();
        }, millis);
        timers.add(timer);
      },
    };
    const running = await listen(crispApplication({ desk, hooks, credentials }), port);
    ({ url } = running);
    return {
      url,
      addresses: deskAddresses(url, credentials),
      stop: async () => {
        hooks.stop();
        for (const timer of timers) clearTimeout(timer);
        await running.stop();
      },
    };
  },
};

/** `off` for none; the hub, where nothing is said. */
function targetsOf(environment: SimulatorOptions["environment"], { urlKey }: Credentials): HookTargets {
  const hub = `http://127.0.0.1:${environment["PREAU_PORT"] ?? "8700"}/support/hooks/crisp`;
  const plugin = environment["PREAU_SIM_DESK_HOOK"] ?? hub;
  const website = environment["PREAU_SIM_DESK_WEBSITE_HOOK"] ?? `${hub}?key=${urlKey}`;
  return {
    plugin: plugin === "off" ? undefined : plugin,
    website: website === "off" ? undefined : website,
  };
}
