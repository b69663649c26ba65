/** Keeps the gate's table in step with what was announced, on every replica. @figure D8.2 */
import type {} from "@preau/agreement";
import { PUBLISHER } from "@preau/contracts";
import type { Flow, Ports, Unit } from "@preau/kernel";
import { termsIn } from "./baseline.ts";
import { insertAnnex } from "./store/annexes.ts";
import { announcedEntries } from "./store/changes.ts";

export interface AnnouncedSubprocessors {
  /** At start: remembers the annex C of the agreement in force under its hash, and announces what changes added. */
  load(): Promise<void>;
  /** For the gate: true when another process changed something since, and the table names it now. One indexed read. */
  renew(flow: Flow, unit: Unit): Promise<boolean>;
}

/** The entries of announced changes never change: which of them there are is all that can be new. */
export function announcedSubprocessors({
  agreements,
  clock,
  unitOfWork,
}: Pick<Ports, "agreements" | "clock" | "unitOfWork">): AnnouncedSubprocessors {
  let known = "";
  const bringUp = async (unit: Unit): Promise<boolean> => {
    const announced = await announcedEntries(unit);
    const now = announced.map(({ id }) => id).join(" ");
    if (now === known) return false;
    agreements.announce(announced.map(({ entry }) => entry));
    known = now;
    return true;
  };
  return {
    load: () =>
      unitOfWork.transaction(async (unit) => {
        const agreement = agreements.hashOf(PUBLISHER);
        const inForce = agreements.of(PUBLISHER);
        const [entries, terms] = [inForce.annexC, termsIn(inForce)];
        await insertAnnex(unit, { agreement, entries, terms, inForceAt: clock.now() });
        await bringUp(unit);
      }),
    renew: (_flow, unit) => bringUp(unit),
  };
}
