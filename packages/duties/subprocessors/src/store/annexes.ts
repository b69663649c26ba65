/** The SQL of annexes that were in force, by the hash of their agreement. They never change. */
import type { Subprocessor } from "@preau/agreement";
import { inUnit } from "@preau/database";
import type { Instant, Unit } from "@preau/kernel";

const TABLE = "spr_annex";

interface Row {
  readonly agreement: string;
  readonly entries: string;
  readonly seen_at: string;
}

/** False when it was known. */
export async function insertAnnex(
  unit: Unit,
  annex: { readonly agreement: string; readonly entries: readonly Subprocessor[]; readonly seenAt: Instant },
): Promise<boolean> {
  const { agreement } = annex;
  const known = await inUnit(unit)(TABLE).where({ agreement }).first("agreement");
  if (known !== undefined) return false;
  await inUnit(unit)(TABLE)
    .insert({ agreement, entries: JSON.stringify(annex.entries), seen_at: annex.seenAt })
    .onConflict("agreement")
    .ignore();
  return true;
}

export async function readAnnex(unit: Unit, agreement: string): Promise<readonly Subprocessor[] | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ agreement })
    .first<Pick<Row, "entries"> | undefined>("entries");
  return row && (JSON.parse(row.entries) as Subprocessor[]);
}

/** Every one, in the order in which they were seen. */
export async function listAnnexes(
  unit: Unit,
): Promise<
  readonly {
    readonly agreement: string;
    readonly entries: readonly Subprocessor[];
    readonly seenAt: Instant;
  }[]
> {
  const rows = await inUnit(unit)(TABLE).orderBy(["seen_at", "agreement"]).select<Row[]>();
  return rows.map(({ agreement, entries, seen_at: seenAt }) => ({
    agreement,
    entries: JSON.parse(entries) as Subprocessor[],
    seenAt: seenAt as Instant,
  }));
}
