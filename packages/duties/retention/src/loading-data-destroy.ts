/**
 * A copy whose time is over is destroyed: files and folders are unlinked, the folder above is made durable, and the place is
 * looked at again. Nothing is overwritten: on today's disks that would prove nothing, and the receipt claims nothing of the
 * kind. A temporary database is destroyed by its operator, whose word is UNKNOWN and never PASS. @clause S9, S15
 */
import { lstat, open, rm } from "node:fs/promises";
import path from "node:path";
import type { StoreResult } from "@preau/journal";
import {
  type ControllerId,
  type Instant,
  isFault,
  type ReceiptId,
  type Unit,
  type Verdict,
} from "@preau/kernel";
import type { PurgeDecider } from "./decide-purge.ts";
import { fault } from "./errors.ts";
import { isInForce } from "./hold.ts";
import { lastCopyOf } from "./last-copy.ts";
import {
  type Holding,
  type HoldingId,
  REFERENCE,
  recordHolding,
  requireHolding,
  ruleOfHolding,
} from "./loading-data.ts";
import { absent, identityOf, isTheRegistered, placesOf, standsInTheWay } from "./loading-data-place.ts";
import { hasRestoreTest } from "./loading-data-restore-test.ts";
import { refuseWords } from "./loading-data-words.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { listRestoreTests, lockHolding, updateHolding } from "./store/holdings.ts";
import { listHolds } from "./store/holds.ts";

const ATTESTED = 300;

export interface Destroyed {
  readonly holding: Holding;
  readonly receipt: ReceiptId;
  readonly verdict: Verdict;
}

export interface DestroyOptions {
  readonly by: PurgeDecider;
  /** Of a database: how its operator destroyed it, and where that is shown. */
  readonly attested?: string | undefined;
  /** Before its day, on an instruction of the controller. */
  readonly early?: boolean | undefined;
  /** Folders and files of the service itself: never destroyed, wherever they were moved since. */
  readonly forbidden?: readonly string[] | undefined;
}

/**
 * @throws RETENTION_NO_HOLDING, RETENTION_HOLDING_KEPT, RETENTION_HOLDING_NOT_DUE, RETENTION_RESTORE_NOT_TESTED, RETENTION_HOLDING_BAD for a
 *   database without an attestation, RETENTION_HOLDING_STANDS when it is still there
 * @clause S9, S15
 */
export async function destroyHolding(
  ports: RetentionPorts,
  { controller, id }: { readonly controller: ControllerId; readonly id: HoldingId },
  options: DestroyOptions,
): Promise<Destroyed> {
  const { by, attested } = options;
  refuseWords("attested", attested, ATTESTED);
  refuseWords("reference", by.instructionReference, REFERENCE);
  const startedAt = ports.clock.monotonic();
  const opened = await ports.unitOfWork.transaction((unit) =>
    openDestruction(unit, ports, { controller, id }, options),
  );
  if ("verdict" in opened) return opened;
  const { holding, receipt } = opened;
  const result =
    holding.kind === "database"
      ? attestedResult(holding, attested ?? "")
      : await destroy(ports, opened, options.forbidden ?? []);
  const endedAt = ports.clock.now();
  const lastCopy = await lastCopyOf(ports, controller, endedAt, [result]);
  const ms = Math.round(ports.clock.monotonic() - startedAt);
  return ports.unitOfWork.transaction(async (unit) => {
    // Somebody else who destroyed it at the same time has closed the one receipt.
    const now = destroyedBefore(await lockHolding(unit, controller, id));
    if (now !== undefined) return now;
    await ports.receipts.closeReceipt(unit, controller, receipt, {
      stores: [result],
      kept: [],
      notCovered: [],
      lastCopy,
      statements: 0,
      ms,
    });
    const stands = result.verdict === "FAILED";
    const changed: Holding = stands
      ? { ...holding, receipt }
      : { ...holding, state: "destroyed", destroyedAt: endedAt, receipt, verdict: result.verdict };
    if (!stands) {
      await updateHolding(unit, holding, {
        state: "destroyed",
        destroyedAt: endedAt,
        receipt,
        verdict: result.verdict,
      });
      await recordHolding(unit, ports, changed, "retention.holdingDestroyed", by);
    }
    return { holding: changed, receipt, verdict: result.verdict };
  });
}

/** What this one destroys, and under which receipt. */
interface Opened {
  readonly holding: Holding;
  readonly receipt: ReceiptId;
  /** When that receipt was opened: what began to be unlinked since went under it, by a run that was killed too. */
  readonly openedAt: Instant;
}

