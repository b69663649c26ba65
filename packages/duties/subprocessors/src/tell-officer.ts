/** Writes to a client's officer, where the agreement says through whom and the client has an address. @figure D8.2 */
import type { ControllerId, Json, Unit } from "@preau/kernel";
import { addressOf, correspondenceFlow } from "./address.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";

export type TellingPorts = Pick<SubprocessorPorts, "agreements" | "contracts" | "mailer">;

/** True when a message was queued. */
export async function tellOfficer(
  unit: Unit,
  ports: TellingPorts,
  { language }: Pick<SubprocessorsOptions, "language">,
  given: {
    readonly controller: ControllerId;
    readonly template: string;
    readonly variables: Readonly<Record<string, Json>>;
    readonly key: string;
  },
): Promise<boolean> {
  const { controller, template, variables, key } = given;
  if (ports.agreements.of(controller).annexA.correspondence === undefined) return false;
  const to = addressOf(await ports.contracts.officers(unit, controller));
  if (to === undefined) return false;
  await ports.mailer.send(unit, {
    template,
    language,
    to,
    variables,
    key,
    flow: correspondenceFlow(controller),
  });
  return true;
}
