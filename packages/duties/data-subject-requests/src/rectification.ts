/**
 * Corrections on instruction: where, in which store, and the new value, which stands sealed until it is written and is gone then.
 * Old values are never read. @clause D10.1a
 */
import type { Json, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { Action } from "./execute-action.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import type { Begun, Task } from "./execute-task.ts";
import { enqueueRectifying } from "./rectification-run.ts";
import { isOf } from "./restriction-stores.ts";
import { insertCorrections, type SealedCorrection } from "./store/actions.ts";

export interface Change {
  readonly store: string;
  readonly where: string;
  readonly field: string;
  readonly value: Json;
}

const MOST_CHANGES = 100;
const MOST_BYTES = 20_000;
const PLACE = /^[\x21-\x7e]{1,128}$/;
const CONTEXT = "data-subject-requests.correction/1";

type Whose = Pick<Action, "controller" | "id">;

/** @throws REQUEST_BAD_CHANGE naming the place, never the value */
export async function beginRectification(unit: Unit, ports: ExecutePorts, task: Task): Promise<Begun> {
  const { changes = [], controller, action: id } = task;
  if (changes.length === 0 || changes.length > MOST_CHANGES)
    throw fault("REQUEST_BAD_CHANGE", { place: "changes" });
  const corrections: SealedCorrection[] = [];
  for (const { store, where, field, value } of changes) {
    const registered = ports.sources.get(store);
    if (registered === undefined || !isOf(controller, registered.source))
      throw fault("REQUEST_BAD_CHANGE", { place: "store" });
    if (!PLACE.test(where) || !PLACE.test(field)) throw fault("REQUEST_BAD_CHANGE", { place: "field" });
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    if (bytes.length > MOST_BYTES) throw fault("REQUEST_BAD_CHANGE", { place: "value" });
    const sealed = await ports.vault.seal(scopeOf({ controller, id }), bytes, CONTEXT);
    corrections.push({ id: ports.ids.next("dsc"), store, where, field, verdict: "PENDING", sealed });
  }
  await insertCorrections(unit, { controller, id }, corrections);
  await enqueueRectifying(unit, ports, { controller, id });
  return { state: "running", verdict: "PENDING" };
}

/** Undefined where the value, or its key, is gone. */
export async function openValue(
  { vault }: Pick<ExecutePorts, "vault">,
  action: Whose,
  sealed: Uint8Array | undefined,
): Promise<Json | undefined> {
  const bytes = sealed && (await vault.open(scopeOf(action), sealed, CONTEXT));
  return bytes && (JSON.parse(bytes.toString("utf8")) as Json);
}

/** Every value of it is gone for good, from backups too once the key's are. Twice is once. */
export async function destroyValues({ vault }: Pick<ExecutePorts, "vault">, action: Whose): Promise<void> {
  if ((await vault.destruction(scopeOf(action))) === undefined) await vault.destroy(scopeOf(action));
}

function scopeOf({ controller, id }: Whose) {
  return { controller, kind: "controller", id } as const;
}
