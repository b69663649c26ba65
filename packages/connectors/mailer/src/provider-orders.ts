/**
 * What a provider was told to erase is remembered by keyed mark for as long as it takes there: what is still found until then is on
 * its way out, and what is found after it was not erased. @clause D12.2
 */
import { addHours, type ControllerId, type Instant } from "@preau/kernel";
import { ORDER_HOURS, orderDropping } from "./drop-past.ts";
import { controllerScopeOf } from "./seal-message.ts";
import type { SourcePorts } from "./source-ports.ts";
import { isAnySince, noteOrder, ordersSince } from "./store/provider-orders.ts";

const LABEL = "mailer.order";

/** 43 characters of base64url. */
async function markThing(
  { vault }: Pick<SourcePorts, "vault">,
  controller: ControllerId,
  thing: string,
): Promise<string> {
  return (await vault.mac(controllerScopeOf({ controller }), LABEL, thing)).toString("base64url");
}

/** Told to erase the log of an address, or of a message, now. */
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

/** When it was last told so, within the hours that it documents. */
export async function pendingOrder(
  ports: SourcePorts,
  {
    controller,
    thing,
    hours,
  }: { readonly controller: ControllerId; readonly thing: string; readonly hours: number },
): Promise<Instant | undefined> {
  const mark = await markThing(ports, controller, thing);
  const since = addHours(ports.clock.now(), -hours);
  const found = await ports.unitOfWork.transaction((unit) =>
    ordersSince(unit, controller, { things: [mark], since }),
  );
  return found.get(mark);
}

/** Was it told to erase anything at all of that controller, within the hours that it documents? Whose it was is not kept. */
export function isAnyOrdered(ports: SourcePorts, controller: ControllerId, hours: number): Promise<boolean> {
  const since = addHours(ports.clock.now(), -hours);
  return ports.unitOfWork.transaction((unit) => isAnySince(unit, controller, since));
}
