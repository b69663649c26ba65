/** Every client's first line: the permit is used up for exactly what is said, and it is of somebody outside the GAR. @clause DC */
import { type Flow, type Permit, redeem } from "@preau/kernel";
import { fault } from "../errors.ts";

/** @throws PERMIT_…; SUPPORT_WALL for whoever has a permit of the GAR: types are gone at run time */
export function redeemForDesk(
  permit: Permit<"outsideGar">,
  { recipient, categories }: { readonly recipient: string; readonly categories: readonly string[] },
): Flow<"outsideGar"> {
  const flow: Flow = redeem(permit, { operation: "send", recipient, categories });
  if (flow.origin !== "outsideGar") throw fault("SUPPORT_WALL", { clause: "DC", place: "origin" });
  return { ...flow, origin: flow.origin };
}
