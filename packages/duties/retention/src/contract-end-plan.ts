/** The dry run of a contract's end: what stands in its way today, which doors would close, what would go. Writes nothing in any application. @clause D6.2c */
import type { ContractId } from "@preau/contracts";
import {
  type Bilingual,
  type ControllerId,
  type Doors,
  type ErasurePlan,
  type Instant,
  isFault,
  type KeptRows,
  type NotCovered,
  type PreauError,
  type TableCount,
} from "@preau/kernel";
import type { ContractEnd, StopReason } from "./contract-end.ts";
import { standingOfEnd } from "./contract-end-check.ts";
import { storesWithDoors } from "./contract-end-doors.ts";
import { withoutHeld } from "./contract-end-erase.ts";
import { namingStores, pageOfPersons } from "./contract-end-persons.ts";
import { periodEnd } from "./contract-end-terms.ts";
import { planStores } from "./plan-stores.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { notReturned } from "./return-or-delete-hand-back.ts";

export interface EndPlan {
  readonly at: Instant;
  readonly endsAt?: Instant;
  readonly windowUntil?: Instant;
  readonly stop?: StopReason;
  readonly doors: readonly {
    readonly source: string;
    readonly mechanism?: Bilingual;
    readonly doors?: Doors;
  }[];
  readonly persons: number;
  /** Kept because a law requires it. */
  readonly held: number;
  /** Restricted in a store: an erasure would leave them, and say FAILED. */
  readonly blocked: number;
  readonly stores: readonly { readonly store: string; readonly tables: readonly TableCount[] }[];
  readonly kept: readonly KeptRows[];
  readonly notCovered: readonly NotCovered[];
  readonly notReturned: readonly NotCovered[];
  /** A store refuses to plan: nothing would be written anywhere. */
  readonly refused?: PreauError;
}

export async function planContractEnd(
  ports: RetentionPorts,
  of: {
    readonly controller: ControllerId;
    readonly contract: ContractId;
    readonly end?: ContractEnd | undefined;
  },
  { batchPersons }: { readonly batchPersons: number },
): Promise<EndPlan> {
  const { controller, contract, end } = of;
  const standing = await ports.unitOfWork.transaction((unit) =>
    standingOfEnd(unit, ports, { controller, contract }),
  );
  const doors = [];
  for (const [source, { lifecycle }] of storesWithDoors(ports.sources, controller)) {
    const access = lifecycle?.access;
    doors.push(
      access === undefined
        ? { source }
        : { source, mechanism: access.mechanism, doors: await access.doors(controller) },
    );
  }
  const sums = summing();
  const refused = await planEverybody(ports, controller, batchPersons, sums).catch((error: unknown) => {
    if (!isFault(error)) throw error;
    return error;
  });
  const { endsAt, place, stop } = standing;
  const windowUntil = endsAt && periodEnd(endsAt, end?.facts.window, { place, rounding: "right" });
  return {
    at: ports.clock.now(),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(windowUntil === undefined ? {} : { windowUntil }),
    ...(stop === undefined ? {} : { stop }),
    doors,
    ...sums.result(),
    notReturned: notReturned(ports, controller),
    ...(refused === undefined ? {} : { refused }),
  };
}

async function planEverybody(
  ports: RetentionPorts,
  controller: ControllerId,
  limit: number,
  sums: ReturnType<typeof summing>,
): Promise<undefined> {
  for (const store of namingStores(ports, controller)) {
    for (let after: string | undefined; ; ) {
      const page = await pageOfPersons(ports, { controller, store, after, limit, looking: true });
      const { going, held } = await withoutHeld(ports, controller, page.persons);
      const fresh = going.filter(({ named }) => !named);
      sums.persons(fresh.length, held.length);
      if (fresh.length > 0)
        sums.plans(await planStores(ports.sources, fresh, { controller, ground: "contract-end" }));
      if (page.cursor === null) break;
      after = page.cursor;
    }
  }
  return undefined;
}

/** Sums of all pages: counts alone, nobody's data is held. */
function summing() {
  let [persons, held] = [0, 0];
  const blocked = new Set<string>();
  const tables = new Map<string, Map<string, TableCount>>();
  const kept = new Map<string, KeptRows>();
  const notCovered = new Map<string, NotCovered>();
  return {
    persons: (more: number, heldMore: number) => {
      persons += more;
      held += heldMore;
    },
    plans: (plans: readonly ErasurePlan[]) => {
      for (const plan of plans) {
        const own = tables.get(plan.source) ?? new Map<string, TableCount>();
        tables.set(plan.source, own);
        for (const { table, ...count } of plan.tables) {
          const before = own.get(table) ?? { erased: 0, anonymised: 0, kept: 0 };
          own.set(table, {
            table,
            erased: before.erased + count.erased,
            anonymised: before.anonymised + count.anonymised,
            kept: before.kept + count.kept,
          });
        }
        for (const each of plan.kept) {
          const key = `${plan.source} ${each.where} ${each.reason} ${each.until ?? ""}`;
          kept.set(key, { ...each, rows: each.rows + (kept.get(key)?.rows ?? 0) });
        }
        for (const each of plan.notCovered) notCovered.set(`${each.what} ${each.why}`, each);
        for (const { subject } of plan.blocked) blocked.add(subject);
      }
    },
    result: () => ({
      persons,
      held,
      blocked: blocked.size,
      stores: [...tables].map(([store, own]) => ({ store, tables: [...own.values()] })),
      kept: [...kept.values()],
      notCovered: [...notCovered.values()],
    }),
  };
}
