/**
 * What the journal keeps of packages that were written by command: who asked, what kind, opaque ids, the file's sum. About
 * a person, it stands under that person's key too: what was handed out about them is theirs to know.
 * @clause D10.1a, DD.2, S8
 */
import type { PackageKind } from "@preau/data-export";
import type { ControllerId, JsonObject } from "@preau/kernel";
import type { Hub } from "../hub.ts";
import { exportFault } from "./export-faults.ts";
import type { Written } from "./export-packages.ts";

const CLAUSES: Readonly<Record<PackageKind, string>> = {
  access: "D10.1a",
  portability: "D10.1a",
  project: "DD.2",
  database: "S8",
};

export interface Recorded {
  readonly controller: ControllerId;
  /** Reference of the controller's written instruction, where one was named. */
  readonly instruction?: string | undefined;
}

/** In one transaction, signed before the command ends. */
export async function recordWritten(
  { ports, sequencer }: Hub,
  written: readonly Written[],
  { controller, instruction }: Recorded,
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    for (const { kind, subject, bytes, sha256 } of written) {
      const payload: JsonObject = { kind, bytes, sha256 };
      await ports.journal.record(unit, {
        ...{ log: "evidence", type: "data-export.written", clause: CLAUSES[kind], controller },
        actor: { role: "operations" },
        ...(subject === undefined ? {} : { subject: { id: subject, payload: { kind } } }),
        payload: instruction === undefined ? payload : { ...payload, reference: instruction },
      });
    }
  });
  await sequencer.runOnce();
}

/**
 * What is held is handed back as long as a contract has begun. An LMS named on the command line may be that of a controller
 * whom this installation does not know: then there is no register to ask.
 * @throws EXPORT_NO_CONTRACT
 * @clause D6.2c
 */
export async function requireContract(
  { ports }: Hub,
  { controller, foreign }: { readonly controller: ControllerId; readonly foreign: boolean },
): Promise<void> {
  const may = await ports.unitOfWork.transaction(
    async (unit) =>
      (await ports.contracts.hasBegun(unit, controller)) ||
      (foreign && (await ports.contracts.controller(unit, controller)) === undefined),
  );
  if (!may) throw exportFault("EXPORT_NO_CONTRACT", { clause: "D6.2c" });
}
