/** The stores that `preau export` reads: those of `preau.yaml`, or the LMS that the command line names. */
import type { ControllerId, ExportSource, Ports, RegisteredSource } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import type { ForeignLms } from "./export-options.ts";
import { withForeignLms } from "./export-people.ts";

interface Wanted {
  readonly controller: ControllerId;
  readonly lms?: ForeignLms | undefined;
}

/** The hub, opened with the LMS named, or with its own. */
export async function withStores<T>(
  context: CommandContext,
  { controller, lms }: Wanted,
  work: (hub: Hub) => Promise<T>,
): Promise<T> {
  if (lms === undefined) return withHub(context, {}, work);
  return withForeignLms(context, { lms, controller }, (moodle) =>
    withHub(context, { sources: [moodle] }, work),
  );
}

/** The same without a hub where an LMS is named: what only reads makes no folder of data. */
export async function withSources<T>(
  context: CommandContext,
  { controller, lms }: Wanted,
  work: (sources: Ports["sources"]) => Promise<T>,
): Promise<T> {
  if (lms === undefined) return withHub(context, {}, (hub) => work(hub.ports.sources));
  return withForeignLms(context, { lms, controller }, (moodle) =>
    work(new Map([[moodle.source.describe().id, moodle]])),
  );
}

export interface ExportStore {
  readonly id: string;
  readonly registered: RegisteredSource;
  readonly exports: ExportSource;
}

/** The stores of a controller out of which more than one person's rows can be handed. @throws HUB_STORE_UNKNOWN where the one named is none of them */
export function exportStores(
  sources: Ports["sources"],
  { controller, store }: { readonly controller: ControllerId; readonly store: string | undefined },
): readonly ExportStore[] {
  const found = [...sources.values()].flatMap((registered) => {
    const { id, controller: owner } = registered.source.describe();
    const { exports } = registered;
    // What the hub itself keeps of several controllers is no project, and no database to give back.
    if (owner !== controller || exports === undefined || (store !== undefined && store !== id)) return [];
    return [{ id, registered, exports }];
  });
  if (found.length === 0) throw fault("HUB_STORE_UNKNOWN", { place: "--store", clause: "DD.2" });
  return found;
}

/** The one store that is meant. @throws HUB_STORE_UNKNOWN, HUB_BAD_ARGUMENT where several could be */
export function oneStore(
  sources: Ports["sources"],
  wanted: { readonly controller: ControllerId; readonly store: string | undefined },
): ExportStore {
  const [only, another] = exportStores(sources, wanted);
  if (only === undefined || another !== undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--store" });
  return only;
}
