/** The SQL of the inbox of web hooks. It stands under the publisher's own name until it is known whose message it is about. */
import { insertRows, inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, isFault, type MessageId, type Unit } from "@preau/kernel";
import type { HookId, HookWord } from "../hook-event.ts";
import type { MessageLine } from "../message-line.ts";
import { PUBLISHER } from "../publishers-own.ts";
import { lineOf, MESSAGE, type MessageRow } from "./messages.ts";

const HOOK = "mlr_hook";

interface HookRow {
  readonly controller: string;
  readonly id: string;
  readonly fingerprint: string;
  readonly provider_id: string;
  readonly message: string | null;
  readonly word: string;
  readonly happened_at: string;
  readonly received_at: string;
  /** The address, until the hook is done with. */
  readonly sealed: Buffer | null;
  /** `noted`, `nothing`, `unknown`; null while nobody has thought about it. */
  readonly outcome: string | null;
}

export interface StoredHook {
  readonly id: HookId;
  readonly fingerprint: string;
  readonly providerId: string;
  readonly message?: MessageId;
  readonly word: HookWord;
  readonly happenedAt: Instant;
  readonly receivedAt: Instant;
  readonly sealed: Buffer | null;
  readonly outcome?: HookOutcome;
}

export type HookOutcome = "noted" | "nothing" | "unknown";

/** Which of these are there already. */
export async function knownFingerprints(
  unit: Unit,
  fingerprints: readonly string[],
): Promise<readonly string[]> {
  return inUnit(unit)<HookRow>(HOOK)
    .where({ controller: PUBLISHER })
    .whereIn("fingerprint", [...fingerprints])
    .pluck<string[]>("fingerprint");
}

/** The ids of those that were new; in one statement, one by one where another process writes one of them at this moment. */
export async function insertHooks(unit: Unit, hooks: readonly StoredHook[]): Promise<readonly HookId[]> {
  if (hooks.length === 0) return [];
  try {
    await insertRows(inUnit(unit), HOOK, hooks.map(rowOf));
    return hooks.map(({ id }) => id);
  } catch (error) {
    if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
  }
  const stored: HookId[] = [];
  for (const hook of hooks) if (await insertHook(unit, hook)) stored.push(hook.id);
  return stored;
}

/** False for one that is there already. */
async function insertHook(unit: Unit, hook: StoredHook): Promise<boolean> {
  try {
    await inUnit(unit)<HookRow>(HOOK).insert(rowOf(hook));
    return true;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
}

function rowOf(hook: StoredHook): HookRow {
  return {
    ...{ controller: PUBLISHER, id: hook.id, fingerprint: hook.fingerprint, provider_id: hook.providerId },
    ...{ message: hook.message ?? null, word: hook.word, happened_at: hook.happenedAt },
    ...{ received_at: hook.receivedAt, sealed: hook.sealed, outcome: null },
  };
}

/** Held until the unit ends. */
export async function lockHook(unit: Unit, id: string): Promise<StoredHook | undefined> {
  const row = await inUnit(unit)<HookRow>(HOOK).where({ controller: PUBLISHER, id }).forUpdate().first();
  return row && hookIn(row);
}

/** Done with: the address goes. */
export async function endHook(unit: Unit, id: HookId, outcome: HookOutcome): Promise<void> {
  await inUnit(unit)<HookRow>(HOOK).where({ controller: PUBLISHER, id }).update({ outcome, sealed: null });
}

/** Those that nobody has thought about to the end, with the address sealed in them; the oldest first. */
export async function openHooks(unit: Unit, limit: number): Promise<readonly StoredHook[]> {
  const rows = await inUnit(unit)<HookRow>(HOOK)
    .where({ controller: PUBLISHER })
    .whereNotNull("sealed")
    .orderBy("received_at")
    .limit(limit);
  return rows.map(hookIn);
}

/** Lines by which a repeated hook would be known, once no provider repeats them any more. How many. */
export async function dropOldHooks(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)<HookRow>(HOOK)
    .where({ controller: PUBLISHER })
    .where("received_at", "<", before)
    .whereNotNull("outcome")
    .delete();
}

/** The message that the provider, or we, call so; whoever's it is. Held until the unit ends. */
export async function lockMessageOfHook(
  unit: Unit,
  { providerId, message }: Pick<StoredHook, "providerId" | "message">,
): Promise<{ readonly line: MessageLine; readonly sealed: Buffer | null } | undefined> {
  const trx = inUnit(unit);
  const where =
    (await trx<MessageRow>(MESSAGE)
      .whereIn("provider_id", [providerId, `<${providerId}>`])
      .first()) ?? (message === undefined ? undefined : await messageCalled(unit, message));
  if (where === undefined) return undefined;
  const { controller, id } = where;
  const row = await trx<MessageRow>(MESSAGE).where({ controller, id }).forUpdate().first();
  return row && { line: lineOf(row), sealed: row.sealed };
}

async function messageCalled(unit: Unit, id: MessageId): Promise<MessageRow | undefined> {
  const trx = inUnit(unit);
  const controllers = await trx(MESSAGE).distinct().pluck<ControllerId[]>("controller");
  return trx<MessageRow>(MESSAGE).whereIn("controller", controllers).where({ id }).first();
}

function hookIn(row: HookRow): StoredHook {
  return {
    id: row.id as HookId,
    fingerprint: row.fingerprint,
    providerId: row.provider_id,
    ...(row.message === null ? {} : { message: row.message as MessageId }),
    word: row.word as HookWord,
    happenedAt: instant(row.happened_at),
    receivedAt: instant(row.received_at),
    sealed: row.sealed,
    ...(row.outcome === null ? {} : { outcome: row.outcome as HookOutcome }),
  };
}
