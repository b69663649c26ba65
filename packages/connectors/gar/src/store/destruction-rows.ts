/** The SQL of accounts that were erased: facts for a certificate, which lead to nobody once the receipt is filed. */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  type Id,
  type Instant,
  instant,
  type ReceiptId,
  type Unit,
  type Verdict,
} from "@preau/kernel";

export interface Destruction {
  readonly product: string;
  readonly role: string;
  /** School year of the account's last sign-in. */
  readonly schoolYear: string;
  readonly erasedAt: Instant;
  /** Undefined while no receipt is filed. */
  readonly closed?: { readonly receipt: ReceiptId; readonly verdict: Verdict; readonly at: Instant };
}

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly product: string;
  readonly role: string;
  readonly school_year: string;
  /** Keyed hash of the subject, until the receipt is filed. */
  readonly subject_hash: string | null;
  readonly erased_at: string;
  readonly receipt: string | null;
  readonly verdict: string | null;
  readonly closed_at: string | null;
}

const TABLE = "gar_destruction";

export interface NewDestruction extends Pick<Destruction, "product" | "role" | "schoolYear" | "erasedAt"> {
  readonly id: Id<"gds">;
  readonly subjectHash: string;
}

export async function insertDestruction(
  unit: Unit,
  controller: ControllerId,
  { id, product, role, schoolYear, subjectHash, erasedAt }: NewDestruction,
): Promise<void> {
  await inUnit(unit)<Row>(TABLE).insert({
    ...{ id, controller, product, role },
    school_year: schoolYear,
    subject_hash: subjectHash,
    erased_at: erasedAt,
    ...{ receipt: null, verdict: null, closed_at: null },
  });
}

/** Writes the receipt down, and forgets whom it was about. Again changes nothing. How many accounts. */
export async function closeDestructions(
  unit: Unit,
  controller: ControllerId,
  subjectHash: string,
  { receipt, verdict, at }: NonNullable<Destruction["closed"]>,
): Promise<number> {
  return inUnit(unit)<Row>(TABLE)
    .where({ controller, subject_hash: subjectHash })
    .update({ receipt, verdict, closed_at: at, subject_hash: null });
}

/** Those erased within these instants, both included, oldest first. */
export async function destructionsWithin(
  unit: Unit,
  controller: ControllerId,
  { begins, ends }: { readonly begins: Instant; readonly ends: Instant },
): Promise<readonly Destruction[]> {
  const rows = await inUnit(unit)<Row>(TABLE)
    .where({ controller })
    .where("erased_at", ">=", begins)
    .where("erased_at", "<=", ends)
    .orderBy(["erased_at", "id"])
    .select("*");
  return rows.map((row) => ({
    product: row.product,
    role: row.role,
    schoolYear: row.school_year,
    erasedAt: instant(row.erased_at),
    ...(row.receipt === null || row.closed_at === null
      ? {}
      : {
          closed: {
            receipt: row.receipt as ReceiptId,
            verdict: row.verdict as Verdict,
            at: instant(row.closed_at),
          },
        }),
  }));
}
