import type { ControllerId } from "@preau/kernel";
import { fault } from "./errors.ts";

/** Whose key it is. Destroying a subject's key leaves the actors' and the controller's alone. */
export interface KeyScope {
  readonly controller: ControllerId;
  readonly kind: "subject" | "actor" | "controller";
  /** An opaque id (`sub_…`, `act_…`, the controller's own): it is kept in clear, also after the key is gone. */
  readonly id: string;
}

/**
 * One text a scope, for maps; no two scopes share one.
 * @throws KEYS_BAD_SCOPE for an id of another shape than 1 to 128 printable ASCII characters
 */
export function scopeText(scope: KeyScope): string {
  if (!/^[\x21-\x7e]{1,128}$/.test(scope.id)) throw fault("KEYS_BAD_SCOPE");
  return `${scope.controller} ${scope.kind} ${scope.id}`;
}
