/**
 * What a provider was told to erase is remembered by keyed mark for as long as it takes there: what is still found until then is on
 * its way out, and what is found after it was not erased. @clause D12.2
 */
import { addHours, type ControllerId, type Instant } from "@preau/kernel";
import { ORDER_HOURS, orderDropping } from "./drop-past.ts";
import { controllerScopeOf } from "./seal-message.ts";
import type { SourcePorts } from "./source-ports.ts";
import { noteOrder, ordersSince } from "./store/provider-orders.ts";

const LABEL = "mailer.order";

/** 43 characters of base64url. */
async function markThing(
  { vault }: Pick<SourcePorts, "vault">,
  controller: ControllerId,
  thing: string,
): Promise<string> {
  return (await vault.mac(controllerScopeOf({ controller }), LABEL, thing)).toString("base64url");
}

/** Told to erase the log of a message now. */
export async function rememberOrder(
  ports: SourcePorts,
  controller: ControllerId,
  thing: string,
): Promise<void> {
  const mark = await markThing(ports, controller, thing);
  const at = ports.clock.now();
  await ports.unitOfWork.transaction(async (unit) => {
    await noteOrder(unit, controller, mark, at);
    await orderDropping(unit, ports.jobs, addHours(at, ORDER_HOURS));
  });
}

/** The provider's clock need not be ours. */
const SKEW_HOURS = 1;

/** Was it told to erase that line, which bears that date? */
export function isUnder(ordered: Instant | undefined, date: string): boolean {
  return ordered !== undefined && Date.parse(date) <= Date.parse(addHours(ordered, SKEW_HOURS));
}

/** When it was last told so of each of them, within the hours that it documents. */
export async function pendingOrders(
  ports: SourcePorts,
  {
    controller,
    things,
    hours,
  }: { readonly controller: ControllerId; readonly things: readonly string[]; readonly hours: number },
): Promise<ReadonlyMap<string, Instant>> {
  if (things.length === 0) return new Map();
  const marks = new Map<string, string>();
  for (const thing of new Set(things)) marks.set(thing, await markThing(ports, controller, thing));
  const since = addHours(ports.clock.now(), -hours);
  const found = await ports.unitOfWork.transaction((unit) =>
    ordersSince(unit, controller, { things: [...marks.values()], since }),
  );
  const pending = new Map<string, Instant>();
  for (const [thing, mark] of marks) {
    const at = found.get(mark);
    if (at !== undefined) pending.set(thing, at);
  }
  return pending;
}
