/** The SQL of annexes, by the hash of their agreement. They never change. */
import type { Subprocessor } from "@preau/agreement";
import { inUnit } from "@preau/database";
import type { Instant, Unit } from "@preau/kernel";
import type { WindowTerms } from "../window.ts";

const TABLE = "spr_annex";

interface Row {
  readonly agreement: string;
  readonly entries: string;
  readonly terms: string;
  readonly in_force_at: string | null;
}

export interface KnownAnnex {
  readonly agreement: string;
  readonly entries: readonly Subprocessor[];
  readonly inForceAt: Instant;
}

/** Of an agreement that is in force from now on, or has been; of one that contracts name where no instant is given. False when it was known so. */
export async function insertAnnex(
  unit: Unit,
  annex: Pick<KnownAnnex, "agreement" | "entries"> & {
    readonly terms: WindowTerms;
    readonly inForceAt?: Instant;
  },
): Promise<boolean> {
  const { agreement, entries, terms, inForceAt } = annex;
  const table = () => inUnit(unit)(TABLE);
  const known = await table().where({ agreement }).first<Row | undefined>();
  if (known === undefined) {
    const [listed, told] = [JSON.stringify(entries), JSON.stringify(terms)];
    const row = { agreement, entries: listed, terms: told, in_force_at: inForceAt ?? null };
    // Two replicas may start at once.
    await table().insert(row).onConflict("agreement").ignore();
    return true;
  }
  if (known.in_force_at !== null || inForceAt === undefined) return false;
  await table().where({ agreement }).whereNull("in_force_at").update({ in_force_at: inForceAt });
  return true;
}

export async function readAnnex(unit: Unit, agreement: string): Promise<readonly Subprocessor[] | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ agreement })
    .first<Pick<Row, "entries"> | undefined>("entries");
  return row && (JSON.parse(row.entries) as Subprocessor[]);
}

/** What that agreement says of announcements and windows. */
export async function readTerms(unit: Unit, agreement: string): Promise<WindowTerms | undefined> {
  const row = await inUnit(unit)(TABLE).where({ agreement }).first<Pick<Row, "terms"> | undefined>("terms");
  return row && (JSON.parse(row.terms) as WindowTerms);
}

/** Those that were in force here, the first first. */
export async function annexesInForce(unit: Unit): Promise<readonly KnownAnnex[]> {
  const rows = await inUnit(unit)(TABLE)
    .whereNotNull("in_force_at")
    .orderBy(["in_force_at", "agreement"])
    .select<(Row & { in_force_at: string })[]>();
  return rows.map(({ agreement, entries, in_force_at: at }) => ({
    agreement,
    entries: JSON.parse(entries) as Subprocessor[],
    inForceAt: at as Instant,
  }));
}
