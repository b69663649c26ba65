/** The ledger of written instructions over the hub's database. @clause D6.1c */
import type { AgreementsInForce } from "@preau/agreement";
import type { Clock, Events, Ids, Instructions, Journal } from "@preau/kernel";

export interface MakeInstructionsOptions {
  readonly agreements: AgreementsInForce;
  readonly clock: Clock;
  readonly events: Events;
  readonly ids: Ids;
  readonly journal: Journal;
}

export function makeInstructions(_options: MakeInstructionsOptions): Instructions {
  const notYet = () => Promise.reject(new Error("the ledger is not built yet"));
  return { record: notYet, standing: notYet, link: notYet, of: notYet, revoke: notYet };
}
