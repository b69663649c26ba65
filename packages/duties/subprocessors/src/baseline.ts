/** What a controller accepted by signing: annex C of the agreement annexed to its contract. @clause D8.1 */
import { type Agreement, agreementHash, officerCorrespondence, type Subprocessor } from "@preau/agreement";
import { dayIn, type LocalDate } from "@preau/calendar";
import type { Actor, Contract } from "@preau/contracts";
import type { ControllerId, Flow, Instant, Unit } from "@preau/kernel";
import { recordAct } from "./act.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { insertAnnex, readAnnex, readTerms } from "./store/annexes.ts";
import type { WindowTerms } from "./window.ts";

/**
 * The contracts that speak for a flow: those that name its product and run today anywhere on earth, so that none is missed
 * at midnight; the newest that has begun when none runs. Of several, each must have accepted what is asked: an older annex
 * is not widened by signing a newer one for as long as both run.
 * @clause D8.1
 */
export function contractsFor<T extends Pick<Contract, "products" | "startsOn" | "endsOn">>(
  contracts: readonly T[],
  product: string,
  now: Instant,
): readonly T[] {
  const [earliest, latest] = [dayIn("Etc/GMT+12", now), dayIn("Pacific/Kiritimati", now)];
  const begun = contracts.filter(
    ({ products, startsOn }) =>
      startsOn <= latest && (product === officerCorrespondence.product || products.includes(product)),
  );
  const running = begun.filter(({ endsOn }) => endsOn === undefined || endsOn >= earliest);
  if (running.length > 0) return running;
  const newest = begun.reduce<LocalDate | undefined>(
    (day, { startsOn }) => (day === undefined || startsOn > day ? startsOn : day),
    undefined,
  );
  return begun.filter(({ startsOn }) => startsOn === newest);
}

/** Annexes by the hash of their agreement. They never change, so what was read once stays in memory. */
export interface Annexes {
  of(unit: Unit, agreement: string): Promise<readonly Subprocessor[] | undefined>;
}

export function annexesInMemory(): Annexes {
  const known = new Map<string, readonly Subprocessor[]>();
  return {
    of: async (unit, hash) => {
      const found = known.get(hash) ?? (await readAnnex(unit, hash));
      if (found !== undefined) known.set(hash, found);
      return found;
    },
  };
}

/** What the controller accepted for a flow, one annex a contract; `unknown` when an agreement was never seen here. */
export type Baseline = (
  | { readonly is: "known"; readonly annexes: readonly (readonly Subprocessor[])[] }
  | { readonly is: "unknown"; readonly agreement: string }
  | { readonly is: "noContract" }
) & {
  /** Hashes of the agreements that its contracts are annexed to. */
  readonly signed: readonly string[];
};

/** One read of the contracts, by their index. @clause D8.1 */
export async function baselineOf(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "clock" | "contracts">,
  annexes: Annexes,
  { controller, product }: Pick<Flow, "controller" | "product">,
): Promise<Baseline> {
  const contracts = await ports.contracts.contracts(unit, controller);
  const signed = [...new Set(contracts.map(({ agreement }) => agreement))];
  const speaking = contractsFor(contracts, product, ports.clock.now());
  if (speaking.length === 0) return { is: "noContract", signed };
  const found: (readonly Subprocessor[])[] = [];
  for (const hash of new Set(speaking.map(({ agreement }) => agreement))) {
    const annex = await annexes.of(unit, hash);
    if (annex === undefined) return { is: "unknown", agreement: hash, signed };
    found.push(annex);
  }
  return { is: "known", annexes: found, signed };
}

/**
 * Remembers the annex C of an agreement under its hash: of one that was in force before this product watched, whose
 * contracts still run. False when it was known.
 * @clause D8.1
 */
export async function rememberAgreement(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "journal">,
  { agreement, by }: { readonly agreement: Agreement; readonly by: Actor },
): Promise<boolean> {
  const hash = agreementHash(agreement);
  if (!(await insertAnnex(unit, { agreement: hash, entries: agreement.annexC, terms: termsIn(agreement) })))
    return false;
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.agreementRemembered", clause: "D8.1", by },
    payload: { agreement: hash, recipients: agreement.annexC.map(({ recipient }) => recipient) },
  });
  return true;
}

/** What of an agreement decides about announcements and windows. */
export function termsIn({ subprocessorChange, periods }: Agreement): WindowTerms {
  return { ...(subprocessorChange === undefined ? {} : { subprocessorChange }), periods };
}

// By the hash of the whole agreement: what stands here can only be this.
const knownTerms = new Map<string, WindowTerms>();

/**
 * The terms that hold for a controller: of the agreement in force, and of each that its contracts are annexed to, as far as
 * it was seen here.
 */
export async function termsSigned(
  unit: Unit,
  { agreements }: Pick<SubprocessorPorts, "agreements">,
  controller: ControllerId,
  signed: readonly string[],
): Promise<readonly WindowTerms[]> {
  const inForce = agreements.hashOf(controller);
  const terms: WindowTerms[] = [termsIn(agreements.of(controller))];
  for (const hash of signed) {
    if (hash === inForce) continue;
    const found = knownTerms.get(hash) ?? (await readTerms(unit, hash));
    if (found === undefined) continue;
    knownTerms.set(hash, found);
    terms.push(found);
  }
  return terms;
}

/** The same, for whoever has not read the contracts yet. */
export async function termsFor(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "agreements" | "contracts">,
  controller: ControllerId,
): Promise<readonly WindowTerms[]> {
  const contracts = await ports.contracts.contracts(unit, controller);
  return termsSigned(unit, ports, controller, [...new Set(contracts.map(({ agreement }) => agreement))]);
}
