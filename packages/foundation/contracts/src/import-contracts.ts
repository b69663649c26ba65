/** Importing a contracts file: all of it, or nothing. Each change is an instruction like one made by hand. @clause D1, D3 */
import { inUnit } from "@preau/database";
import type { EntryId, Journal, JournalEvent, Unit } from "@preau/kernel";
import { meanwhile } from "./change-controller.ts";
import type { ContractId } from "./contract.ts";
import type { Contracts } from "./contracts-port.ts";
import { fault } from "./errors.ts";
import { type ImportPlan, planImport } from "./import-plan.ts";
import {
  type Actor,
  type Edit,
  type Instruction,
  instructionEvent,
  type RegistryPorts,
} from "./instruction.ts";
import { parseContractsFile } from "./parse-contracts-file.ts";
import { insertContracts, updateContract } from "./store/contract-rows.ts";
import { insertControllers, updateController } from "./store/controller-rows.ts";

export interface ImportPorts extends Omit<RegistryPorts, "journal"> {
  readonly contracts: Pick<Contracts, "everything">;
  /** The database's journal records many at once; any other one by one. */
  readonly journal: Journal & {
    recordMany?(unit: Unit, events: readonly JournalEvent[]): Promise<readonly EntryId[]>;
  };
}

/** Instructions for one look at the keys, and for one transaction that makes those that are missing. */
const BATCH = 2_000;

/** What an import would do. Reads only. @throws what `parseContractsFile` refuses */
export async function dryRunImport(unit: Unit, ports: ImportPorts, bytes: Uint8Array): Promise<ImportPlan> {
  const file = parseContractsFile(bytes);
  return planImport(file, await ports.contracts.everything(unit, "all"), ports.agreements);
}

/**
 * Imports a file that its plan refuses nothing of; `digest` is that of the plan that was shown, where one was.
 * @throws CONTRACTS_FILE_REFUSED when a row is refused, CONTRACT_CHANGED_MEANWHILE when the plan is another by now
 */
export async function importContracts(
  unit: Unit,
  ports: ImportPorts,
  actor: Actor,
  { bytes, digest }: { readonly bytes: Uint8Array; readonly digest?: string },
): Promise<ImportPlan> {
  const plan = await dryRunImport(unit, ports, bytes);
  if (plan.counts.refused > 0) {
    const line = plan.rows.find(({ what }) => what === "refused")?.line ?? 0;
    throw fault("CONTRACTS_FILE_REFUSED", { place: `line ${line}`, log: { refused: plan.counts.refused } });
  }
  if (digest !== undefined && digest !== plan.digest) throw meanwhile();
  const events = [
    ...(await writeControllers(unit, ports, actor, plan)),
    ...(await writeContracts(unit, ports, actor, plan)),
  ];
  // Those of one controller together: its key is unwrapped for all of them at once.
  const sorted = events.toSorted((a, b) =>
    a.controller < b.controller ? -1 : Number(a.controller > b.controller),
  );
  for (let at = 0; at < sorted.length; at += BATCH) await record(unit, ports, sorted.slice(at, at + BATCH));
  return plan;
}

async function writeControllers(
  unit: Unit,
  ports: ImportPorts,
  actor: Actor,
  { controllers }: ImportPlan,
): Promise<readonly JournalEvent[]> {
  const createdAt = ports.clock.now();
  const fresh = controllers.filter(({ known }) => known === undefined);
  await insertControllers(
    inUnit(unit),
    fresh.map(({ id, values }) => ({ id, ...values, createdAt })),
  );
  for (const { id, values, known } of controllers) {
    if (known === undefined) continue;
    const changed = { ...values, id, createdAt: known.createdAt, version: known.version };
    if (!(await updateController(inUnit(unit), changed))) throw meanwhile();
  }
  return controllers.map(({ id, known, changes }) => {
    const deed = known === undefined ? "controllerRegistered" : "controllerChanged";
    return eventOf(actor, id, { deed, clause: "D4.3", ...settled(known, changes) });
  });
}

async function writeContracts(
  unit: Unit,
  ports: ImportPorts,
  actor: Actor,
  { contracts }: ImportPlan,
): Promise<readonly JournalEvent[]> {
  const createdAt = ports.clock.now();
  const ids = new Map(contracts.map((each) => [each, each.known?.id ?? ports.ids.next("ctr")] as const));
  const idOf = (each: ImportPlan["contracts"][number]) => ids.get(each) as ContractId;
  const fresh = contracts.filter(({ known }) => known === undefined);
  await insertContracts(
    inUnit(unit),
    fresh.map((each) => {
      const { controller, values } = each;
      const agreement = ports.agreements.hashOf(controller);
      return { ...values, id: idOf(each), controller, agreement, createdAt };
    }),
  );
  for (const { values, known } of contracts) {
    if (known === undefined) continue;
    const { id, controller, agreement, version } = known;
    const changed = { ...values, id, controller, agreement, version, createdAt: known.createdAt };
    if (!(await updateContract(inUnit(unit), changed))) throw meanwhile();
  }
  return contracts.map((each) => {
    const { known, controller, changes } = each;
    const deed = known === undefined ? "contractOpened" : "contractChanged";
    const clause = known === undefined ? "D1" : "D3";
    return eventOf(actor, controller, { deed, clause, contract: idOf(each), ...settled(known, changes) });
  });
}

/** What is new has nothing before it. */
function settled(known: unknown, { before, after }: Pick<Instruction, "before" | "after">) {
  return { before: known === undefined ? {} : before, after };
}

function eventOf(actor: Actor, controller: Edit["controller"], given: Instruction): JournalEvent {
  return instructionEvent({ controller, actor, version: "current" }, given);
}

async function record(unit: Unit, { journal }: ImportPorts, events: readonly JournalEvent[]): Promise<void> {
  if (journal.recordMany !== undefined) {
    await journal.recordMany(unit, events);
    return;
  }
  for (const event of events) await journal.record(unit, event);
}
