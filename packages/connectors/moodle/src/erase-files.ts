/** The file-store side of an erasure: contents that only erased rows pointed at. */
import type { DataMapSource } from "@preau/data-map";
import type { Database } from "@preau/database";
import type { ErasurePlan, ErasureStep, TableCount } from "@preau/kernel";
import { FILEDIR, type FileStore } from "./file-store.ts";
import { rowsByContent } from "./store/content-hashes.ts";

export interface FilesContext {
  readonly database: Pick<Database, "knex">;
  readonly prefix: string;
  readonly rows: Pick<DataMapSource, "valuesToErase">;
}

/** Files removed between two steps. */
const FILES_A_STEP = 200;

/** Contents that no row will point at once the plan has run, among `only` when given. */
export async function orphanedBy(
  { database, prefix, rows }: FilesContext,
  plan: ErasurePlan,
  only?: readonly string[],
): Promise<readonly string[]> {
  const leaving = new Map<string, number>();
  for (const hash of only ?? []) leaving.set(hash, 0);
  for await (const hash of rows.valuesToErase(plan, `${prefix}files`, "contenthash")) {
    if (only === undefined || leaving.has(hash)) leaving.set(hash, (leaving.get(hash) ?? 0) + 1);
  }
  const all = await rowsByContent(database, prefix, [...leaving.keys()]);
  return [...leaving].filter(([hash, count]) => (all.get(hash) ?? 0) <= count).map(([hash]) => hash);
}

/** The contents that a plan remembers to remove. */
export function plannedContents(plan: ErasurePlan): readonly string[] {
  const state = plan.state as { readonly contents?: unknown } | null;
  const contents = state?.contents;
  return Array.isArray(contents) ? contents.filter((each) => typeof each === "string") : [];
}

/** Removes the planned contents that no row points at now. A content that somebody uploaded again stays. */
export async function* eraseFiles(
  context: FilesContext,
  plan: ErasurePlan,
  store: FileStore,
): AsyncGenerator<ErasureStep> {
  const planned = plannedContents(plan);
  for (let start = 0; start < planned.length; start += FILES_A_STEP) {
    const some = planned.slice(start, start + FILES_A_STEP);
    const used = await rowsByContent(context.database, context.prefix, some);
    let erased = 0;
    for (const hash of some) if (!used.has(hash) && (await store.remove(hash))) erased += 1;
    if (erased > 0) yield { table: FILEDIR, erased, anonymised: 0, kept: 0, cursor: { table: FILEDIR } };
  }
}

/** What the plan's files come to. */
export function filesCount(erased: number): TableCount {
  return { table: FILEDIR, erased, anonymised: 0, kept: 0 };
}
