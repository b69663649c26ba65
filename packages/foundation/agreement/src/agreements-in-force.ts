/** Which agreement is in force for whom. One for everybody, until contracts say otherwise. */
import type { ControllerId, GateTable } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import { agreementHash } from "./agreement-hash.ts";
import { compileGateTable } from "./gate-table.ts";

export interface AgreementsInForce {
  of(controller: ControllerId): Agreement;
  /** `sha256:…` of it. */
  hashOf(controller: ControllerId): string;
  tableOf(controller: ControllerId): GateTable;
  /** The policy on samples and client data, which settles what happens around the contract (S1 to S15). */
  readonly policy?: Agreement;
}

declare module "@preau/kernel" {
  interface Ports {
    readonly agreements: AgreementsInForce;
  }
}

/** The same agreement for every controller, compiled once. */
export function oneAgreement(agreement: Agreement, policy?: Agreement): AgreementsInForce {
  const table = compileGateTable(agreement);
  const hash = agreementHash(agreement);
  return {
    of: () => agreement,
    hashOf: () => hash,
    tableOf: () => table,
    ...(policy === undefined ? {} : { policy }),
  };
}
