/** What hangs on a contract: the controller's own periods, its legal bases, its attestation. */
import { formatDuration, parseDuration } from "@preau/calendar";
import type { ControllerId, Instant } from "@preau/kernel";
import type { Attestation, ContractId, LegalBasis, OwnPeriod, PurposeBasis } from "../contract.ts";
import type { Queries } from "./queries.ts";

interface Key {
  readonly controller: ControllerId;
  readonly contract: ContractId;
}
interface PeriodRow extends Key {
  readonly rule: string;
  readonly duration: string;
}
interface BasisRow extends Key {
  readonly product: string;
  readonly purpose: string;
  readonly legal_basis: LegalBasis;
}
interface AttestationRow extends Key {
  readonly attested_at: Instant;
  readonly statements: string;
}

const PERIOD = "ctr_own_period";
const BASIS = "ctr_purpose_basis";
const ATTESTATION = "ctr_attestation";

export async function ownPeriodsOf(
  queries: Queries,
  controller: ControllerId,
): Promise<readonly OwnPeriod[]> {
  const rows = await queries<PeriodRow>(PERIOD)
    .where({ controller })
    .orderBy(["contract", "rule"])
    .select<PeriodRow[]>("*");
  return rows.flatMap(({ contract, rule, duration: text }) => {
    const duration = parseDuration(text);
    return duration === undefined ? [] : [{ contract, rule, duration }];
  });
}

/** Replaces the period of a rule; takes it away when there is none. */
export async function putOwnPeriod(
  queries: Queries,
  { controller, contract }: Key,
  { rule, duration }: Pick<OwnPeriod, "rule"> & { readonly duration?: OwnPeriod["duration"] | undefined },
): Promise<void> {
  await queries<PeriodRow>(PERIOD).where({ controller, contract, rule }).delete();
  if (duration === undefined) return;
  await queries<PeriodRow>(PERIOD).insert({ controller, contract, rule, duration: formatDuration(duration) });
}

export async function purposeBasesOf(
  queries: Queries,
  controller: ControllerId,
): Promise<readonly PurposeBasis[]> {
  const rows = await queries<BasisRow>(BASIS)
    .where({ controller })
    .orderBy(["contract", "product", "purpose"])
    .select<BasisRow[]>("*");
  return rows.map(({ contract, product, purpose, legal_basis }) => ({
    contract,
    product,
    purpose,
    legalBasis: legal_basis,
  }));
}

/** Replaces the legal basis of a purpose; takes it away when there is none. */
export async function putPurposeBasis(
  queries: Queries,
  { controller, contract }: Key,
  {
    product,
    purpose,
    legalBasis,
  }: Pick<PurposeBasis, "product" | "purpose"> & { readonly legalBasis?: LegalBasis | undefined },
): Promise<void> {
  await queries<BasisRow>(BASIS).where({ controller, contract, product, purpose }).delete();
  if (legalBasis === undefined) return;
  await queries<BasisRow>(BASIS).insert({ controller, contract, product, purpose, legal_basis: legalBasis });
}

export async function attestationsOf(
  queries: Queries,
  controller: ControllerId,
): Promise<readonly Attestation[]> {
  const rows = await queries<AttestationRow>(ATTESTATION)
    .where({ controller })
    .orderBy("contract")
    .select<AttestationRow[]>("*");
  return rows.map(({ contract, attested_at, statements }) => ({
    contract,
    attestedAt: attested_at,
    statements: statements.split(" "),
  }));
}

export async function putAttestation(
  queries: Queries,
  controller: ControllerId,
  { contract, attestedAt, statements }: Attestation,
): Promise<void> {
  await deleteAttestation(queries, controller, contract);
  await queries<AttestationRow>(ATTESTATION).insert({
    controller,
    contract,
    attested_at: attestedAt,
    statements: statements.join(" "),
  });
}

export async function deleteAttestation(
  queries: Queries,
  controller: ControllerId,
  contract: ContractId,
): Promise<void> {
  await queries<AttestationRow>(ATTESTATION).where({ controller, contract }).delete();
}