function destroyedBefore(holding: Holding | undefined): Destroyed | undefined {
  if (holding?.state !== "destroyed") return undefined;
  const { receipt, verdict } = holding;
  return receipt === undefined || verdict === undefined ? undefined : { holding, receipt, verdict };
}

async function openDestruction(
  unit: Unit,
  ports: RetentionPorts,
  { controller, id }: { readonly controller: ControllerId; readonly id: HoldingId },
  { by, attested, early = false }: DestroyOptions,
): Promise<Opened | Destroyed> {
  const holding = await lockHolding(unit, controller, id);
  if (holding === undefined) throw fault("RETENTION_NO_HOLDING", { place: id });
  const before = destroyedBefore(holding);
  if (before !== undefined) return before;
  const { clause } = holding;
  if (await isKeptByLaw(unit, ports, controller)) throw fault("RETENTION_HOLDING_KEPT", { clause: "D6.2c" });
  refuseEarly(ports, holding, early, by);
  const needsTest = ruleOfHolding(ports.agreements, controller, holding.store)?.condition === "restoreTested";
  if (needsTest && !hasRestoreTest(await listRestoreTests(unit, controller), holding))
    throw fault("RETENTION_RESTORE_NOT_TESTED", { clause });
  if (holding.kind === "database" && (attested ?? "").trim() === "")
    throw fault("RETENTION_HOLDING_BAD", { place: "attested", clause });
  const open = await ports.receipts.receipts(unit, controller, "opened");
  const left = open.find((each) => each.id === holding.receipt);
  if (left !== undefined) return { holding, receipt: left.id, openedAt: left.openedAt };
  const openedAt = ports.clock.now();
  const receipt = await ports.receipts.openReceipt(unit, controller, {
    ground: "retention",
    clause,
    dueAt: holding.dueAt ?? openedAt,
    agreement: ports.agreements.hashOf(controller),
    stores: [storeName(holding)],
    actor: { role: by.role },
  });
  await updateHolding(unit, holding, { receipt });
  return { holding, receipt, openedAt };
}

/** Is there a hold on all of a controller's data, or on a category of it, that a law requires? Towards D6.2c */
export async function isKeptByLaw(
  unit: Unit,
  ports: Pick<RetentionPorts, "clock" | "contracts">,
  controller: ControllerId,
): Promise<boolean> {
  const place = await ports.contracts.placeOf(unit, controller);
  const holds = await listHolds(unit, controller, "standing");
  return holds.some(
    (each) => each.lawful && each.covers !== "person" && isInForce(each, ports.clock.now(), place),
  );
}

function refuseEarly(
  ports: RetentionPorts,
  { dueAt, clause }: Holding,
  early: boolean,
  by: PurgeDecider,
): void {
  if (dueAt !== undefined && dueAt <= ports.clock.now()) return;
  if (!early) throw fault("RETENTION_HOLDING_NOT_DUE", { clause });
  if ((by.instructionReference?.trim() ?? "") === "")
    throw fault("RETENTION_NEEDS_INSTRUCTION", { clause: "D6.1c" });
}

function storeName({ store, id }: Holding): string {
  return `${store} ${id}`;
}

function attestedResult(holding: Holding, attested: string): StoreResult {
  return {
    store: storeName(holding),
    verdict: "UNKNOWN",
    why: `destroyed by its operator, who attests it: ${attested.trim()}`,
    tables: [],
  };
}

