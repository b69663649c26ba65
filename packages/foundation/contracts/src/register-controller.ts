import { inUnit } from "@preau/database";
import { isFault, type Unit } from "@preau/kernel";
import { controllerState } from "./change-controller.ts";
import type { ControllerValues } from "./controller.ts";
import { fault } from "./errors.ts";
import { type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { PUBLISHER } from "./publisher.ts";
import { insertControllers } from "./store/controller-rows.ts";

/**
 * Registers a controller under the identifier of the edit.
 * @clause D4.3
 * @throws CONTROLLER_TAKEN
 */
export async function registerController(
  unit: Unit,
  ports: RegistryPorts,
  edit: Omit<Edit, "version">,
  values: ControllerValues,
): Promise<void> {
  const { controller } = edit;
  if (controller === PUBLISHER) throw fault("CONTROLLER_TAKEN", { place: controller });
  try {
    await insertControllers(inUnit(unit), [{ id: controller, ...values, createdAt: ports.clock.now() }]);
  } catch (cause) {
    throw isFault(cause, "DATABASE_DUPLICATE")
      ? fault("CONTROLLER_TAKEN", { place: controller, cause })
      : cause;
  }
  await recordInstruction(
    unit,
    ports,
    { ...edit, version: "current" },
    {
      deed: "controllerRegistered",
      clause: "D4.3",
      before: {},
      after: controllerState(values),
    },
  );
}
