/** The SQL of high-water marks. */
import type { HighWaterMark } from "../high-water-marks.ts";
import type { Queries } from "./key-tables.ts";

interface RawMark {
  log: string;
  size: number | string;
  root: Buffer;
}

export async function readMark(queries: Queries, log: string): Promise<HighWaterMark | undefined> {
  const row = await queries<RawMark>("key_mark").where({ log }).first();
  return row && { size: Number(row.size), root: row.root };
}

/** True when there was a lower mark. */
export async function raiseMark(queries: Queries, log: string, mark: HighWaterMark): Promise<boolean> {
  const raised = await queries<RawMark>("key_mark").where({ log }).where("size", "<", mark.size).update(mark);
  return raised === 1;
}

/** Leaves a mark that is there as it is. */
export async function insertMark(queries: Queries, log: string, mark: HighWaterMark): Promise<void> {
  await queries<RawMark>("key_mark")
    .insert({ log, ...mark })
    .onConflict("log")
    .ignore();
}
