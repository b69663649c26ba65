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
import { insertHooks, knownFingerprints, type StoredHook } from "./store/hooks.ts";

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

/** What several requests of one moment brought, in one unit: all of it or nothing. How many events of each were new. */
export async function receiveHooks(
  ports: ReceivePorts,
  requests: readonly (readonly HookEvent[])[],
): Promise<readonly number[]> {
  const hooks = await sealHooks(ports, requests.flat());
  const fresh = await ports.unitOfWork.transaction(async (unit) => {
    const known = new Set(
      await knownFingerprints(
        unit,
        hooks.map(({ fingerprint }) => fingerprint),
      ),
    );
    const unknown = new Map(hooks.toReversed().map((hook) => [hook.fingerprint, hook] as const));
    const stored = await insertHooks(
      unit,
      hooks.filter((hook) => !known.has(hook.fingerprint) && unknown.get(hook.fingerprint) === hook),
    );
    await enqueueHooks(unit, ports, stored);
    return new Set(stored);
  });
  let at = 0;
  return requests.map(
    ({ length }) => hooks.slice(at, (at += length)).filter(({ id }) => fresh.has(id)).length,
  );
}

async function sealHooks(
  { clock, ids, vault }: ReceivePorts,
  events: readonly HookEvent[],
): Promise<readonly StoredHook[]> {
  const receivedAt = clock.now();
  return vault.withKeys([hookScope], (keyOf) => {
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
}

async function enqueueHooks(
  unit: Unit,
  { clock, jobs }: Pick<ReceivePorts, "clock" | "jobs">,
  stored: readonly HookId[],
): Promise<void> {
  if (stored.length === 0) return;
  const taking = stored.map((id) => ({
    ...{ name: TAKE_HOOK, controller: PUBLISHER, key: `${id}/0` },
    payload: { hook: id, look: 0 },
  }));
  if (jobs.enqueueMany === undefined) for (const job of taking) await jobs.enqueue(unit, job);
  else await jobs.enqueueMany(unit, taking);
  await orderDropping(unit, jobs, addHours(clock.now(), HOOK_HOURS));
}
