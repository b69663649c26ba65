/** Contracts in the database, with the zone of their controller where a day must be counted. */

import type { LocalDate } from "@preau/calendar";
import { insertRows } from "@preau/database";
import type { ControllerId, Instant } from "@preau/kernel";
import type { Contract, ContractId, EndChoice } from "../contract.ts";
import type { Kept } from "../controller.ts";
import type { Scope } from "../scope.ts";
import type { Queries } from "./queries.ts";

interface ContractRow {
  readonly controller: ControllerId;
  readonly id: ContractId;
  readonly reference: string;
  readonly products: string;
  readonly starts_on: LocalDate;
  readonly ends_on: LocalDate | null;
  readonly at_end: EndChoice | null;
  readonly agreement: string;
  readonly version: number;
  readonly created_at: Instant;
}

const TABLE = "ctr_contract";

function contractOf(row: ContractRow): Kept<Contract> {
  return {
    id: row.id,
    controller: row.controller,
    reference: row.reference,
    products: row.products.split(" "),
    startsOn: row.starts_on,
    ...(row.ends_on === null ? {} : { endsOn: row.ends_on }),
    ...(row.at_end === null ? {} : { atEnd: row.at_end }),
    agreement: row.agreement,
    createdAt: row.created_at,
    version: row.version,
  };
}

function rowOf(each: Contract, version: number): ContractRow {
  return {
    controller: each.controller,
    id: each.id,
    reference: each.reference,
    products: each.products.join(" "),
    starts_on: each.startsOn,
    ends_on: each.endsOn ?? null,
    at_end: each.atEnd ?? null,
    agreement: each.agreement,
    version,
    created_at: each.createdAt,
  };
}

/** Newest first. */
export async function contractsOf(
  queries: Queries,
  controller: ControllerId,
): Promise<readonly Kept<Contract>[]> {
  const rows = await queries<ContractRow>(TABLE)
    .where({ controller })
    .orderBy([
      { column: "starts_on", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .select<ContractRow[]>("*");
  return rows.map(contractOf);
}

export async function readContract(
  queries: Queries,
  controller: ControllerId,
  id: ContractId,
): Promise<Kept<Contract> | undefined> {
  const row = await queries<ContractRow>(TABLE).where({ controller, id }).first<ContractRow | undefined>();
  return row && contractOf(row);
}

/** All of a scope, by controller and reference. */
export async function readContracts(queries: Queries, scope: Scope): Promise<readonly Kept<Contract>[]> {
  const select = queries<ContractRow>(TABLE).orderBy(["controller", "reference"]);
  if (scope !== "all") void select.where({ controller: scope });
  return (await select.select<ContractRow[]>("*")).map(contractOf);
}

/** @throws DATABASE_DUPLICATE when the controller has one with that reference */
export async function insertContracts(queries: Queries, all: readonly Contract[]): Promise<void> {
  await insertRows(
    queries,
    TABLE,
    all.map((each) => rowOf(each, 1)),
  );
}

/** False when it has another version by now. @throws DATABASE_DUPLICATE for a reference that is taken */
export async function updateContract(queries: Queries, each: Kept<Contract>): Promise<boolean> {
  const { controller, id, created_at: _, ...changes } = rowOf(each, each.version + 1);
  const changed = await queries<ContractRow>(TABLE)
    .where({ controller, id, version: each.version })
    .update(changes);
  return changed === 1;
}

/** What one decision needs: the controller's contracts and its zone, in one read by the index. */
export interface DatedContract {
  readonly products: readonly string[];
  readonly startsOn: LocalDate;
  readonly endsOn?: LocalDate;
  readonly zone: string;
}

export async function datedContractsOf(
  queries: Queries,
  controller: ControllerId,
): Promise<readonly DatedContract[]> {
  const rows = await queries(`${TABLE} as c`)
    .join("ctr_controller as k", "k.controller", "c.controller")
    .where("c.controller", controller)
    .select<(Pick<ContractRow, "products" | "starts_on" | "ends_on"> & { readonly zone: string })[]>(
      "c.products",
      "c.starts_on",
      "c.ends_on",
      "k.zone",
    );
  return rows.map((row) => ({
    products: row.products.split(" "),
    startsOn: row.starts_on,
    ...(row.ends_on === null ? {} : { endsOn: row.ends_on }),
    zone: row.zone,
  }));
}

export interface WatchedContract extends Kept<Contract> {
  readonly zone: string;
  readonly attested: boolean;
  /** Whether the controller has named a data protection officer. */
  readonly hasDpo: boolean;
}

const NO_DPO =
  "not exists (select 1 from ctr_officer o where o.controller = c.controller and o.role = 'dpo')";

/** Contracts that have a last day up to that one, or that lack an attestation or an officer: what may be due. */
export async function contractsToWatch(
  queries: Queries,
  scope: Scope,
  until: LocalDate,
): Promise<readonly WatchedContract[]> {
  const select = queries(`${TABLE} as c`)
    .join("ctr_controller as k", "k.controller", "c.controller")
    .leftJoin("ctr_attestation as a", (on) => {
      on.on("a.controller", "c.controller").andOn("a.contract", "c.id");
    })
    .where((either) => {
      void either.where("c.ends_on", "<=", until).orWhereNull("a.attested_at").orWhereRaw(NO_DPO);
    });
  if (scope !== "all") void select.where("c.controller", scope);
  const rows = await select
    .orderBy(["c.controller", "c.id"])
    .select<(ContractRow & { zone: string; attested_at: Instant | null; no_dpo: number })[]>(
      "c.*",
      "k.zone",
      "a.attested_at",
      queries.raw(`${NO_DPO} as no_dpo`),
    );
  return rows.map((row) => ({
    ...contractOf(row),
    zone: row.zone,
    attested: row.attested_at !== null,
    hasDpo: row.no_dpo === 0,
  }));
}
