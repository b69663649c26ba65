/**
 * The day on which the last backup copy of what was erased is gone: of every store by the backups that were seen, else by
 * the agreement's own period; of them all the latest. @figure D12.3
 */
import { durationOf } from "@preau/agreement";
import { deadlineOf } from "@preau/calendar";
import type { StoreResult } from "@preau/journal";
import { type ControllerId, type Instant, instant, type LastCopy } from "@preau/kernel";
import type { RetentionPorts } from "./retention-ports.ts";
import { codeOf } from "./run-options.ts";

const CLAUSE = "D12.3";

/** @figure D12.3 */
export async function lastCopyOf(
  ports: Pick<RetentionPorts, "agreements" | "backups" | "contracts" | "log" | "unitOfWork">,
  controller: ControllerId,
  endedAt: Instant,
  stores: readonly Pick<StoreResult, "store" | "until">[],
): Promise<LastCopy> {
  const period = durationOf(ports.agreements.of(controller), CLAUSE);
  const place = await ports.unitOfWork.transaction((unit) => ports.contracts.placeOf(unit, controller));
  const promised = (erasedAt: Instant): LastCopy => ({
    date: deadlineOf(erasedAt, period, { rounding: "binds", place }).lastDay,
    basis: "agreement",
  });
  const seen = async (source: string, erasedAt: Instant): Promise<LastCopy | undefined> => {
    try {
      return await ports.backups.lastCopy({ controller, source, erasedAt });
    } catch (error) {
      // A receipt is not kept back because a backup cannot be read: it then rests on the agreement, and says so.
      ports.log.warn("retention.backupsNotSeen", { source, code: codeOf(error) });
      return undefined;
    }
  };
  const each: LastCopy[] = [];
  for (const { store, until } of stores) {
    // What a store erases only after its documented delay may be in a backup until then.
    const erasedAt = until === undefined ? endedAt : instant(until);
    each.push((await seen(store, erasedAt)) ?? promised(erasedAt));
  }
  const [first, ...rest] = each;
  if (first === undefined) return promised(endedAt);
  return rest.reduce(
    (latest, one): LastCopy => ({
      date: one.date > latest.date ? one.date : latest.date,
      basis: one.basis === "agreement" ? "agreement" : latest.basis,
    }),
    first,
  );
}
