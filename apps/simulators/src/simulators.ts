import { join } from "node:path";
import { z } from "zod";
import { brevoSimulator } from "./brevo/brevo-simulator.ts";
import { crispSimulator } from "./crisp/crisp-simulator.ts";
import { fault } from "./errors.ts";
import { garSimulator } from "./gar/gar-simulator.ts";
import { schoolSimulator } from "./school/school-simulator.ts";
import type { RunningSimulator, Simulator, SimulatorOptions } from "./simulator.ts";

/** Every simulator, in the order of their ports. */
export const simulators: readonly Simulator[] = [
  garSimulator,
  schoolSimulator,
  brevoSimulator,
  crispSimulator,
];

const portNumber = z.coerce.number().int().min(0).max(65_535);

/**
 * Starts those that the environment wants; when one cannot start, the others stop again.
 * @throws SIMULATOR_PORT_TAKEN, SIMULATOR_BAD_PORT
 */
export async function startSimulators(
  environment: SimulatorOptions["environment"],
  wanted: readonly Simulator[] = simulators,
): Promise<readonly (RunningSimulator & { readonly id: string })[]> {
  const dataFolder = join(environment["PREAU_DATA"] ?? ".preau", "simulators");
  const running: (RunningSimulator & { readonly id: string })[] = [];
  try {
    for (const simulator of wanted) {
      if (simulator.notWanted?.(environment) !== undefined) continue;
      const port = portOf(simulator, environment);
      running.push({ ...(await simulator.start({ port, dataFolder, environment })), id: simulator.id });
    }
  } catch (error) {
    await Promise.all(running.map((each) => each.stop()));
    throw error;
  }
  return running;
}

/** The variable that chooses a simulator's port: `PREAU_SIM_GAR_PORT`. */
export function portVariable(simulator: Pick<Simulator, "id">): string {
  return `PREAU_SIM_${simulator.id.toUpperCase()}_PORT`;
}

function portOf(simulator: Simulator, environment: SimulatorOptions["environment"]): number {
  const variable = portVariable(simulator);
  const parsed = portNumber.safeParse(environment[variable] ?? simulator.port);
  if (!parsed.success) throw fault("SIMULATOR_BAD_PORT", { place: variable });
  return parsed.data;
}
