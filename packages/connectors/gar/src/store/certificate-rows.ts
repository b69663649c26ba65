/** The SQL of certificates of destruction. They are never changed. */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  type EntryId,
  type Id,
  type Instant,
  instant,
  type Unit,
  type Verdict,
} from "@preau/kernel";

type CertificateId = Id<"gct">;

export interface CertificateRow {
  readonly id: CertificateId;
  readonly controller: ControllerId;
  readonly schoolYear: string;
  readonly verdict: Verdict;
  /** The entry of evidence that bears its SHA-256. */
  readonly entry: EntryId;
  readonly issuedAt: Instant;
  /** JSON text, exactly as it was hashed. */
  readonly body: string;
}

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly school_year: string;
  readonly verdict: string;
  readonly entry: string;
  readonly issued_at: string;
  readonly body: string;
}

const TABLE = "gar_certificate";
const MOST = 200;

export async function insertCertificate(unit: Unit, each: CertificateRow): Promise<void> {
  await inUnit(unit)<Row>(TABLE).insert({
    id: each.id,
    controller: each.controller,
    school_year: each.schoolYear,
    verdict: each.verdict,
    entry: each.entry,
    issued_at: each.issuedAt,
    body: each.body,
  });
}

/** A controller's, the latest first; of one school year when it is named. */
export async function certificatesOf(
  unit: Unit,
  controller: ControllerId,
  schoolYear?: string,
): Promise<readonly CertificateRow[]> {
  const rows = await inUnit(unit)<Row>(TABLE)
    .where({ controller, ...(schoolYear === undefined ? {} : { school_year: schoolYear }) })
    .orderBy([
      { column: "issued_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(MOST)
    .select("*");
  return rows.map(certificateOf);
}

export async function readCertificate(
  unit: Unit,
  controller: ControllerId,
  id: string,
): Promise<CertificateRow | undefined> {
  const row = await inUnit(unit)<Row>(TABLE).where({ controller, id }).first();
  return row && certificateOf(row);
}

function certificateOf(row: Row): CertificateRow {
  return {
    id: row.id as CertificateId,
    controller: row.controller as ControllerId,
    schoolYear: row.school_year,
    verdict: row.verdict as Verdict,
    entry: row.entry as EntryId,
    issuedAt: instant(row.issued_at),
    body: row.body,
  };
}
