/**
 * The certificate of a contract's end: what was chosen, what was handed back, what was erased with which receipt, what is
 * kept and why, and the day on which the last copy is gone. It is never better than its parts. Its hash is sealed in the
 * evidence log: offline the proof shows that the entry stands there, and its receipts verify wholly. @clause D6.2c
 */
import { createHash } from "node:crypto";
import { endChoices } from "@preau/contracts";
import type { Receipt } from "@preau/journal";
import {
  type ControllerId,
  type Instant,
  type KeptRows,
  type NotCovered,
  overallVerdict,
  type ReceiptId,
  type Verdict,
} from "@preau/kernel";
import type { ContractEnd, DoorNote, Given, HandBackNote } from "./contract-end.ts";
import { standingOfEnd } from "./contract-end-check.ts";
import { periodEnd } from "./contract-end-terms.ts";
import { fault } from "./errors.ts";
import { type Holding, holdingName } from "./loading-data.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { type CertificateRow, insertCertificate, readCertificate, saveEnd } from "./store/contract-ends.ts";
import { readErasure } from "./store/erasures.ts";
import { listHoldings } from "./store/holdings.ts";
import { readLaterLook } from "./store/later-looks.ts";

export interface Certificate {
  readonly schema: "preau.certificate/1";
  readonly id: string;
  readonly verdict: Verdict;
  readonly issuedAt: Instant;
  readonly controller: ControllerId;
  readonly contract: {
    readonly id: string;
    readonly reference: string;
    readonly products: readonly string[];
    readonly startsOn: string;
    readonly endsOn: string | null;
  };
  readonly agreement: string;
  readonly choice: (typeof endChoices)[number] | null;
  readonly given: Given | null;
  readonly confirmed: Given | null;
  readonly window: {
    readonly agreed: string | null;
    readonly from: Instant | null;
    readonly until: Instant | null;
    readonly doors: readonly DoorNote[];
  };
  readonly handBack: (HandBackNote & { readonly acknowledged: Given | null }) | null;
  readonly erasure: {
    readonly persons: number;
    /** Persons still found when everybody had been named, those that a law keeps included. */
    readonly left: number;
    readonly receipts: readonly {
      readonly id: ReceiptId;
      readonly verdict: Verdict;
      readonly closedAt: Instant;
      readonly lastCopy: string;
      /** The receipt that follows it: a store was PENDING, and was looked at again. */
      readonly follows?: ReceiptId;
    }[];
  };
  readonly kept: readonly KeptRows[];
  readonly notCovered: readonly NotCovered[];
  /** Copies and archives that are kept beyond the end (S15), and loading data (S9). */
  readonly holdings: readonly {
    readonly id: string;
    readonly store: Holding["store"];
    readonly what: string;
    readonly until: string | null;
  }[];
  /** The latest day on which a backup copy of what was erased is gone. */
  readonly lastCopy: { readonly date: string; readonly basis: "agreement" | "generations" } | null;
}

const WAIT_MS = 5_000;

/** Who is found when everybody has been named: different persons, and those of them whom no law keeps now. */
export interface Left {
  readonly persons: number;
  readonly free: number;
}

/**
 * Issues it, or a later one where a store that was PENDING has been looked at since. The same again is the one that stands.
 * @throws RETENTION_NO_CERTIFICATE while a receipt is missing
 * @clause D6.2c
 */
