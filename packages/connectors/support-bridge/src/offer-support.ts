/**
 * What somebody is offered: the desk, the publisher's own form, or neither. Nothing about anybody goes to the desk to find out, and
 * whoever is not let there gets no widget, no identity and no address of it. @clause DC, DB.n
 */
import { type Gate, isFault, type Unit } from "@preau/kernel";
import type { SupportBridgeOptions } from "./options.ts";
import { permitKeeping } from "./person-flow.ts";
import type { Support } from "./support.ts";
import type { SupportPerson } from "./wall.ts";

export type SupportOffer =
  | {
      readonly channel: "desk";
      readonly desk: string;
      readonly website?: string;
      /** For the widget to hand to the desk, under the name `preau`: says nothing to anybody but us. */
      readonly token: string;
      readonly chat?: string;
    }
  | { readonly channel: "form"; readonly reason: string; readonly clause: string }
  /** Annex B lists no support requests for them: they ask at their school, and have their rights. */
  | { readonly channel: "none"; readonly reason: string; readonly clause: string };

export interface OfferPorts {
  readonly gate: Gate;
  readonly support: Pick<Support, "source" | "tokens" | "wall">;
}

export async function offerSupport(
  unit: Unit,
  { gate, support }: OfferPorts,
  options: SupportBridgeOptions,
  person: SupportPerson,
): Promise<SupportOffer> {
  const judged = await support.wall.judge(unit, person);
  const { source } = support;
  if (judged.side === "desk" && source !== undefined) {
    const { website, chat } = options;
    return {
      ...{ channel: "desk", desk: source.name, token: await support.tokens.make(person) },
      ...(website === undefined ? {} : { website }),
      ...(chat === undefined ? {} : { chat }),
    };
  }
  try {
    await permitKeeping(unit, gate, person, options);
    const isOurs = judged.side === "desk";
    return { channel: "form", clause: judged.clause, reason: isOurs ? "NO_DESK" : judged.reason };
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    const { clause = judged.clause, log } = error.detail;
    return { channel: "none", clause, reason: String(log?.["reason"] ?? "GATE_REFUSED") };
  }
}
