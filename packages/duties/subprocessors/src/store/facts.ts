/** The SQL of what is on file of each recipient. */
import { inUnit } from "@preau/database";
import type { Instant, Unit } from "@preau/kernel";
import type { Facts } from "../subprocessor.ts";

const TABLE = "spr_subprocessor";

export interface KeptFacts {
  readonly recipient: string;
  readonly facts: Facts;
  readonly version: number;
  readonly completedAt: Instant;
}

interface Row {
  readonly recipient: string;
  readonly facts: string;
  readonly version: number;
  readonly completed_at: string;
}

export async function readFacts(unit: Unit, recipient: string): Promise<KeptFacts | undefined> {
  const row = await inUnit(unit)(TABLE).where({ recipient }).first<Row | undefined>();
  return row && fromRow(row);
}

export async function listFacts(unit: Unit): Promise<readonly KeptFacts[]> {
  const rows = await inUnit(unit)(TABLE).orderBy("recipient").select<Row[]>();
  return rows.map(fromRow);
}

/** False when it has another version by now; version 0 is that of what nobody has completed. */
export async function writeFacts(
  unit: Unit,
  { recipient, facts, version, completedAt }: KeptFacts,
): Promise<boolean> {
  const values = { facts: JSON.stringify(facts), version: version + 1, completed_at: completedAt };
  if (version > 0) return (await inUnit(unit)(TABLE).where({ recipient, version }).update(values)) === 1;
  if ((await inUnit(unit)(TABLE).where({ recipient }).first("recipient")) !== undefined) return false;
  await inUnit(unit)(TABLE).insert({ recipient, ...values });
  return true;
}

function fromRow({ recipient, facts, version, completed_at: completedAt }: Row): KeptFacts {
  return {
    recipient,
    facts: JSON.parse(facts) as Facts,
    version,
    completedAt: completedAt as Instant,
  };
}
