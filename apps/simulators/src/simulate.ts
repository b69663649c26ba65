/**
 * `simulate gar`: a simulator for somebody's own development and tests. Says where everything is, then serves until
 * a signal comes. The GAR is started here even where a real identity provider is configured.
 */
import type { Language } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { RunningSimulator, SimulatorOptions } from "./simulator.ts";
import { portVariable, simulators, startSimulators } from "./simulators.ts";

export interface SimulateOptions {
  /** `gar`, `school`, `mail`, `desk`, or `all`. */
  readonly which: string;
  /** Of the one simulator; the system chooses one for 0. */
  readonly port?: string | undefined;
  readonly environment: SimulatorOptions["environment"];
}

export type Started = RunningSimulator & { readonly id: string };

/** @throws SIMULATOR_UNKNOWN, SIMULATOR_BAD_PORT, SIMULATOR_PORT_TAKEN */
export async function simulate({ which, port, environment }: SimulateOptions): Promise<readonly Started[]> {
  const wanted = which === "all" ? simulators : simulators.filter(({ id }) => id === which);
  const [only, ...others] = wanted;
  if (only === undefined) throw fault("SIMULATOR_UNKNOWN", { place: which });
  if (port !== undefined && others.length > 0) throw fault("SIMULATOR_BAD_PORT", { place: "--port" });
  const { PREAU_GAR_IDP_METADATA: _another, ...rest } = environment;
  return startSimulators({ ...rest, ...(port === undefined ? {} : { [portVariable(only)]: port }) }, wanted);
}

const WORDS = {
  en: {
    here: "on this machine alone; everything in it is invented",
    stop: "Ctrl-C stops it.",
  },
  fr: {
    here: "sur cette machine seule ; tout y est inventé",
    stop: "Ctrl-C l'arrête.",
  },
} as const;

/** For a person: every address, one a line. */
export function sayStarted(started: readonly Started[], language: Language): string {
  const words = WORDS[language];
  const blocks = started.map(({ id, url, addresses = [] }) => {
    const width = Math.max(0, ...addresses.map(({ says }) => says[language].length));
    const rows = addresses.map(({ says, at }) => `  ${says[language].padEnd(width)}  ${at}\n`);
    return `${id}  ${url}  (${words.here})\n${rows.join("")}`;
  });
  return `${blocks.join("\n")}\n${words.stop}\n`;
}

/** For a program: one line of JSON. */
export function startedJson(started: readonly Started[]): string {
  const each = started.map(({ id, url, addresses = [] }) => ({
    id,
    url,
    addresses: Object.fromEntries(addresses.map((address) => [address.id, address.at])),
  }));
  return `${JSON.stringify({ schema: "preau.simulators/1", simulators: each })}\n`;
}
