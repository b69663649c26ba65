/**
 * What a provider tells is on disk before it is answered, and thought about afterwards. The address rests sealed, and only until
 * then; one keyed mark over message, word, second and address knows a repetition. @clause DC
 */
import {
  addHours,
  type Clock,
  canonicalJson,
  type Ids,
  type Jobs,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import type { KeyScope, KeyStore } from "@preau/keys";
import { HOOK_HOURS, orderDropping } from "./drop-past.ts";
import type { HookEvent, HookId } from "./hook-event.ts";
import { PUBLISHER } from "./publishers-own.ts";
import { insertHook, type StoredHook } from "./store/hooks.ts";

export interface ReceivePorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly unitOfWork: UnitOfWork;
  readonly vault: KeyStore;
}

/** The job that thinks about one of them. */
export const TAKE_HOOK = "mailer.takeHook";

export const hookScope: KeyScope = { controller: PUBLISHER, kind: "controller", id: PUBLISHER };
const LABEL = "mailer.hook";

export function hookContext(id: HookId): string {
  return `mlr_hook ${id}`;
}

/** All of them or none. How many were new. */
export async function receiveHooks(ports: ReceivePorts, events: readonly HookEvent[]): Promise<number> {
  const { clock, ids, vault } = ports;
  const receivedAt = clock.now();
  const hooks = await vault.withKeys([hookScope], (keyOf) => {
    const key = keyOf(hookScope);
    if (key === undefined) throw new TypeError("the publisher's own key is gone");
    return events.map(({ address, identity, ...event }): StoredHook => {
      const id = ids.next("hok");
      return {
        ...{ id, ...event, receivedAt },
        fingerprint: key.mac(LABEL, canonicalJson([...identity])).toString("hex"),
        sealed: key.seal(Buffer.from(address), hookContext(id)),
      };
    });
  });
  return ports.unitOfWork.transaction(async (unit) => {
    let stored = 0;
    for (const hook of hooks) {
      if (!(await insertHook(unit, hook))) continue;
      stored += 1;
      await enqueueHook(unit, ports, hook.id);
    }
    if (stored > 0) await orderDropping(unit, ports.jobs, addHours(receivedAt, HOOK_HOURS));
    return stored;
  });
}

async function enqueueHook(unit: Unit, { jobs }: Pick<ReceivePorts, "jobs">, id: HookId): Promise<void> {
  await jobs.enqueue(unit, {
    ...{ name: TAKE_HOOK, controller: PUBLISHER, key: `${id}/0` },
    payload: { hook: id, look: 0 },
  });
}
