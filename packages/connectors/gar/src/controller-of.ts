import type { ControllerId } from "@preau/kernel";
import { parseGarAttributes, type ReceivedAttributes } from "./attributes.ts";
import type { SignInProvider } from "./provider.ts";

/** Why nobody can say whose data the person's would be. */
export type NoController = "NO_SCHOOL" | "SEVERAL_CONTROLLERS";

/**
 * Whose data the person is: the provider's controller (for the GAR the ministry), or a school where its own contract says so.
 * Where schools decide, whoever names none is not taken for the default's, nor is whoever's schools have different ones.
 * @clause D4.1
 */
export function controllerOf(
  received: ReceivedAttributes,
  { controller, controllersBySchool }: Pick<SignInProvider, "controller" | "controllersBySchool">,
): { readonly controller: ControllerId } | { readonly none: NoController } {
  if (controllersBySchool.size === 0) return { controller };
  const { schools } = parseGarAttributes(new Map([["UAI", received.get("UAI") ?? []]]));
  const [found, ...others] = new Set(schools.map((school) => controllersBySchool.get(school) ?? controller));
  if (found === undefined) return { none: "NO_SCHOOL" };
  return others.length > 0 ? { none: "SEVERAL_CONTROLLERS" } : { controller: found };
}
