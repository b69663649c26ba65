/**
 * How an officer is kept: the role in clear, everything that names the person sealed under a key of its own, padded to
 * steps of 64 bytes. Removing the officer destroys the key, so that backups of the data open nothing either.
 */
import type { ControllerId } from "@preau/kernel";
import type { KeyOf, KeyScope, KeyStore } from "@preau/keys";
import type { Kept, Officer, OfficerId, OfficerValues } from "./controller.ts";
import type { OfficerRow } from "./store/officer-rows.ts";

export function officerScope(controller: ControllerId, officer: OfficerId): KeyScope {
  return { controller, kind: "subject", id: officer };
}

/** Seals with a key that is held: many officers cost one look at the key store. */
export function sealOfficer(
  keyOf: KeyOf,
  { controller, id }: Pick<Officer, "controller" | "id">,
  values: OfficerValues,
): Buffer {
  const { role: _, ...person } = values;
  const json = Buffer.from(JSON.stringify(person));
  const padded = Buffer.alloc(Math.ceil(json.length / 64) * 64, " ");
  json.copy(padded);
  const key = keyOf(officerScope(controller, id));
  if (key === undefined) throw new TypeError("a key that was just made");
  return key.seal(padded, contextOf(id));
}

/** Opens what can be opened: an officer whose key is destroyed is gone. @throws KEYS_SEAL_BROKEN */
export function openOfficers(
  vault: KeyStore,
  rows: readonly OfficerRow[],
): Promise<readonly Kept<Officer>[]> {
  return vault.withKeys(
    rows.map(({ controller, id }) => officerScope(controller, id)),
    (keyOf) =>
      rows.flatMap(({ controller, id, role, sealed, version }) => {
        const key = keyOf(officerScope(controller, id));
        if (key === undefined) return [];
        const person = JSON.parse(key.open(sealed, contextOf(id)).toString()) as Omit<OfficerValues, "role">;
        return [{ id, controller, role, ...person, version }];
      }),
    { create: false },
  );
}

function contextOf(id: OfficerId): string {
  return `ctr_officer ${id}`;
}
