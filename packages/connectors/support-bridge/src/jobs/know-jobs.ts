/**
 * Once a day and controller: whom the desk must not know is looked up in the stores of accounts. The job carries itself on; asking
 * twice changes nothing. @clause DC
 */
import { addHours, type ControllerId, type JobDefinition, NotYet, type Ports } from "@preau/kernel";
import type { SupportPorts } from "../support-ports.ts";
import { type Surveyed, surveyKnownPersons } from "../survey-known-persons.ts";

const KNOW = "support-bridge.know";
const EVERY_HOURS = 24;

export type KnowPorts = Pick<SupportPorts, "clock" | "jobs" | "log" | "support" | "unitOfWork" | "vault"> &
  Pick<Ports, "sources">;

export function knowJobs(ports: KnowPorts): readonly JobDefinition[] {
  return [
    {
      name: KNOW,
      attempts: 50,
      handler: async ({ controller }, { signal }) => {
        const { accounts, walled, newWords, gone } = await surveySupport(ports, controller, signal);
        ports.log.info("support-bridge.surveyed", { controller, accounts, walled, newWords, gone });
        throw new NotYet(addHours(ports.clock.now(), EVERY_HOURS));
      },
    },
  ];
}

/** Now, and not only when its hour comes. */
export function surveySupport(
  { clock, sources, support: { known, mayBeKnown }, unitOfWork, vault }: KnowPorts,
  controller: ControllerId,
  signal?: AbortSignal,
): Promise<Surveyed> {
  return surveyKnownPersons({ clock, sources, unitOfWork, vault, known, mayBeKnown }, controller, signal);
}

/** At the start, and for a controller that is new. */
export async function scheduleKnowing(
  { jobs, unitOfWork }: Pick<KnowPorts, "jobs" | "unitOfWork">,
  controllers: readonly ControllerId[],
): Promise<void> {
  await unitOfWork.transaction(async (unit) => {
    for (const controller of controllers)
      await jobs.enqueue(unit, { name: KNOW, controller, payload: {}, key: "know", priority: 200 });
  });
}
