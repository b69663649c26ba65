/** The whole house in this process: simulators and hub on free ports, in a folder of its own. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { silentLog, systemClock } from "@preau/kernel";
import { simulators, startSimulators } from "@preau/simulators";
import { freePort } from "@preau/testing";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { serve } from "../src/serve.ts";

export interface RunningHouse {
  readonly hub: Hub;
  readonly url: string;
  readonly gar: string;
  readonly school: string;
  readonly folder: string;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Without `school` its database is there and empty, as that of an LMS that nobody has set up. */
export async function startHouse(folder: string, { school = true } = {}): Promise<RunningHouse> {
  const ports = { hub: await freePort(), gar: await freePort(), school: await freePort() };
  const environment = {
    PREAU_DATA: folder,
    PREAU_REPLAY_LIST: path.join(folder, "replay"), // removed with the rest
    PREAU_PORT: String(ports.hub),
    PREAU_CONFIG: path.join(ROOT, "preau.yaml"),
    PREAU_SIM_GAR_PORT: String(ports.gar),
    PREAU_SIM_SCHOOL_PORT: String(ports.school),
  };
  const wanted = simulators.filter(({ id }) => id === "gar" || (school && id === "school"));
  const running = await startSimulators(environment, wanted);
  const metadata = `http://localhost:${ports.gar}/idp/metadata`;
  const config = readConfig({ ...environment, PREAU_GAR_IDP_METADATA: metadata }, ROOT);
  const hub = await openHub(config, { clock: systemClock, log: silentLog });
  const serving = await serve(hub);
  return {
    hub,
    url: serving.url,
    gar: `http://localhost:${ports.gar}`,
    school: `http://localhost:${ports.school}`,
    folder,
    stop: async () => {
      await serving.stop();
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}
