/** What is due, from every plugin: who sees which, in which order, in which group. */
import { dayIn, mainland, type Place } from "@preau/calendar";
import { type ActorRole, addHours, type ControllerId, type Due, type Instant } from "@preau/kernel";
import type { SessionData } from "@preau/web";
import type { Hub } from "./hub.ts";

/** Those who see what is due: staff everybody's, a client's own people theirs. */
export const dueRoles = [
  "publisherDpo",
  "support",
  "operations",
  "auditor",
  "controllerAdministrator",
  "controllerDpo",
] as const satisfies readonly ActorRole[];

const OWN_ALONE: ReadonlySet<ActorRole> = new Set(["controllerAdministrator", "controllerDpo"]);
/** How far ahead the page and the calendar file look, and the first page. */
const YEAR_HOURS = 366 * 24;
export const MONTH_HOURS = 31 * 24;

export const dueGroups = ["late", "today", "withinSevenDays", "later"] as const;
export type DueGroup = (typeof dueGroups)[number];

export interface PlacedDue extends Due {
  /** In whose clocks its moment is told. */
  readonly place: Place;
  readonly group: DueGroup;
}

export type DueReader = Pick<SessionData, "actorRole" | "controller">;

export function seesDues(role: ActorRole): boolean {
  return (dueRoles as readonly ActorRole[]).includes(role);
}

/** All controllers', or the reader's own. Nobody else's for who sees none. */
export function scopeOf({ actorRole, controller }: DueReader): ControllerId | "all" {
  return OWN_ALONE.has(actorRole) ? controller : "all";
}

/**
 * What is due within a year, or within that many hours, and what is late; the most urgent first. What a plugin says beyond the scope it was asked
 * for is left out: one client never sees another's.
 */
export async function duesOf(hub: Hub, reader: DueReader, withinHours = YEAR_HOURS): Promise<readonly Due[]> {
  if (!seesDues(reader.actorRole)) return [];
  const controller = scopeOf(reader);
  const scope = { controller, before: addHours(hub.ports.clock.now(), withinHours) };
  const lists = await Promise.all(
    hub.plugins.map(({ plugin, options }) => plugin.dues(hub.ports, options)(scope)),
  );
  return lists
    .flat()
    .filter((due) => controller === "all" || due.controller === controller)
    .sort((a, b) => compare(a.dueAt, b.dueAt) || compare(a.id, b.id));
}

/** Each with its controller's place, and the group that this puts it in. For what is shown: it asks once a controller. */
export async function placeDues(hub: Hub, dues: readonly Due[]): Promise<readonly PlacedDue[]> {
  const { clock, unitOfWork, contracts } = hub.ports;
  const now = clock.now();
  const places = new Map<ControllerId, Place>();
  await unitOfWork.transaction(async (unit) => {
    for (const controller of new Set(dues.map((due) => due.controller)))
      places.set(controller, await contracts.placeOf(unit, controller));
  });
  return dues.map((due) => {
    const place = places.get(due.controller) ?? mainland;
    return { ...due, place, group: groupOf(due.dueAt, now, place.zone) };
  });
}

/** Days are those of the controller's zone: what is due at its midnight is not today's elsewhere. */
export function groupOf(dueAt: Instant, now: Instant, zone: string): DueGroup {
  if (dueAt < now) return "late";
  const today = dayIn(zone, now);
  const day = dayIn(zone, dueAt);
  if (day === today) return "today";
  return Date.parse(day) - Date.parse(today) <= 7 * 86_400_000 ? "withinSevenDays" : "later";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
