/**
 * Surveys and the taking up of deletions, for every controller of the register: at the start, and every hour for those
 * that are new and for a clock that was set back. The jobs carry themselves on; asking twice changes nothing.
 */
import { retentionOptions, retentionPlugin, scheduleLogKeeping, scheduleRetention } from "@preau/retention";
import { scheduleKnowing } from "@preau/support-bridge";
import type { Hub } from "./hub.ts";

const HOUR_MS = 3_600_000;

/** The function that ends it. */
export function keepRetentionGoing(hub: Hub): () => void {
  const { ports } = hub;
  const configured = hub.plugins.find(({ plugin }) => plugin.id === retentionPlugin.id)?.options;
  const options = retentionOptions.parse(configured);
  const schedule = async () => {
    const { controllers } = await ports.unitOfWork.transaction((unit) =>
      ports.contracts.everything(unit, "all"),
    );
    await scheduleLogKeeping(ports);
    await scheduleRetention(
      ports,
      options,
      controllers.map(({ id }) => id),
    );
    await scheduleKnowing(
      ports,
      controllers.map(({ id }) => id),
    );
  };
  const quietly = () =>
    void schedule().catch((error: unknown) => {
      ports.log.error("hub.retentionNotScheduled", {
        error: error instanceof Error ? error.name : "unknown",
      });
    });
  quietly();
  const timer = setInterval(quietly, HOUR_MS);
  return () => clearInterval(timer);
}
