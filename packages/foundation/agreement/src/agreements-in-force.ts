/** Which agreement is in force for whom. One for everybody, until contracts say otherwise. */
import type { ControllerId, GateTable } from "@preau/kernel";
import type { Agreement, Subprocessor } from "./agreement.ts";
import { agreementHash } from "./agreement-hash.ts";
import { compileGateTable } from "./gate-table.ts";
import { widenSubprocessors } from "./widen-subprocessors.ts";

export interface AgreementsInForce {
  of(controller: ControllerId): Agreement;
  /** `sha256:…` of it. */
  hashOf(controller: ControllerId): string;
  tableOf(controller: ControllerId): GateTable;
  /**
   * Recipients of annex C that were announced since: from now on the table names them too, as far as they are announced.
   * Nobody is let in by this; the check of subprocessors keeps each shut until it opened for the controller. @figure D8.2
   */
  announce(announced: readonly Subprocessor[]): void;
  /** Those that were announced. */
  readonly announced: readonly Subprocessor[];
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
  let table = compileGateTable(agreement);
  let announced: readonly Subprocessor[] = [];
  const hash = agreementHash(agreement);
  return {
    of: () => agreement,
    hashOf: () => hash,
    tableOf: () => table,
    announce: (given) => {
      announced = given;
      // A recipient of the house is none of annex C: nobody comes in under its name, past the instruction that it asks for.
      const others = given.filter(({ recipient }) =>
        agreement.recipients.every(({ id }) => id !== recipient),
      );
      const annexC = widenSubprocessors([...agreement.annexC, ...others]);
      table = compileGateTable({ ...agreement, annexC }, hash);
    },
    get announced() {
      return announced;
    },
    ...(policy === undefined ? {} : { policy }),
  };
}
