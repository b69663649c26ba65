/** A simulator is a peer that speaks a real wire protocol on a port of its own, as `localhost`. */

export interface SimulatorOptions {
  readonly port: number;
  /** Where keys and databases live between two starts. Each simulator uses a folder of its own below. */
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface RunningSimulator {
  /** `http://localhost:<port>`. */
  readonly url: string;
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
