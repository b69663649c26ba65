/** A link that the publisher's officer hands over by hand: of a client with no address, or whose mail comes back. @clause D8.2 */
import type { Actor } from "@preau/contracts";
import { addHours, type ControllerId, type Instant, type Unit } from "@preau/kernel";
import { officers, recordAct, requireRole } from "./act.ts";
import { type ChangeId, clauseOf } from "./change.ts";
import { RECEIPT } from "./link-purposes.ts";
import { noticePath } from "./messages.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { announcedTo } from "./record-receipt.ts";

export interface HandedLink {
  /** Path on the hub. A secret: shown once, never logged. */
  readonly path: string;
  readonly until: Instant;
}

/** @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE */
export async function handOver(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "clock" | "journal" | "links">,
  { linkDays }: SubprocessorsOptions,
  given: { readonly controller: ControllerId; readonly change: ChangeId; readonly by: Actor },
): Promise<HandedLink> {
  requireRole(given.by, officers);
  const { notice, change } = await announcedTo(unit, given);
  const { controller } = given;
  const until = addHours(ports.clock.now(), linkDays * 24);
  const token = await ports.links.make(unit, { controller, purpose: RECEIPT, thing: notice.id, until });
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.linkHandedOver", clause: clauseOf(change), by: given.by, controller },
    payload: { change: change.id, notice: notice.id, until },
  });
  return { path: noticePath(token), until };
}
