/**
 * The yearly certificate of destruction: which accounts of the GAR were erased within a school year, by product, role and
 * verdict, with the receipts by their ids, and what still stands. It says what the receipts say and never more: a receipt
 * that cannot be read is UNKNOWN, one that waits is PENDING with its day, and an erasure without a receipt is counted as
 * such. The SHA-256 of the text is sealed in the evidence log. @clause D12.2, D6.2c
 */
import { createHash } from "node:crypto";
import type { Receipt } from "@preau/journal";
import {
  type ControllerId,
  type Instant,
  overallVerdict,
  type ReceiptId,
  type Unit,
  type Verdict,
} from "@preau/kernel";
import { type StandingAccounts, standingAccounts } from "../store/account-rows.ts";
import { type CertificateRow, certificatesOf, insertCertificate } from "../store/certificate-rows.ts";
import { type Destruction, destructionsWithin } from "../store/destruction-rows.ts";
import type { AccountPorts } from "./account-ports.ts";
import { followUpsOf } from "./follow-ups.ts";
import { schoolYearNamed, schoolYearRule } from "./school-year.ts";

export interface DestructionCertificate {
  readonly schema: "preau.gar-certificate/1";
  readonly id: string;
  /** The certificate of the same year that this one takes the place of. */
  readonly follows: string | null;
  readonly issuedAt: Instant;
  readonly controller: ControllerId;
  /** Both days belong to it. */
  readonly schoolYear: { readonly name: string; readonly from: string; readonly until: string };
  /** False: the year was not over, and more may be erased within it. */
  readonly wholeYear: boolean;
  readonly verdict: Verdict;
  readonly agreement: string;
  readonly accounts: number;
  /** `lastYear` is the school year of the accounts' last sign-in. */
  readonly destroyed: readonly {
    readonly product: string;
    readonly role: string;
    readonly lastYear: string;
    readonly verdict: Verdict;
    readonly accounts: number;
  }[];
  readonly receipts: readonly CertifiedReceipt[];
  /** Accounts whose erasure began in the year and has no receipt yet. */
  readonly withoutReceipt: number;
  /** Accounts last used in that year or before it that stand on the day of issue. */
  readonly standing: readonly StandingAccounts[];
  readonly lastCopy: { readonly date: string; readonly basis: "agreement" | "generations" } | null;
}

export interface CertifiedReceipt {
  readonly id: ReceiptId;
  readonly verdict: Verdict;
  /** Null where the receipt cannot be read any more. */
  readonly closedAt: Instant | null;
  readonly lastCopy: string | null;
  readonly accounts: number;
  /** What was not verified, as the receipt says it: no personal data. */
  readonly notVerified: readonly {
    readonly store: string;
    readonly verdict: Verdict;
    readonly why: string | null;
    readonly until: string | null;
  }[];
  /** The receipt that looked again where this one was PENDING. */
  readonly followedBy: ReceiptId | null;
}

export type CertificatePorts = Pick<
  AccountPorts,
  "agreements" | "clock" | "contracts" | "ids" | "journal" | "receipts" | "unitOfWork"
>;

const WAIT_MS = 5_000;

/**
 * Issues the certificate of a school year (`2025-2026`), or gives the one that stands when nothing has changed since.
 * @throws GAR_BAD_SCHOOL_YEAR
 * @clause D12.2, D6.2c
 */
export async function certifyDestructions(
  ports: CertificatePorts,
  { controller, year: asked }: { readonly controller: ControllerId; readonly year: string },
): Promise<CertificateRow> {
  const { unitOfWork, clock, ids } = ports;
  const { year, destroyed, standing, before } = await unitOfWork.transaction(async (unit) => {
    const named = schoolYearNamed(asked, await schoolYearRule(unit, ports, controller));
    return {
      year: named,
      destroyed: await destructionsWithin(unit, controller, named),
      standing: await standingAccounts(unit, controller, named.name),
      before: (await certificatesOf(unit, controller, named.name))[0],
    };
  });
  const receipts = await readReceipts(ports, controller, destroyed);
  const issuedAt = clock.now();
  const verdictOf = ({ closed }: Destruction): Verdict =>
    receipts.find(({ id }) => id === closed?.receipt)?.verdict ?? "UNKNOWN";
  const body: DestructionCertificate = {
    schema: "preau.gar-certificate/1",
    id: ids.next("gct"),
    follows: before?.id ?? null,
    issuedAt,
    controller,
    schoolYear: { name: year.name, from: year.from, until: year.until },
    wholeYear: issuedAt > year.ends,
    verdict: overallVerdict(destroyed.map(verdictOf), 0),
    agreement: ports.agreements.hashOf(controller),
    accounts: destroyed.length,
    destroyed: counted(destroyed, verdictOf),
    receipts,
    withoutReceipt: destroyed.filter(({ closed }) => closed === undefined).length,
    standing,
    lastCopy: await lastCopyOf(ports, controller, receipts),
  };
  if (before !== undefined && saysTheSame(before, body)) return before;
  return unitOfWork.transaction((unit) => file(unit, ports, body));
}

