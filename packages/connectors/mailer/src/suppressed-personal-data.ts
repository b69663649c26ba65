/** A person's entries on the list of addresses that nobody writes to, as a part of the mailer's own store. @clause D10.1a, D12.2 */
import {
  type ControllerId,
  type ErasurePlan,
  faultsOf,
  errors as kernelErrors,
  type SubjectTarget,
  type TableCount,
  type Unit,
} from "@preau/kernel";
import { readMailAddress } from "./mail-address.ts";
import { hookContext, hookScope } from "./receive-hooks.ts";
import type { SourcePorts } from "./source-ports.ts";
import { endHook, lockMessageOfHook, openHooks } from "./store/hooks.ts";
import {
  deleteSuppressed,
  lockSuppressedRow,
  SUPPRESSED,
  type SuppressedRow,
  suppressedAbout,
} from "./store/suppressed.ts";
import { marksOf } from "./suppress-address.ts";

const kernelFault = faultsOf(kernelErrors);
/** Web hooks of the last hour, at most; they are thought about at once. */
const MOST_HOOKS = 10_000;

/** Every entry of those persons: under their names, or of an address that is among their identifiers. */
export async function suppressedOf(
  unit: Unit,
  { vault }: Pick<SourcePorts, "vault">,
  controller: ControllerId,
  targets: readonly SubjectTarget[],
): Promise<readonly SuppressedRow[]> {
  const recipients = await marksOf(vault, controller, addressesOf(targets));
  return suppressedAbout(unit, controller, { subjects: targets.map(({ subject }) => subject), recipients });
}

/** The persons of a plan, with what they were known by when it was made. */
export function targetsOf({ subjects, traces }: ErasurePlan): readonly SubjectTarget[] {
  const planned = new Set(subjects);
  return traces.subjects
    .filter(({ subject }) => planned.has(subject))
    .map(({ subject, texts }) => ({ subject, identifiers: texts }));
}

/** How many it took away. @throws SOURCE_SUBJECT_RESTRICTED */
export async function eraseSuppressed(
  unit: Unit,
  {
    controller,
    id,
    store,
  }: { readonly controller: ControllerId; readonly id: string; readonly store: string },
): Promise<number> {
  const row = await lockSuppressedRow(unit, controller, id);
  if (row?.restricted_at != null)
    throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: store, clause: "D10.1a" });
  return deleteSuppressed(unit, controller, id);
}

/** Web hooks that still hold such an address, about this controller's messages or nobody's: nothing more is done with them. */
export async function forgetHooks(
  unit: Unit,
  { vault }: Pick<SourcePorts, "vault">,
  controller: ControllerId,
  targets: readonly SubjectTarget[],
): Promise<void> {
  const addresses = new Set(addressesOf(targets));
  if (addresses.size === 0) return;
  for (const hook of await openHooks(unit, MOST_HOOKS)) {
    const address = hook.sealed && (await vault.open(hookScope, hook.sealed, hookContext(hook.id)));
    if (address == null || !addresses.has(address.toString().toLowerCase())) continue;
    const found = await lockMessageOfHook(unit, hook);
    if (found === undefined || found.line.controller === controller) await endHook(unit, hook.id, "nothing");
  }
}

export function suppressedTable(erased: number): TableCount {
  return { table: SUPPRESSED, erased, anonymised: 0, kept: 0 };
}

/** In lower case. */
export function addressesOf(targets: readonly SubjectTarget[]): readonly string[] {
  return targets.flatMap(({ identifiers }) =>
    identifiers.flatMap(({ value }) => readMailAddress({ address: value })?.address.toLowerCase() ?? []),
  );
}
