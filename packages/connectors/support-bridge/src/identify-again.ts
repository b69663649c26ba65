/** The desk did not say who a visitor is when they wrote: it is asked again, and the case stands where it should then. @clause DC */
import type { ControllerId, Job } from "@preau/kernel";
import { identify, isAnother, SEVERAL, sideAfter } from "./case-identity.ts";
import { openReferences } from "./case-seal.ts";
import { keepRestricted, turnCase } from "./case-side.ts";
import { lockCase } from "./store/cases.ts";
import type { SupportCase } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";

export const IDENTIFY = "support-bridge.identify";

export function identifyLater({ id, controller }: Pick<SupportCase, "id" | "controller">): Job {
  return { name: IDENTIFY, controller, payload: { case: id }, key: id, priority: 30 };
}

/** @throws SUPPORT_DESK_DEFERRED while the desk does not answer */
export async function identifyAgain(
  ports: SupportPorts,
  controller: ControllerId,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  const { client } = ports.support;
  const found = await ports.unitOfWork.transaction((unit) => lockCase(unit, controller, id));
  if (client === undefined || found === undefined || found.line.side !== "unknown") return;
  const { conversation } = await openReferences(ports, found.line, found.sealed);
  const visitor = conversation === undefined ? undefined : await client.visitor(conversation, signal);
  if (visitor === undefined) return;
  await ports.unitOfWork.transaction(async (unit) => {
    const again = await lockCase(unit, controller, id);
    if (again === undefined || again.line.side !== "unknown") return;
    const identity = await identify(unit, ports, visitor, again.line.lastAt);
    const isForeign = isAnother(again.line, identity.person);
    const turned = await turnCase(
      unit,
      ports,
      again,
      isForeign ? { judged: SEVERAL } : sideAfter(again.line, identity),
    );
    if (identity.isRestricted && !isForeign) await keepRestricted(unit, turned, ports.clock.now());
  });
}
