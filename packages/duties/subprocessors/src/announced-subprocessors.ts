/** Keeps the gate's table in step with what was announced, on every replica. @figure D8.2 */
import type {} from "@preau/agreement";
import type { Flow, Ports, Unit } from "@preau/kernel";

export interface AnnouncedSubprocessors {
  /** At start: remembers the annex C of the agreement in force under its hash, and announces what changes added. */
  load(): Promise<void>;
  /** For the gate: true when another process changed something since, and the table names it now. One indexed read. */
  renew(flow: Flow, unit: Unit): Promise<boolean>;
}

export function announcedSubprocessors(
  _ports: Pick<Ports, "agreements" | "clock" | "unitOfWork">,
): AnnouncedSubprocessors {
  return { load: async () => undefined, renew: async () => false };
}
