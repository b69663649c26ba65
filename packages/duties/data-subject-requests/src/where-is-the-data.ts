/**
 * Where one person's data is: each store, its categories, and how many rows by table. Counts alone, no value; what could not be
 * looked at says so. @clause D10.1b
 */
import {
  type Bilingual,
  type ControllerId,
  type Identifier,
  isFault,
  type NotCovered,
  type SubjectId,
} from "@preau/kernel";
import type { DeskPorts } from "./desk-ports.ts";

export interface StoreOfPerson {
  readonly store: string;
  readonly title: Bilingual;
  readonly categories: readonly string[];
  /**
   * `counted`, `restricted` (kept, and not counted: GDPR art. 18), `notLooked` (nobody knows yet whose data to look for), or
   * `failed`.
   */
  readonly look: "counted" | "restricted" | "notLooked" | "failed";
  readonly rows: number;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  /** What an erasure would leave, and why. */
  readonly kept: readonly { readonly where: string; readonly rows: number; readonly clause: string }[];
  readonly notCovered: readonly NotCovered[];
  readonly documentedDelayHours: number | "unknown";
}

type Ports = Pick<DeskPorts, "sources" | "log">;

/** A store that holds another controller's data alone does not exist here. @clause D10.1b */
export async function whereIsTheData(
  ports: Ports,
  controller: ControllerId,
  person: { readonly subject: SubjectId; readonly identifiers: readonly Identifier[] } | undefined,
  signal?: AbortSignal,
): Promise<readonly StoreOfPerson[]> {
  const stores: StoreOfPerson[] = [];
  for (const { source } of ports.sources.values()) {
    const { id, title, categories, controller: owner, notCovered, documentedDelayHours } = source.describe();
    if (owner !== undefined && owner !== controller) continue;
    const facts = { store: id, title, categories, notCovered, documentedDelayHours };
    const none = { rows: 0, tables: [], kept: [] };
    if (person === undefined) {
      stores.push({ ...facts, ...none, look: "notLooked" });
      continue;
    }
    try {
      const plan = await source.plan({
        ...{ controller, subjects: [person], ground: "instruction", leaveUnknown: true },
        ...(signal === undefined ? {} : { signal }),
      });
      const tables = plan.tables
        .map(({ table, erased, anonymised, kept }) => ({ table, rows: erased + anonymised + kept }))
        .filter(({ rows }) => rows > 0);
      stores.push({
        ...{ ...facts, notCovered: plan.notCovered.length > 0 ? plan.notCovered : notCovered },
        look: plan.blocked.length > 0 ? "restricted" : "counted",
        ...{ rows: tables.reduce((sum, { rows }) => sum + rows, 0), tables },
        kept: plan.kept.map(({ where, rows, clause }) => ({ where, rows, clause })),
      });
    } catch (error) {
      signal?.throwIfAborted();
      const code = isFault(error) ? error.code : "unknown";
      ports.log.warn("data-subject-requests.storeNotLooked", { store: id, code });
      stores.push({ ...facts, ...none, look: "failed" });
    }
  }
  return stores;
}
