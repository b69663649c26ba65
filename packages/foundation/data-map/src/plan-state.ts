/** What a plan must remember to be run later, after a restart too. It holds keys of persons: sealed at rest. */
import type { ErasurePlan, Json } from "@preau/kernel";
import { z } from "zod";
import { fault } from "./errors.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const stateSchema = z.object({
  /** Id of the map that the plan was made with. */
  map: z.string(),
  prefix: z.string(),
  keys: z.array(z.union([z.number(), z.string()])),
  /** What stands for each person: the same in every row and after every restart. */
  tokens: z.array(z.object({ key: z.string(), text: z.string(), number: z.number() })),
  lookups: z.array(z.object({ key: z.string(), value: scalar })),
  /** Tables in which mentions were found to be redacted. */
  redactions: z.array(z.string()),
});

/** A type, not an interface: it must pass as JSON. */
export type PlanState = z.infer<typeof stateSchema> & { readonly [key: string]: Json };

/**
 * Reads the state of a plan back.
 * @throws DATA_MAP_MISFIT when it is not of this source and map
 */
export function readPlanState(
  plan: ErasurePlan,
  sourceId: string,
  mapId: string,
): z.infer<typeof stateSchema> {
  const state = stateSchema.safeParse(plan.state);
  if (plan.source !== sourceId || !state.success || state.data.map !== mapId) {
    throw fault("DATA_MAP_MISFIT", { place: `plan of ${plan.source}` });
  }
  return state.data;
}
