/** The SQL of contracts' ends and their certificates. What a run writes bears its number; one overtaken writes nothing. */
import type { ContractId } from "@preau/contracts";
import { inUnit } from "@preau/database";
import { type ControllerId, type Id, type Instant, instant, type Unit, type Verdict } from "@preau/kernel";
import type { ContractEnd, ContractEndId, ContractEndState, EndFacts, StopReason } from "../contract-end.ts";
import { fault } from "../errors.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly contract: string;
  readonly state: string;
  readonly stopped: string | null;
  readonly run: number;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly facts: string;
}

export interface EndChange {
  readonly state?: ContractEndState;
  /** `null`: it goes on. */
  readonly stopped?: StopReason | null;
  readonly closedAt?: Instant;
  readonly facts?: EndFacts;
}

const TABLE = "ret_contract_end";

/** @throws DATABASE_DUPLICATE when that contract has a living end */
export async function insertEnd(unit: Unit, end: ContractEnd): Promise<void> {
  await inUnit(unit)(TABLE).insert({
    id: end.id,
    controller: end.controller,
    contract: end.contract,
    state: end.state,
    stopped: end.stopped ?? null,
    run: end.run,
    opened_at: end.openedAt,
    facts: JSON.stringify(end.facts),
    live: 1,
  });
}

export async function readEnd(
  unit: Unit,
  controller: ControllerId,
  id: ContractEndId,
): Promise<ContractEnd | undefined> {
  const row = await inUnit(unit)(TABLE).where({ controller, id }).first<Row | undefined>();
  return row && fromRow(row);
}

/** Newest first. */
export async function listEnds(unit: Unit, controller: ControllerId): Promise<readonly ContractEnd[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ controller })
    .orderBy("opened_at", "desc")
    .limit(200)
    .select<Row[]>();
  return rows.map(fromRow);
}

/** Those that live; every controller's for `all`. */
export async function liveEnds(
  unit: Unit,
  controller: ControllerId | "all",
): Promise<readonly ContractEnd[]> {
  const query = inUnit(unit)(TABLE).where({ live: 1 });
  if (controller !== "all") void query.where({ controller });
  return (await query.orderBy("opened_at").limit(1_000).select<Row[]>()).map(fromRow);
}

/** Contracts whose end was certified; every controller's for `all`. */
export async function certifiedContracts(
  unit: Unit,
  controller: ControllerId | "all",
): Promise<ReadonlySet<ContractId>> {
  const query = inUnit(unit)(TABLE).where({ state: "certified" });
  if (controller !== "all") void query.where({ controller });
  return new Set(await query.pluck<ContractId[]>("contract"));
}

/** Takes it for a run or a decision, which overtakes every earlier one. */
export async function takeEnd(
  unit: Unit,
  controller: ControllerId,
  id: ContractEndId,
): Promise<ContractEnd | undefined> {
  await inUnit(unit)(TABLE).where({ controller, id }).increment("run", 1);
  return readEnd(unit, controller, id);
}

/** Takes it for a run, until that moment at the latest; undefined while another run has it. @throws RETENTION_NO_END */
export async function leaseEnd(
  unit: Unit,
  controller: ControllerId,
  id: ContractEndId,
  { now, until }: { readonly now: Instant; readonly until: Instant },
): Promise<ContractEnd | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, id })
    .forUpdate()
    .first<{ readonly lease_until: string | null } | undefined>("lease_until");
  if (row === undefined) throw fault("RETENTION_NO_END", { place: id });
  if (row.lease_until !== null && row.lease_until > now) return undefined;
  await inUnit(unit)(TABLE).where({ controller, id }).update({ lease_until: until });
  return takeEnd(unit, controller, id);
}

/** The run goes on: nobody else takes it before that moment. @throws RETENTION_RUN_OVERTAKEN */
export async function keepLease(
  unit: Unit,
  { controller, id, run }: Pick<ContractEnd, "controller" | "id" | "run">,
  until: Instant | null,
): Promise<void> {
  const own = () => inUnit(unit)(TABLE).where({ controller, id, run });
  const held = await own().forUpdate().first<{ id: string } | undefined>("id");
  if (held === undefined) throw fault("RETENTION_RUN_OVERTAKEN", { clause: "D6.2c", log: { end: id } });
  await own().update({ lease_until: until });
}

/** @throws RETENTION_RUN_OVERTAKEN when another run has taken it since, or it is over */
export async function saveEnd(unit: Unit, end: ContractEnd, change: EndChange): Promise<ContractEnd> {
  const { controller, id, run } = end;
  const own = () => inUnit(unit)(TABLE).where({ controller, id, run, live: 1 });
  const held = await own().forUpdate().first<{ id: string } | undefined>("id");
  if (held === undefined) throw fault("RETENTION_RUN_OVERTAKEN", { clause: "D6.2c", log: { end: id } });
  const { state = end.state, stopped, closedAt, facts = end.facts } = change;
  await own().update({
    state,
    facts: JSON.stringify(facts),
    ...(stopped === undefined ? {} : { stopped }),
    ...(closedAt === undefined ? {} : { closed_at: closedAt, live: null }),
  });
  const { stopped: was, ...rest } = end;
  const now = stopped === undefined ? was : (stopped ?? undefined);
  return {
    ...rest,
    state,
    facts,
    ...(now === undefined ? {} : { stopped: now }),
    ...(closedAt === undefined ? {} : { closedAt }),
  };
}

function fromRow(row: Row): ContractEnd {
  return {
    id: row.id as ContractEndId,
    controller: row.controller as ControllerId,
    contract: row.contract as ContractId,
    state: row.state as ContractEndState,
    ...(row.stopped === null ? {} : { stopped: row.stopped as StopReason }),
    run: row.run,
    openedAt: instant(row.opened_at),
    ...(row.closed_at === null ? {} : { closedAt: instant(row.closed_at) }),
    facts: JSON.parse(row.facts) as EndFacts,
  };
}

type CertificateId = Id<"crt">;

export interface CertificateRow {
  readonly id: CertificateId;
  readonly controller: ControllerId;
  readonly end: ContractEndId;
  readonly verdict: Verdict;
  readonly entry: Id<"jrn">;
  readonly issuedAt: Instant;
  /** JSON text, exactly as it was hashed. */
  readonly body: string;
}

export async function insertCertificate(unit: Unit, each: CertificateRow): Promise<void> {
  await inUnit(unit)("ret_certificate").insert({
    id: each.id,
    controller: each.controller,
    contract_end: each.end,
    verdict: each.verdict,
    entry: each.entry,
    issued_at: each.issuedAt,
    body: each.body,
  });
}

/** The latest of an end. */
export async function readCertificate(
  unit: Unit,
  controller: ControllerId,
  end: ContractEndId,
): Promise<CertificateRow | undefined> {
  const row = await inUnit(unit)("ret_certificate")
    .where({ controller, contract_end: end })
    .orderBy([
      { column: "issued_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .first<Readonly<Record<string, string>> | undefined>();
  if (row === undefined) return undefined;
  return {
    id: row["id"] as CertificateId,
    controller,
    end,
    verdict: row["verdict"] as Verdict,
    entry: row["entry"] as Id<"jrn">,
    issuedAt: instant(row["issued_at"] ?? ""),
    body: row["body"] ?? "",
  };
}
