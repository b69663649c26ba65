/** The ports that erasing needs. */
import type {} from "@preau/agreement";
import { mainland, type Place } from "@preau/calendar";
import type {} from "@preau/journal";
import type { ControllerId, Ports } from "@preau/kernel";
import type {} from "@preau/keys";

export type RetentionPorts = Pick<
  Ports,
  | "agreements"
  | "clock"
  | "events"
  | "ids"
  | "jobs"
  | "journal"
  | "log"
  | "receipts"
  | "sources"
  | "subjects"
  | "unitOfWork"
  | "vault"
> & {
  /** Where a controller's periods are counted; mainland France when absent. */
  readonly placeOf?: (controller: ControllerId) => Place;
};

/** The calendar and the clocks of a controller. */
export function placeOfController(ports: Pick<RetentionPorts, "placeOf">, controller: ControllerId): Place {
  return ports.placeOf?.(controller) ?? mainland;
}
