/**
 * That a backup of the site was restored in a test: which one, when, and where it is shown. Only then does the data go that
 * the site was loaded from: the backup must have been made after the loading. @clause S9
 */
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import type { PurgeDecider } from "./decide-purge.ts";
import { fault } from "./errors.ts";
import type { Holding } from "./loading-data.ts";
import { refuseWords } from "./loading-data-words.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { insertRestoreTest, type RestoreTest } from "./store/holdings.ts";

export interface NewRestoreTest {
  readonly controller: ControllerId;
  readonly backup: string;
  readonly backupAt: Instant;
  readonly restoredAt?: Instant | undefined;
  readonly evidence: string;
  readonly by: PurgeDecider;
}

const TEXT = 500;

/** @throws RETENTION_HOLDING_BAD naming the field */
export async function recordRestoreTest(
  unit: Unit,
  ports: Pick<RetentionPorts, "clock" | "ids" | "journal">,
  { controller, backup, backupAt, restoredAt = ports.clock.now(), evidence, by }: NewRestoreTest,
): Promise<RestoreTest> {
  const now = ports.clock.now();
  for (const [place, text] of Object.entries({ backup, evidence }))
    if (text.trim() === "" || text.length > TEXT) throw fault("RETENTION_HOLDING_BAD", { place });
  refuseWords("evidence", evidence, TEXT);
  if (restoredAt > now) throw fault("RETENTION_HOLDING_BAD", { place: "restoredAt" });
  if (backupAt > restoredAt) throw fault("RETENTION_HOLDING_BAD", { place: "backupAt" });
  const test = { backup: backup.trim(), backupAt, restoredAt, evidence: evidence.trim() };
  const id = ports.ids.next("rst");
  const entry = await ports.journal.record(unit, {
    log: "evidence",
    type: "retention.restoreTested",
    clause: "S9",
    controller,
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    payload: { restoreTest: id, ...test },
  });
  const row: RestoreTest = { id, controller, ...test, recordedBy: by.role, entry };
  await insertRestoreTest(unit, row);
  return row;
}

/** Has a backup been restored that was made after this copy was loaded, or accepted where that is known? */
export function hasRestoreTest(
  tests: readonly Pick<RestoreTest, "backupAt">[],
  { heldSince, anchorAt }: Pick<Holding, "heldSince" | "anchorAt">,
): boolean {
  const loadedAt = anchorAt ?? heldSince;
  return tests.some(({ backupAt }) => backupAt >= loadedAt);
}