/** Unlinks what is there and looks at every place of it again. */
async function destroy(
  ports: Pick<RetentionPorts, "clock" | "log" | "unitOfWork">,
  { holding, openedAt }: Opened,
  forbidden: readonly string[],
): Promise<StoreResult> {
  const store = storeName(holding);
  const places = placesOf(holding);
  let found = 0;
  try {
    if (await standsInTheWay(holding.place, holding.kind, forbidden)) return another(store);
    const { current, stands } = await lookAt(ports, holding);
    const begun = current.unlinkingAt !== undefined && current.unlinkingAt >= openedAt;
    if (stands === "another") return another(store);
    if (stands === "nothing") {
      // What stands beside a database that is gone belongs to nothing that was registered.
      for (const place of places) if (!begun && (await isThere(place))) return another(store);
    } else {
      // Before anything goes: a run that is killed from here on leaves less than was registered.
      const change = { unlinkingAt: ports.clock.now(), identity: stands.identity };
      await ports.unitOfWork.transaction((unit) => updateHolding(unit, holding, change));
    }
    for (const place of places) found += (await unlink(place, holding.kind === "folder")) ? 1 : 0;
    for (const place of places)
      if (await isThere(place)) throw fault("RETENTION_HOLDING_STANDS", { place: "still there" });
    if (found === 0 && stands === "nothing" && !begun)
      return {
        store,
        verdict: "UNKNOWN",
        why: "nothing stood at its place: somebody else removed it",
        tables: [],
      };
  } catch (cause) {
    ports.log.error("retention.holdingStands", { holding: holding.id, error: codeOf(cause) });
    return {
      store,
      verdict: "FAILED",
      why: `it could not be destroyed (${codeOf(cause)})`,
      remedy: "free the place, then destroy it again",
      tables: [],
    };
  }
  return {
    store,
    verdict: "PASS",
    tables: [{ table: holding.kind, erased: 1, anonymised: 0, kept: 0 }],
    lookAgain: { referenceColumns: 0, textColumns: 0, files: places.length, hits: 0 },
  };
}

type Stands = "nothing" | "another" | { readonly identity: string };

/** What stands at its place, and what is known of it since: somebody else may be unlinking it at this moment. */
async function lookAt(
  ports: Pick<RetentionPorts, "unitOfWork">,
  holding: Holding,
): Promise<{ readonly current: Holding; readonly stands: Stands }> {
  const identity = await identityOf(holding.place);
  const same = identity !== undefined && (await isTheRegistered(holding).catch(absent)) === true;
  if (same) return { current: holding, stands: { identity } };
  const current = await ports.unitOfWork.transaction((unit) =>
    requireHolding(unit, holding.controller, holding.id),
  );
  // Their unlinking began after this run had read it: what is left is told by its identity alone.
  if (current.unlinkingAt !== holding.unlinkingAt) return lookAt(ports, current);
  const gone = (await identityOf(holding.place)) === undefined;
  return { current, stands: gone ? "nothing" : "another" };
}

function another(store: string): StoreResult {
  return {
    store,
    verdict: "FAILED",
    why: "what stands at its place is not what was registered",
    remedy: "put back what was registered, or remove the copy by hand: the receipt then says UNKNOWN",
    tables: [],
  };
}

async function unlink(place: string, isFolder: boolean): Promise<boolean> {
  const known = await lstat(place).catch((error: unknown) => absent(error));
  if (known === undefined) return false;
  // A link is not the copy that was registered: following it could destroy something else.
  if (known.isSymbolicLink() || known.isDirectory() !== isFolder)
    throw fault("RETENTION_HOLDING_STANDS", { place: "another kind of thing stands there" });
  // Whoever destroys it at the same time may be the first.
  await rm(place, { recursive: isFolder, force: true });
  const above = await open(path.dirname(place), "r");
  await above.sync().finally(() => above.close());
  return true;
}

async function isThere(place: string): Promise<boolean> {
  return (await identityOf(place)) !== undefined;
}

function codeOf(error: unknown): string {
  if (isFault(error)) return error.code;
  return error instanceof Error && "code" in error ? String(error.code) : "UNEXPECTED";
}

export interface HoldingVerdict {
  readonly holding: Holding;
  /** Why it stays for now. */
  readonly why: "notAccepted" | "keptByLaw" | "notDue" | "restoreNotTested" | "due";
  readonly until?: Instant;
}

/** What would happen to a copy today. */
export function judgeHolding(
  ports: Pick<RetentionPorts, "agreements" | "clock">,
  holding: Holding,
  {
    tests,
    kept,
  }: {
    readonly tests: Parameters<typeof hasRestoreTest>[0];
    /** A law keeps it: `isKeptByLaw`. */
    readonly kept: boolean;
  },
): HoldingVerdict {
  const { dueAt } = holding;
  if (kept) return { holding, why: "keptByLaw", ...(dueAt === undefined ? {} : { until: dueAt }) };
  if (dueAt === undefined) return { holding, why: "notAccepted" };
  const rule = ruleOfHolding(ports.agreements, holding.controller, holding.store);
  const untested = rule?.condition === "restoreTested" && !hasRestoreTest(tests, holding);
  if (dueAt > ports.clock.now())
    return { holding, why: untested ? "restoreNotTested" : "notDue", until: dueAt };
  return { holding, why: untested ? "restoreNotTested" : "due", until: dueAt };
}
