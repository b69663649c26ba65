/** Writes to a client's officer, where the agreement says through whom and the client has an address. @figure D8.2 */
import { officerToTell } from "@preau/contracts";
import type { ControllerId, Json, Unit } from "@preau/kernel";
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
  const officer = await officerToTell(unit, ports, controller);
  if (officer === undefined) return false;
  await ports.mailer.send(unit, { template, language, variables, key, ...officer });
  return true;
}
