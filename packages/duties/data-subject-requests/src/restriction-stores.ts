/** What one store does about a restriction, and whether it really did: its word alone is not taken. @clause D10.1a */
import type { ControllerId, PersonalDataSource, SubjectTarget } from "@preau/kernel";
import type { StoreJudged } from "./store/restrictions.ts";

export interface OneStore {
  readonly source: PersonalDataSource;
  readonly controller: ControllerId;
  readonly target: SubjectTarget;
}

/** Does the store exist for that controller? */
export function isOf(controller: ControllerId, source: PersonalDataSource): boolean {
  const { controller: only } = source.describe();
  return only === undefined || only === controller;
}

/** Does it keep the person under restriction? A store that has no word for it blocks a restricted person in its plans. */
export async function isKept({ source, controller, target }: OneStore): Promise<boolean> {
  if (source.isRestricted !== undefined) return source.isRestricted(controller, target);
  const { blocked } = await source.plan({
    ...{ controller, subjects: [target], ground: "instruction", leaveUnknown: true },
  });
  return blocked.some(({ subject, reason }) => subject === target.subject && reason === "restricted");
}

/** It came under our own restriction in the unit that recorded it, and was free before. */
export function follows({ source }: Pick<OneStore, "source">): boolean {
  return source.describe().restriction === "follows";
}

/** The first row is enough. */
async function holdsSomething({ source, controller, target: subject }: OneStore): Promise<boolean> {
  for await (const _ of source.collect({ controller, subject, others: "withhold" })) return true;
  return false;
}

/** Twice is once. @throws what the store throws */
export async function restrictIn(store: OneStore): Promise<StoreJudged> {
  const { changed, refused } = await store.source.restrict(store.controller, store.target);
  if (await isKept(store))
    return refused.length === 0 ? { verdict: "PASS" } : { verdict: "UNKNOWN", why: "CANNOT" };
  if (!(await holdsSomething(store))) return { verdict: "PASS", why: "NOTHING_HELD" };
  if (changed === 0 && store.source.describe().restriction === "unused")
    return { verdict: "PASS", why: "KEPT_UNUSED" };
  return changed > 0 && refused.length === 0
    ? { verdict: "FAILED", why: "NOT_DONE" }
    : { verdict: "UNKNOWN", why: "CANNOT" };
}

/** Twice is once. @throws what the store throws */
export async function liftIn(store: OneStore): Promise<StoreJudged> {
  const { refused } = await store.source.lift(store.controller, store.target);
  if (!(await isKept(store))) return { verdict: "PASS" };
  return refused.length === 0
    ? { verdict: "FAILED", why: "NOT_DONE" }
    : { verdict: "UNKNOWN", why: "CANNOT" };
}
