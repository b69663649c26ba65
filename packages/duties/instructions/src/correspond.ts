/**
 * Writing to the officers of the parties under the agreement: through what annex A names for that, and to nobody where it
 * names nothing; links are then handed over by hand. @figure DA
 */
import { officerCorrespondence } from "@preau/agreement";
import type { ControllerId, Message, Unit } from "@preau/kernel";
import type { InstructionsPorts } from "./instructions-ports.ts";

type Correspondents = Pick<InstructionsPorts, "agreements" | "contracts">;
export interface Addressee {
  readonly to: Message["to"];
  readonly flow: Message["flow"];
}

/** The client's data protection officer, its representative where it has named none; undefined where nobody can be written to. */
export async function officerOf(
  unit: Unit,
  ports: Correspondents,
  controller: ControllerId,
): Promise<Addressee | undefined> {
  const flow = flowOf(ports, controller);
  if (flow === undefined) return undefined;
  const officers = await ports.contracts.officers(unit, controller);
  for (const role of ["dpo", "representative", "contact"] as const) {
    const found = officers.find((each) => each.role === role && each.email !== undefined);
    if (found?.email !== undefined) return { to: { name: found.name, address: found.email }, flow };
  }
  return undefined;
}

/** The publisher's own officer, as annex A names them. */
export function publishersOfficer(ports: Correspondents, controller: ControllerId): Addressee | undefined {
  const flow = flowOf(ports, controller);
  const { officer } = ports.agreements.of(controller).annexA.processor;
  return flow && { to: { name: officer.name, address: officer.email }, flow };
}

function flowOf(
  { agreements }: Pick<Correspondents, "agreements">,
  controller: ControllerId,
): Message["flow"] | undefined {
  const [recipient] = agreements.of(controller).annexA.correspondence?.through ?? [];
  if (recipient === undefined) return undefined;
  const { category, ...words } = officerCorrespondence;
  return { ...words, controller, operation: "send", categories: [category], recipient };
}