export async function certifyContractEnd(
  ports: RetentionPorts,
  end: ContractEnd,
  left: Left,
): Promise<CertificateRow> {
  const { controller } = end;
  const receipts = await receiptsOf(ports, end);
  const { standing, holdings, before } = await ports.unitOfWork.transaction(async (unit) => ({
    standing: await standingOfEnd(unit, ports, end),
    holdings: await listHoldings(unit, controller, "standing"),
    before: await readCertificate(unit, controller, end.id),
  }));
  const { contract, place, endsAt } = standing;
  const followed = new Set(receipts.flatMap(({ follows }) => (follows === undefined ? [] : [follows])));
  const notCovered = distinct(receipts.flatMap((each) => each.notCovered));
  const held = end.facts.erasing?.held ?? [];
  // What was PENDING and has been looked at since is said by the receipt that follows; all the rest stays as it was.
  const verdicts = receipts.flatMap(({ id, verdict, stores }): readonly Verdict[] =>
    followed.has(id) ? stores.map((each) => each.verdict).filter((each) => each !== "PENDING") : [verdict],
  );
  if (left.free > 0) verdicts.push("FAILED");
  const issuedAt = ports.clock.now();
  const guardUntil = endsAt && periodEnd(endsAt, end.facts.guard, { place, rounding: "binds" });
  const body: Certificate = {
    schema: "preau.certificate/1",
    id: ports.ids.next("crt"),
    verdict: overallVerdict(verdicts, notCovered.length),
    issuedAt,
    controller,
    contract: {
      id: contract.id,
      reference: contract.reference,
      products: contract.products,
      startsOn: contract.startsOn,
      endsOn: contract.endsOn ?? null,
    },
    agreement: ports.agreements.hashOf(controller),
    choice: end.facts.choice ?? null,
    given: end.facts.given ?? null,
    confirmed: end.facts.confirmed ?? null,
    window: {
      agreed: end.facts.window ?? null,
      from: end.facts.windowFrom ?? null,
      until: end.facts.windowUntil ?? null,
      doors: end.facts.doors,
    },
    handBack:
      end.facts.handBack === undefined
        ? null
        : { ...end.facts.handBack, acknowledged: end.facts.acknowledged ?? null },
    erasure: {
      persons: end.facts.erasing?.persons ?? 0,
      left: left.persons,
      receipts: receipts.map(({ id, verdict, closedAt, lastCopy, follows }) => ({
        id,
        verdict,
        closedAt,
        lastCopy: lastCopy.date,
        ...(follows === undefined ? {} : { follows }),
      })),
    },
    kept: [
      ...sumKept(receipts.filter(({ follows }) => follows === undefined).flatMap(({ kept }) => kept)),
      ...held.map(({ basis, until, persons }) => ({
        where: "persons",
        rows: persons,
        reason: basis,
        clause: "D6.2c",
        ...(until === undefined ? {} : { until }),
      })),
    ],
    notCovered,
    holdings: holdings.map((each) => ({
      id: each.id,
      store: each.store,
      what: holdingName(each),
      until: each.dueAt ?? (each.store === "archive" ? (guardUntil ?? null) : null),
    })),
    lastCopy: latestCopy(receipts),
  };
  if (before !== undefined && sameParts(before, body)) return before;
  const text = JSON.stringify(body);
  return ports.unitOfWork.transaction(async (unit) => {
    const entry = await ports.journal.record(unit, {
      log: "evidence",
      type: "retention.contractEndCertified",
      clause: "D6.2c",
      controller,
      actor: { role: "system" },
      payload: {
        certificate: body.id,
        sha256: createHash("sha256").update(text).digest("hex"),
        contract: contract.id,
        verdict: body.verdict,
        receipts: receipts.map(({ id }) => id),
      },
    });
    const row = {
      id: body.id as CertificateRow["id"],
      controller,
      end: end.id,
      verdict: body.verdict,
      entry,
      issuedAt,
      body: text,
    };
    await insertCertificate(unit, row);
    if (end.state === "erasing")
      await saveEnd(unit, end, { state: "certified", stopped: null, closedAt: issuedAt });
    return row;
  });
}

/** The receipts of its erasures, each followed by the one that looked again. @throws RETENTION_NO_CERTIFICATE */
async function receiptsOf(ports: RetentionPorts, end: ContractEnd): Promise<readonly Receipt[]> {
  const { controller } = end;
  const ids = await ports.unitOfWork.transaction(async (unit) => {
    const found: ReceiptId[] = [];
    for (const erasure of end.facts.erasing?.erasures ?? []) {
      const receipt = (await readErasure(unit, controller, erasure))?.receipt;
      if (receipt === undefined) throw fault("RETENTION_NO_CERTIFICATE", { place: erasure });
      const followUp = (await readLaterLook(unit, controller, erasure))?.followUp;
      found.push(receipt, ...(followUp === undefined ? [] : [followUp]));
    }
    return found;
  });
  const receipts: Receipt[] = [];
  for (const id of ids) {
    const file = await ports.receipts.receiptFile(controller, id, { waitMs: WAIT_MS });
    if (file === undefined) throw fault("RETENTION_NO_CERTIFICATE", { place: id });
    receipts.push(JSON.parse(file) as Receipt);
  }
  return receipts;
}

function sameParts({ body }: CertificateRow, now: Certificate): boolean {
  const before = JSON.parse(body) as Certificate;
  const parts = ({ verdict, erasure }: Certificate) => JSON.stringify([verdict, erasure]);
  return parts(before) === parts(now);
}

/** The same reason in the same place, once, with its rows added up. */
function sumKept(kept: readonly KeptRows[]): readonly KeptRows[] {
  const sums = new Map<string, KeptRows>();
  for (const each of kept) {
    const key = JSON.stringify([each.where, each.reason, each.clause, each.until]);
    sums.set(key, { ...each, rows: each.rows + (sums.get(key)?.rows ?? 0) });
  }
  return [...sums.values()];
}

function distinct(all: readonly NotCovered[]): readonly NotCovered[] {
  return [...new Map(all.map((each) => [`${each.what}\n${each.why}`, each])).values()];
}

function latestCopy(receipts: readonly Receipt[]): Certificate["lastCopy"] {
  return receipts
    .map(({ lastCopy }) => lastCopy)
    .reduce<Certificate["lastCopy"]>(
      (latest, each) => (latest === null || each.date > latest.date ? each : latest),
      null,
    );
}

/** The proof of the certificate's entry, once it is numbered: it shows offline that the entry stands in the journal. */
export async function proofOfCertificate(
  ports: Pick<RetentionPorts, "journal">,
  { controller, entry }: Pick<CertificateRow, "controller" | "entry">,
): Promise<string | undefined> {
  return ports.journal.prove(controller, entry, { waitMs: WAIT_MS });
}
