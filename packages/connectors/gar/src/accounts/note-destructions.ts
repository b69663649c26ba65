/**
 * What is written down of an account as it is erased, for the yearly certificate. Until the receipt is filed a keyed hash
 * says whose order it was; in the transaction that files it the hash goes, and product, role, year and receipt stay, which
 * lead to nobody. @clause D12.2, D6.2c
 */
import type { ControllerId, PreauEvents, SubjectId, Unit } from "@preau/kernel";
import { type AccountRow, originOfProvider } from "../store/account-rows.ts";
import { closeDestructions, insertDestruction } from "../store/destruction-rows.ts";
import type { AccountPorts } from "./account-ports.ts";

const HASH_LABEL = "gar.destruction";
/** A word of the agreement. Whatever else a role was corrected to could name somebody: it goes with the account. */
const WORD = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;
const NO_WORD = "other";

/** In the unit that deletes these rows. Accounts of other providers than the GAR stand on no certificate of its. */
export async function noteDestructions(
  unit: Unit,
  { clock, ids, vault }: Pick<AccountPorts, "clock" | "ids" | "vault">,
  rows: readonly AccountRow[],
): Promise<void> {
  for (const { controller, product, role, school_year, subject, provider } of rows) {
    if (originOfProvider(provider) !== "gar") continue;
    await insertDestruction(unit, controller, {
      ...{ id: ids.next("gds"), product, schoolYear: school_year },
      role: WORD.test(role) ? role : NO_WORD,
      subjectHash: await hashOf(vault, controller, subject),
      erasedAt: clock.now(),
    });
  }
}

/** At `erasure.closed`. A person without an account of ours changes nothing. How many accounts. */
export async function closeNotes(
  unit: Unit,
  { clock, vault }: Pick<AccountPorts, "clock" | "vault">,
  { controller, subject, receipt, verdict }: PreauEvents["erasure.closed"],
): Promise<number> {
  const closed = { receipt, verdict, at: clock.now() };
  return closeDestructions(unit, controller, await hashOf(vault, controller, subject), closed);
}

async function hashOf(
  vault: Pick<AccountPorts["vault"], "mac">,
  controller: ControllerId,
  subject: SubjectId,
): Promise<string> {
  const scope = { controller, kind: "controller", id: controller } as const;
  return (await vault.mac(scope, HASH_LABEL, subject)).toString("hex");
}
