/** Takes an objection back, in writing too: from then on the controller takes part again. @clause D13.3 */
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import { type Actor, type Evidence, type ObjectionId, opposedSince } from "./objection.ts";
import { journalWriting, readWriting } from "./objection-record.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { listObjections, lockStandings, markWithdrawn, writeStanding } from "./store/objections.ts";

export interface Withdrawal {
  readonly controller: ControllerId;
  readonly by: Actor;
  readonly evidence?: Evidence;
}

export interface WithdrawnObjection {
  /** Those that stood and do no longer; none when the controller was not opposed. */
  readonly objections: readonly ObjectionId[];
  readonly at: Instant;
}

/**
 * Counts from its own instant; what was released meanwhile stays without the controller. Twice is once.
 * @throws ANONYMISATION_OBJECTION_NEEDS_WRITING, ANONYMISATION_OBJECTION_BAD naming the field: it cannot have been written
 * before what it takes back
 * @clause D13.3
 */
export async function withdrawObjection(
  unit: Unit,
  ports: Pick<ReleasePorts, "clock" | "ids" | "instructions" | "journal">,
  { controller, by, evidence }: Withdrawal,
): Promise<WithdrawnObjection> {
  await lockStandings(unit, [controller]);
  const written = readWriting(ports.clock, by, evidence);
  const standing = (await listObjections(unit, controller)).filter((each) => each.withdrawn === undefined);
  // One that was received after this writing is another word, and the last.
  const taken = standing.filter((each) => evidence === undefined || each.receivedAt <= written.receivedAt);
  if (taken.length === 0 && standing.length > 0)
    throw fault("ANONYMISATION_OBJECTION_BAD", { place: "receivedAt", clause: "D13.3" });
  for (const { id } of taken) await markWithdrawn(unit, id, written);
  await writeStanding(unit, controller, opposedSince(standing.filter((each) => !taken.includes(each))));
  const ids = taken.map(({ id }) => id);
  for (const objection of ids)
    for (const id of (await ports.instructions?.of(unit, controller, objection)) ?? [])
      await ports.instructions?.revoke(unit, {
        ...{ controller, id, by },
        ...(evidence === undefined ? {} : { writing: evidence }),
      });
  if (ids.length > 0)
    await journalWriting(unit, ports, {
      ...{ type: "anonymisation.objectionWithdrawn", controller, by, written },
      more: { objections: ids },
    });
  return { objections: ids, at: written.receivedAt };
}
