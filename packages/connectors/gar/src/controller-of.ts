import type { ControllerId } from "@preau/kernel";
import { parseGarAttributes, type ReceivedAttributes } from "./attributes.ts";
import type { SignInProvider } from "./provider.ts";

/**
 * Whose data the person is: the provider's controller (for the GAR the ministry), or a school where its own contract says so.
 * Undefined when the person's schools have different ones: nobody can then say whose data would be stored. @clause D4.1
 */
export function controllerOf(
  received: ReceivedAttributes,
  { controller, controllersBySchool }: Pick<SignInProvider, "controller" | "controllersBySchool">,
): ControllerId | undefined {
  if (controllersBySchool.size === 0) return controller;
  const { schools } = parseGarAttributes(new Map([["UAI", received.get("UAI") ?? []]]));
  const found = new Set(schools.map((school) => controllersBySchool.get(school) ?? controller));
  if (found.size > 1) return undefined;
  return [...found][0] ?? controller;
}
