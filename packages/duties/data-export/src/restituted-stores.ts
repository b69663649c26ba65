/** The stores of one controller, and what each of them can give back whole. */
import type { Bilingual, ControllerId, NotCovered, RegisteredSource, Restitution } from "@preau/kernel";

export interface RestitutedStore {
  readonly id: string;
  readonly title: Bilingual;
  /** Undefined where the store cannot be dumped. */
  readonly restitution: Restitution | undefined;
  readonly notCovered: readonly NotCovered[];
}

/** Asks the controller's stores, or the one that is named; a store that is another controller's alone is not even listed. */
export async function restitutedStores(
  sources: ReadonlyMap<string, RegisteredSource>,
  { controller, store }: { readonly controller: ControllerId; readonly store?: string | undefined },
): Promise<readonly RestitutedStore[]> {
  const found: RestitutedStore[] = [];
  for (const [id, { source, exports }] of sources) {
    const { title, controller: only } = source.describe();
    if ((store !== undefined && store !== id) || (only !== undefined && only !== controller)) continue;
    const restitution = await exports?.restitution(controller);
    found.push({ id, title, restitution, notCovered: restitution?.notCovered ?? [notWhole(only)] });
  }
  return found;
}

function notWhole(only: ControllerId | undefined): NotCovered {
  return only === undefined
    ? {
        what: "the store as a whole",
        why: "it holds several controllers’ data in one database",
        remedy:
          "a person’s copy and the hand-back at the contract’s end give the rows that are this controller’s",
      }
    : { what: "the store as a whole", why: "it has no dump: it is reached by rows alone" };
}
