/** The publisher's own officer, as annex A names them: written to as the officers of the clients are. @figure DA */
import { correspondenceFlow } from "@preau/agreement";
import type { Addressee } from "@preau/contracts";
import type { ControllerId } from "@preau/kernel";
import type { InstructionsPorts } from "./instructions-ports.ts";

export function publishersOfficer(
  { agreements }: Pick<InstructionsPorts, "agreements">,
  controller: ControllerId,
): Addressee | undefined {
  const flow = correspondenceFlow(agreements, controller);
  const { officer } = agreements.of(controller).annexA.processor;
  return flow && { to: { name: officer.name, address: officer.email }, flow };
}