async function file(
  unit: Unit,
  ports: CertificatePorts,
  body: DestructionCertificate,
): Promise<CertificateRow> {
  const { controller, verdict, issuedAt } = body;
  const text = JSON.stringify(body);
  const entry = await ports.journal.record(unit, {
    log: "evidence",
    type: "gar.destructionCertified",
    clause: "D12.2",
    controller,
    actor: { role: "system" },
    payload: {
      certificate: body.id,
      sha256: sha256Of(text),
      schoolYear: body.schoolYear.name,
      verdict,
      accounts: body.accounts,
      receipts: body.receipts.length,
    },
  });
  const row: CertificateRow = {
    id: body.id as CertificateRow["id"],
    ...{ controller, verdict, entry, issuedAt, body: text },
    schoolYear: body.schoolYear.name,
  };
  await insertCertificate(unit, row);
  return row;
}

/** SHA-256 of a certificate's text, which the journal bears: 64 hexadecimal digits. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The proof of the certificate's entry, once it is numbered: it shows offline that the entry stands in the journal. */
export function proofOfCertificate(
  { journal }: Pick<AccountPorts, "journal">,
  { controller, entry }: Pick<CertificateRow, "controller" | "entry">,
): Promise<string | undefined> {
  return journal.prove(controller, entry, { waitMs: WAIT_MS });
}

function saysTheSame({ body }: CertificateRow, now: DestructionCertificate): boolean {
  const said = ({ id: _, follows: __, issuedAt: ___, ...rest }: DestructionCertificate) =>
    JSON.stringify(rest);
  return said(JSON.parse(body) as DestructionCertificate) === said(now);
}

function counted(
  destroyed: readonly Destruction[],
  verdictOf: (each: Destruction) => Verdict,
): DestructionCertificate["destroyed"] {
  const counts = new Map<string, DestructionCertificate["destroyed"][number]>();
  for (const each of destroyed) {
    const { product, role, schoolYear: lastYear } = each;
    const verdict = verdictOf(each);
    const key = [product, role, lastYear, verdict].join("\n");
    counts.set(key, { product, role, lastYear, verdict, accounts: (counts.get(key)?.accounts ?? 0) + 1 });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}

/** The receipts of these destructions as they stand in the journal, in the order of their closing. */
async function readReceipts(
  ports: CertificatePorts,
  controller: ControllerId,
  destroyed: readonly Destruction[],
): Promise<readonly CertifiedReceipt[]> {
  const accounts = new Map<ReceiptId, number>();
  for (const { closed } of destroyed)
    if (closed !== undefined) accounts.set(closed.receipt, (accounts.get(closed.receipt) ?? 0) + 1);
  const read = new Map<ReceiptId, Receipt | undefined>();
  for (const id of accounts.keys()) read.set(id, await receiptOf(ports, controller, id));
  const waiting = [...read].flatMap(([id, receipt]) => (receipt?.verdict === "PENDING" ? [id] : []));
  const followUps = await followUpsOf(ports, controller, waiting);
  const certified: CertifiedReceipt[] = [];
  for (const [id, receipt] of read) {
    const next = followUps.get(id);
    const later = next === undefined ? undefined : await receiptOf(ports, controller, next);
    certified.push({ ...certifiedReceipt(id, receipt, later), accounts: accounts.get(id) ?? 0 });
  }
  return certified;
}

/** What one receipt says; of a PENDING one that was looked at again, what the later one says of the stores that waited. */
function certifiedReceipt(
  id: ReceiptId,
  receipt: Receipt | undefined,
  later: Receipt | undefined,
): Omit<CertifiedReceipt, "accounts"> {
  if (receipt === undefined)
    return { id, verdict: "UNKNOWN", closedAt: null, lastCopy: null, notVerified: [], followedBy: null };
  const settled =
    later === undefined ? receipt.stores : receipt.stores.filter((each) => each.verdict !== "PENDING");
  const stores = [...settled, ...(later?.stores ?? [])];
  const notCovered = [...receipt.notCovered, ...(later?.notCovered ?? [])];
  return {
    id,
    verdict: overallVerdict(
      stores.map((each) => each.verdict),
      notCovered.length,
    ),
    closedAt: receipt.closedAt,
    lastCopy: receipt.lastCopy.date,
    notVerified: [
      ...stores
        .filter((each) => each.verdict !== "PASS")
        .map(({ store, verdict, why, until }) => ({
          store,
          verdict,
          why: why ?? null,
          until: until ?? null,
        })),
      ...notCovered.map(({ what, why }) => ({ store: what, verdict: "UNKNOWN" as const, why, until: null })),
    ],
    followedBy: later?.id ?? null,
  };
}

async function receiptOf(
  { receipts }: Pick<AccountPorts, "receipts">,
  controller: ControllerId,
  id: ReceiptId,
): Promise<Receipt | undefined> {
  const file = await receipts.receiptFile(controller, id, { waitMs: WAIT_MS });
  return file === undefined ? undefined : (JSON.parse(file) as Receipt);
}

/** The latest day on which a backup copy of what was erased is gone, as the receipts say it. @clause D12.3 */
async function lastCopyOf(
  ports: CertificatePorts,
  controller: ControllerId,
  certified: readonly CertifiedReceipt[],
): Promise<DestructionCertificate["lastCopy"]> {
  const dates = certified.flatMap(({ lastCopy }) => (lastCopy === null ? [] : [lastCopy])).sort();
  const last = dates.at(-1);
  const of = certified.find(({ lastCopy }) => lastCopy === last);
  if (last === undefined || of === undefined) return null;
  return (await receiptOf(ports, controller, of.id))?.lastCopy ?? null;
}
