/** How a controller stands towards a product today: the answer that lets personal data flow, or not. @clause D1, D3 */
import type { LocalDate } from "@preau/calendar";
import type { ContractState } from "./contract.ts";

/** Reasons are stable: the gate gives them to the log and to the page. */
export type Standing =
  | "RUNNING"
  | "NO_CONTRACT"
  | "PRODUCT_NOT_SUBSCRIBED"
  | "NOT_STARTED"
  | "CONTRACT_ENDED";

interface Dated {
  readonly products: readonly string[];
  readonly startsOn: LocalDate;
  readonly endsOn?: LocalDate;
}

/** Both days are days of the contract. @clause D3 */
export function stateOn(today: LocalDate, { startsOn, endsOn }: Omit<Dated, "products">): ContractState {
  if (today < startsOn) return "notStarted";
  return endsOn !== undefined && today > endsOn ? "ended" : "running";
}

/**
 * One running contract that names the product is enough. Without one, the most hopeful reason: an ended contract can be
 * renewed, one that has not started needs only time.
 * @clause D1, D3
 */
export function standingOn(today: LocalDate, contracts: readonly Dated[], product: string): Standing {
  if (contracts.length === 0) return "NO_CONTRACT";
  const states = contracts
    .filter(({ products }) => products.includes(product))
    .map((each) => stateOn(today, each));
  if (states.includes("running")) return "RUNNING";
  if (states.includes("notStarted")) return "NOT_STARTED";
  return states.length > 0 ? "CONTRACT_ENDED" : "PRODUCT_NOT_SUBSCRIBED";
}
