/** An address is reported, and from enough reports on nobody writes to it until its time is over. @clause DC */
import {
  addHours,
  type Clock,
  type ControllerId,
  type Ids,
  type Instant,
  type Jobs,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { orderDropping } from "./drop-past.ts";
import { fault } from "./errors.ts";
import { recipientMark } from "./recipient-mark.ts";
import { controllerScopeOf } from "./seal-message.ts";
import {
  controllersOfSuppressed,
  deleteSuppressed,
  insertSuppressed,
  lockSuppressed,
  suppressedAs,
  updateSuppressed,
} from "./store/suppressed.ts";
import type { Suppression, SuppressionKind, SuppressionRules } from "./suppression.ts";

const DAY_HOURS = 24;

export interface Report {
  readonly controller: ControllerId;
  readonly address: string;
  readonly kind: SuppressionKind;
  /** When it happened, which may be long before it was heard. */
  readonly at: Instant;
  readonly subject?: SubjectId | undefined;
}

/** Counts one report. The end never moves back: reports come in any order. @throws MAIL_BAD for what is no address */
export async function suppressAddress(
  unit: Unit,
  { ids, jobs, vault }: { readonly ids: Ids; readonly jobs: Jobs; readonly vault: KeyStore },
  rules: SuppressionRules,
  { controller, address, kind, at, subject }: Report,
): Promise<Suppression> {
  const recipient = await markOf(vault, controller, address);
  if (recipient === undefined) throw fault("MAIL_BAD", { place: "address" });
  const until = addHours(at, rules[kind].days * DAY_HOURS);
  const about = subject === undefined ? {} : { subject };
  await orderDropping(unit, jobs, until);
  const known = await lockSuppressed(unit, { controller, recipient, kind });
  if (known === undefined) {
    const entry = { ...{ id: ids.next("sps"), controller, kind, strikes: 1, since: at, until }, ...about };
    await insertSuppressed(unit, entry, recipient);
    return entry;
  }
  // What was reported before its time was over has nothing to do with what is reported after it.
  const isOver = known.until <= at;
  const entry: Suppression = {
    ...known,
    ...about,
    strikes: isOver ? 1 : known.strikes + 1,
    since: isOver || at < known.since ? at : known.since,
    until: until > known.until ? until : known.until,
  };
  await updateSuppressed(unit, entry);
  return entry;
}

/** What stands on the lists of those controllers for that address, in force or only counted. */
export async function findSuppressed(
  unit: Unit,
  { clock, vault }: { readonly clock: Clock; readonly vault: KeyStore },
  scope: ControllerId | "all",
  address: string,
): Promise<readonly Suppression[]> {
  const controllers = scope === "all" ? await controllersOfSuppressed(unit) : [scope];
  const found: Suppression[] = [];
  for (const controller of controllers) {
    const recipient = await markOf(vault, controller, address);
    if (recipient !== undefined)
      found.push(...(await suppressedAs(unit, controller, recipient, clock.now())));
  }
  return found;
}

/** A person takes an entry away: the address is written to again. @throws MAIL_NO_SUPPRESSION */
export async function removeSuppressed(unit: Unit, scope: ControllerId | "all", id: string): Promise<void> {
  if ((await deleteSuppressed(unit, scope, id)) === 0) throw fault("MAIL_NO_SUPPRESSION");
}

/** Are there reports enough? */
export function counts(rules: SuppressionRules, kind: SuppressionKind, strikes: number): boolean {
  return strikes >= rules[kind].after;
}

/** The marks of those that are addresses. */
export async function marksOf(
  vault: KeyStore,
  controller: ControllerId,
  addresses: readonly string[],
): Promise<readonly string[]> {
  const scope = controllerScopeOf({ controller });
  return vault.withKeys([scope], (keyOf) => {
    const key = keyOf(scope);
    return addresses.flatMap((address) => (key && recipientMark(key, address)) ?? []);
  });
}

async function markOf(
  vault: KeyStore,
  controller: ControllerId,
  address: string,
): Promise<string | undefined> {
  const [mark] = await marksOf(vault, controller, [address]);
  return mark;
}
