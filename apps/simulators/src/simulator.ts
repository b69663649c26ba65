/** A simulator is a peer that speaks a real wire protocol on a port of its own, as `localhost`. */
import type { Language } from "@preau/kernel";

export interface SimulatorOptions {
  readonly port: number;
  /** Where keys and databases live between two starts. Each simulator uses a folder of its own below. */
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** One address of a simulator, for who configures a program of their own. */
export interface SimulatorAddress {
  /** A stable word for programs: `samlMetadata`. */
  readonly id: string;
  readonly says: Readonly<Record<Language, string>>;
  /** An address, or the path of a file. */
  readonly at: string;
}

export interface RunningSimulator {
  /** `http://localhost:<port>`. */
  readonly url: string;
  readonly addresses?: readonly SimulatorAddress[];
  stop(): Promise<void>;
}

export interface Simulator {
  /** One word; `PREAU_SIM_<ID>_PORT` chooses the port. */
  readonly id: string;
  /** The port when the environment names none. */
  readonly port: number;
  /** Why it is not wanted in this environment; undefined when it is. */
  readonly notWanted?: (environment: SimulatorOptions["environment"]) => string | undefined;
  start(options: SimulatorOptions): Promise<RunningSimulator>;
}
