/** What the agreement and the register say about a controller's processing, and the stores about a person's account. */
import { type Agreement, agreementHash } from "@preau/agreement";
import { mainland, type Place } from "@preau/calendar";
import type { Contract, Controller, LegalBasis, Officer, OwnPeriod, PurposeBasis } from "@preau/contracts";
import type { ControllerId, Instant, Origin, RegisteredSource, SubjectTarget } from "@preau/kernel";
import { storeFailed } from "./copy-store-failed.ts";
import type { ExportPorts } from "./export-ports.ts";

/** Words of the agreement, as the stores that have accounts say of this one; none where none can tell. */
interface AccountWords {
  readonly roles: readonly string[];
  readonly origins: readonly Origin[];
}

export interface CopyRegister extends AccountWords {
  readonly agreement: Agreement;
  readonly hash: string;
  /** Absent when the controller is not registered. */
  readonly controller?: Controller | undefined;
  readonly officers: readonly Officer[];
  readonly contracts: readonly Contract[];
  readonly bases: readonly PurposeBasis[];
  readonly periods: readonly OwnPeriod[];
  readonly place: Place;
  readonly at: Instant;
}

export async function readCopyRegister(
  { agreements, contracts, unitOfWork, clock }: ExportPorts,
  id: ControllerId,
): Promise<Omit<CopyRegister, keyof AccountWords>> {
  const agreement = agreements.of(id);
  const registered = await unitOfWork.transaction(async (unit) => {
    const controller = await contracts.controller(unit, id);
    return {
      controller,
      officers: await contracts.officers(unit, id),
      contracts: await contracts.contracts(unit, id),
      bases: await contracts.purposeBases(unit, id),
      periods: await contracts.ownPeriods(unit, id),
      place: controller?.place ?? mainland,
    };
  });
  return { ...registered, agreement, hash: agreementHash(agreement), at: clock.now() };
}

/** @throws EXPORT_STORE_FAILED and the stores' own faults */
export async function readAccountWords(
  sources: ReadonlyMap<string, RegisteredSource>,
  id: ControllerId,
  subject: SubjectTarget,
): Promise<AccountWords> {
  const roles = new Set<string>();
  const origins = new Set<Origin>();
  for (const [store, { source, lifecycle }] of sources) {
    const { controller } = source.describe();
    if (lifecycle === undefined || (controller !== undefined && controller !== id)) continue;
    const facts = await lifecycle.factsOf(id, subject.identifiers).catch((cause: unknown) => {
      throw storeFailed(store, cause);
    });
    for (const { role, origin } of facts) {
      if (role !== undefined) roles.add(role);
      if (origin !== undefined) origins.add(origin);
    }
  }
  return { roles: [...roles], origins: [...origins] };
}

/** Those of the controller's contracts; all of the agreement's where no contract is on record. */
export function productsOf({ agreement, contracts }: CopyRegister): Agreement["products"] {
  if (contracts.length === 0) return agreement.products;
  const named = new Set(contracts.flatMap(({ products }) => products));
  return agreement.products.filter(({ id }) => named.has(id));
}

/** Rows of annex B that are about this person, as far as their role and way in are known. */
export function dataRowsOf(register: CopyRegister): Agreement["annexB"] {
  const { agreement, roles, origins } = register;
  const products = new Set(productsOf(register).map(({ id }) => id));
  return agreement.annexB.filter(
    ({ product, role, origin }) =>
      products.has(product) &&
      (roles.length === 0 || roles.includes(role)) &&
      (origins.length === 0 || origins.includes(origin)),
  );
}

/** The legal bases on which a purpose rests; empty where nobody has settled one. @clause D6.1a */
export function legalBasesOf(
  { agreement, bases }: Pick<CopyRegister, "agreement" | "bases">,
  purpose: string,
): readonly LegalBasis[] {
  if (agreement.legalBasis?.setBy === "agreement") {
    const settled = agreement.purposes.find(({ id }) => id === purpose)?.legalBasis;
    return settled === undefined ? [] : [settled];
  }
  const said = bases.filter((each) => each.purpose === purpose).map(({ legalBasis }) => legalBasis);
  return [...new Set(said)];
}

/**
 * Whether what is processed for a purpose can be taken along (GDPR art. 20(1)): on consent or a contract. Where no basis
 * is settled it can: more is given rather than less.
 * @clause D10.1a, D6.1a
 */
export function isPortable(register: Pick<CopyRegister, "agreement" | "bases">, purpose: string): boolean {
  const bases = legalBasesOf(register, purpose);
  return bases.length === 0 || bases.some((basis) => basis === "consent" || basis === "contract");
}
