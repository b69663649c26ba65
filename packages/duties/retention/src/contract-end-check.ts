/**
 * Asked before every step of a contract's end: has the contract really ended, and does no other one need the data? A store
 * does not tell whose product a row is of: while another contract of the controller runs, nothing is erased. @clause D6.2c
 */
import type { Place } from "@preau/calendar";
import type { Contract } from "@preau/contracts";
import type { Instant, Unit } from "@preau/kernel";
import type { ContractEnd, StopReason } from "./contract-end.ts";
import { endOfContract } from "./contract-end-terms.ts";
import { fault } from "./errors.ts";
import type { RetentionPorts } from "./retention-ports.ts";

export interface EndStanding {
  readonly contract: Contract;
  readonly place: Place;
  /** The first instant after the contract's last day. */
  readonly endsAt: Instant | undefined;
  readonly ended: boolean;
  /** What forbids to go on; undefined when nothing does. */
  readonly stop?: Extract<StopReason, "renewed" | "otherContract" | "otherProduct">;
}

/** @throws RETENTION_NO_CONTRACT */
export async function standingOfEnd(
  unit: Unit,
  ports: Pick<RetentionPorts, "contracts">,
  end: Pick<ContractEnd, "controller" | "contract"> & Partial<Pick<ContractEnd, "state">>,
): Promise<EndStanding> {
  const { controller } = end;
  const all = await ports.contracts.contracts(unit, controller);
  const contract = all.find(({ id }) => id === end.contract);
  if (contract === undefined) throw fault("RETENTION_NO_CONTRACT", { place: end.contract });
  const place = await ports.contracts.placeOf(unit, controller);
  const ended = ports.contracts.stateOf(contract, place) === "ended";
  const others = all.filter(
    (each) => each.id !== contract.id && ports.contracts.stateOf(each, place) !== "ended",
  );
  const names = (each: Contract) => each.products.some((product) => contract.products.includes(product));
  const stop = !ended
    ? "renewed"
    : others.some(names)
      ? "otherContract"
      : others.length > 0
        ? "otherProduct"
        : undefined;
  return {
    contract,
    place,
    endsAt: endOfContract(contract, place),
    ended,
    ...(stop === undefined ? {} : { stop }),
  };
}
