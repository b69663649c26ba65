/** What the words of `preau support …` mean. What was written is read from the input, never an argument. */
import { type ControllerId, controllerId, type SubjectId } from "@preau/kernel";
import { personIfKnown, readNamedPerson } from "@preau/subjects";
import { type SupportBridgeOptions, supportBridgeOptions, supportBridgePlugin } from "@preau/support-bridge";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { subjectIn } from "./request-options.ts";

/** Whoever sits at the machine does it as the support. */
export const AGENT = { role: "support" } as const;

export function supportOptionsOf({ plugins }: Pick<Hub, "plugins">): SupportBridgeOptions {
  return supportBridgeOptions.parse(
    plugins.find(({ plugin }) => plugin.id === supportBridgePlugin.id)?.options,
  );
}

/** @throws HUB_BAD_ARGUMENT */
export function controllerIn(text: string | undefined): ControllerId {
  if (text === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--controller" });
  return controllerId(text);
}

/** Undefined for somebody whom this controller does not know. @throws HUB_BAD_ARGUMENT */
export async function personIn(
  { ports }: Pick<Hub, "ports">,
  controller: ControllerId,
  text: string | undefined,
): Promise<SubjectId | undefined> {
  const who = readNamedPerson(subjectIn(text) ?? "");
  if (who === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--subject" });
  return personIfKnown(ports, controller, who);
}
