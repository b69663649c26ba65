export { simulators, startSimulators } from "./simulators.ts";
export type { RunningSimulator, Simulator, SimulatorOptions } from "./simulator.ts";
export { garSimulator } from "./gar/gar-simulator.ts";
export { brevoSimulator } from "./brevo/brevo-simulator.ts";
export { crispSimulator } from "./crisp/crisp-simulator.ts";
export { type FaultSwitch, type FaultTable, type Faults, faultsRouter, makeFaults } from "./faults.ts";
