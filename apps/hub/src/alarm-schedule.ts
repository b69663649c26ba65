/**
 * Alarms of data subjects' requests: asked for at the start, and every minute of real time, so that a clock that was set back
 * delays none. Asking twice changes nothing.
 */
import { scheduleAlarms } from "@preau/data-subject-requests";
import type { Hub } from "./hub.ts";

const MINUTE_MS = 60_000;

/** The function that ends it. */
export function keepAlarmsGoing({ ports }: Hub): () => void {
  const quietly = () =>
    void scheduleAlarms(ports).catch((error: unknown) => {
      ports.log.error("hub.alarmsNotScheduled", { error: error instanceof Error ? error.name : "unknown" });
    });
  quietly();
  const timer = setInterval(quietly, MINUTE_MS);
  return () => clearInterval(timer);
}
