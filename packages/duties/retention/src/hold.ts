/**
 * A hold keeps data that a period would end: a person's, a whole controller's, or a category's. Only one that a law
 * requires outlasts a ceiling of the agreement; any other ends there. Towards D6.2c
 */
import { type LocalDate, type Place, startOfDay } from "@preau/calendar";
import type { ActorRole, ControllerId, Id, Instant, SubjectId } from "@preau/kernel";

export type HoldId = Id<"hld">;
export const holdCovers = ["controller", "person", "category"] as const;
export type HoldCovers = (typeof holdCovers)[number];

export interface Hold {
  readonly id: HoldId;
  readonly controller: ControllerId;
  readonly covers: HoldCovers;
  /** Of a hold on one person. */
  readonly subject?: SubjectId;
  /** Of a hold on a category: accounts in stores that keep it, since an erasure leaves no part behind. */
  readonly category?: string;
  /** Required by a law. */
  readonly lawful: boolean;
  /** The legal basis, in words. It names nobody. */
  readonly basis: string;
  /** Last day on which it holds; without one, until it is lifted. */
  readonly until?: LocalDate;
  readonly placedBy: ActorRole;
  readonly placedAt: Instant;
  readonly liftedBy?: ActorRole;
  readonly liftedAt?: Instant;
}

/** The first instant at which it no longer holds; undefined when nothing but lifting ends it. */
export function endOfHold({ until }: Pick<Hold, "until">, place: Place): Instant | undefined {
  return until === undefined ? undefined : startOfDay(place.zone, nextDay(until));
}

/** Towards D6.2c */
export function isInForce(hold: Hold, now: Instant, place: Place): boolean {
  if (hold.liftedAt !== undefined) return false;
  const end = endOfHold(hold, place);
  return end === undefined || now < end;
}

function nextDay(day: LocalDate): LocalDate {
  const next = Date.parse(`${day}T00:00:00.000Z`) + 86_400_000;
  return new Date(next).toISOString().slice(0, 10) as LocalDate;
}
