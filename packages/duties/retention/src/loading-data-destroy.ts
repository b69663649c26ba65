/**
 * A copy whose time is over is destroyed: files and folders are unlinked, the folder above is made durable, and the place is
 * looked at again. Nothing is overwritten: on today's disks that would prove nothing, and the receipt claims nothing of the
 * kind. A temporary database is destroyed by its operator, whose word is UNKNOWN and never PASS. @clause S9, S15
 */
import { lstat, open, realpath, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { StoreResult } from "@preau/journal";
import { type ControllerId, type Instant, isFault, type ReceiptId, type Verdict } from "@preau/kernel";
import type { PurgeDecider } from "./decide-purge.ts";
import { fault } from "./errors.ts";
import { lastCopyOf } from "./last-copy.ts";
import {
  type Holding,
  type HoldingId,
  recordHolding,
  requireHolding,
  ruleOfHolding,
} from "./loading-data.ts";
import { hasRestoreTest } from "./loading-data-restore-test.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { sha256Of } from "./return-or-delete-folder.ts";
import { listRestoreTests, updateHolding } from "./store/holdings.ts";

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
}

/**
 * @throws RETENTION_NO_HOLDING, RETENTION_HOLDING_NOT_DUE, RETENTION_RESTORE_NOT_TESTED, RETENTION_HOLDING_BAD for a
 *   database without an attestation, RETENTION_HOLDING_STANDS when it is still there
 * @clause S9, S15
 */
export async function destroyHolding(
  ports: RetentionPorts,
  { controller, id }: { readonly controller: ControllerId; readonly id: HoldingId },
  { by, attested, early = false }: DestroyOptions,
): Promise<Destroyed> {
  const { holding, tests } = await ports.unitOfWork.transaction(async (unit) => ({
    holding: await requireHolding(unit, controller, id),
    tests: await listRestoreTests(unit, controller),
  }));
  if (holding.state === "destroyed" && holding.receipt !== undefined && holding.verdict !== undefined)
    return { holding, receipt: holding.receipt, verdict: holding.verdict };
  const clause = holding.clause;
  refuseEarly(ports, holding, early, by);
  const needsTest = ruleOfHolding(ports.agreements, controller, holding.store)?.condition === "restoreTested";
  if (needsTest && !hasRestoreTest(tests, holding)) throw fault("RETENTION_RESTORE_NOT_TESTED", { clause });
  if (holding.kind === "database" && (attested ?? "").trim() === "")
    throw fault("RETENTION_HOLDING_BAD", { place: "attested", clause });

  const openedAt = ports.clock.now();
  const startedAt = ports.clock.monotonic();
  const { receipt, resumed } = await ports.unitOfWork.transaction(async (unit) => {
    // A run that was killed left its receipt open: this one goes on under it, and what is gone went under it too.
    const left = (await ports.receipts.receipts(unit, controller, "opened")).find(
      (each) => each.id === holding.receipt,
    );
    if (left !== undefined) return { receipt: left.id, resumed: true };
    const opened = await ports.receipts.openReceipt(unit, controller, {
      ground: "retention",
      clause,
      dueAt: holding.dueAt ?? openedAt,
      agreement: ports.agreements.hashOf(controller),
      stores: [storeName(holding)],
      actor: { role: by.role },
    });
    await updateHolding(unit, holding, { receipt: opened });
    return { receipt: opened, resumed: false };
  });
  const result =
    holding.kind === "database"
      ? attestedResult(holding, attested ?? "")
      : await destroy(ports, holding, resumed);
  const endedAt = ports.clock.now();
  const lastCopy = await lastCopyOf(ports, controller, endedAt, [result]);
  const ms = Math.round(ports.clock.monotonic() - startedAt);
  return ports.unitOfWork.transaction(async (unit) => {
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
    why: `destroyed by its operator, who attests it: ${attested.trim().slice(0, 300)}`,
    tables: [],
  };
}

/** Unlinks what is there and looks at every place of it again. */
async function destroy(
  ports: Pick<RetentionPorts, "log">,
  holding: Holding,
  resumed: boolean,
): Promise<StoreResult> {
  const store = storeName(holding);
  const places = placesOf(holding);
  let found = 0;
  try {
    await refuseAnother(holding);
    for (const place of places) found += (await unlink(place, holding.kind === "folder")) ? 1 : 0;
    for (const place of places)
      if (await isThere(place)) throw fault("RETENTION_HOLDING_STANDS", { place: "still there" });
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
  if (found === 0 && !resumed)
    return {
      store,
      verdict: "UNKNOWN",
      why: "nothing stood at its place: somebody else removed it",
      tables: [],
    };
  return {
    store,
    verdict: "PASS",
    tables: [{ table: holding.kind, erased: 1, anonymised: 0, kept: 0 }],
    lookAgain: { referenceColumns: 0, textColumns: 0, files: places.length, hits: 0 },
  };
}

/** What stands there must be what was registered: a file's hash says so. */
async function refuseAnother({ kind, place, sha256 }: Holding): Promise<void> {
  if (kind !== "file" || sha256 === undefined || !(await isThere(place))) return;
  if (`sha256:${await sha256Of(place)}` !== sha256)
    throw fault("RETENTION_HOLDING_STANDS", { place: "another file stands there" });
}

/** A SQLite database is up to four files. */
function placesOf({ kind, place }: Holding): readonly string[] {
  return kind === "sqlite" ? ["", "-wal", "-shm", "-journal"].map((end) => `${place}${end}`) : [place];
}

async function unlink(place: string, isFolder: boolean): Promise<boolean> {
  const known = await lstat(place).catch((error: unknown) => absent(error));
  if (known === undefined) return false;
  // A link is not the copy that was registered: following it could destroy something else.
  if (known.isSymbolicLink() || known.isDirectory() !== isFolder)
    throw fault("RETENTION_HOLDING_STANDS", { place: "another kind of thing stands there" });
  if (isFolder && (await realpath(place)) === path.parse(place).root)
    throw fault("RETENTION_HOLDING_STANDS", { place: "the root of the disk" });
  await rm(place, { recursive: isFolder });
  const above = await open(path.dirname(place), "r");
  await above.sync().finally(() => above.close());
  return true;
}

async function isThere(place: string): Promise<boolean> {
  return (await stat(place).catch((error: unknown) => absent(error))) !== undefined;
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}

function codeOf(error: unknown): string {
  if (isFault(error)) return error.code;
  return error instanceof Error && "code" in error ? String(error.code) : "UNEXPECTED";
}

export interface HoldingVerdict {
  readonly holding: Holding;
  /** Why it stays for now. */
  readonly why: "notAccepted" | "notDue" | "restoreNotTested" | "due";
  readonly until?: Instant;
}

/** What would happen to a copy today. */
export function judgeHolding(
  ports: Pick<RetentionPorts, "agreements" | "clock">,
  holding: Holding,
  tests: Parameters<typeof hasRestoreTest>[0],
): HoldingVerdict {
  const { dueAt } = holding;
  if (dueAt === undefined) return { holding, why: "notAccepted" };
  const rule = ruleOfHolding(ports.agreements, holding.controller, holding.store);
  const untested = rule?.condition === "restoreTested" && !hasRestoreTest(tests, holding);
  if (dueAt > ports.clock.now())
    return { holding, why: untested ? "restoreNotTested" : "notDue", until: dueAt };
  return { holding, why: untested ? "restoreNotTested" : "due", until: dueAt };
}
