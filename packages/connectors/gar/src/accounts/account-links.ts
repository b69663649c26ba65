/**
 * The account of a person in one product, found by a keyed hash of the identifier: HMAC-SHA-256 under the controller's key,
 * with the product in what is hashed, so that the rows of two products cannot be joined, and a list of identifiers
 * cannot be tried against them. The identifier itself stands sealed in the subject directory alone. @clause D4.1
 */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  canonicalJson,
  type Identifier,
  type Instant,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";

const TABLE = "gar_account";
const HASH_LABEL = "gar.account";

export interface AccountRow {
  readonly controller: ControllerId;
  readonly product: string;
  /** 64 hexadecimal digits. */
  readonly link_hash: string;
  readonly subject: SubjectId;
  /** Id of the provider of the last sign-in. */
  readonly provider: string;
  /** Role of the last sign-in, in the agreement's words. */
  readonly role: string;
  /** School year of the last sign-in: `2026-2027`. */
  readonly school_year: string;
  readonly first_at: Instant;
  readonly last_at: Instant;
}

export interface AccountAt {
  readonly controller: ControllerId;
  readonly product: string;
  readonly identifier: Identifier;
}

/** An account as it was looked up: with its subject, when there is one. */
export interface FoundAccount extends Pick<AccountRow, "controller" | "product" | "link_hash"> {
  readonly subject: SubjectId | undefined;
}

/** The keyed hash of an identifier in one product of one controller. */
export async function linkHash(
  vault: Pick<KeyStore, "mac">,
  { controller, product, identifier: { kind, value } }: AccountAt,
): Promise<string> {
  const scope = { controller, kind: "controller", id: controller } as const;
  return (await vault.mac(scope, HASH_LABEL, canonicalJson([product, kind, value]))).toString("hex");
}

export async function findAccount(
  unit: Unit,
  vault: Pick<KeyStore, "mac">,
  at: AccountAt,
): Promise<FoundAccount> {
  const own = { controller: at.controller, product: at.product, link_hash: await linkHash(vault, at) };
  const row = await inUnit(unit)<AccountRow>(TABLE).where(own).first("subject");
  return { ...own, subject: row?.subject };
}

export interface SignInTrace {
  readonly subject: SubjectId;
  readonly provider: string;
  readonly role: string;
  readonly schoolYear: string;
  readonly now: Instant;
}

/** Writes down that somebody signed in, and whom the identifier belongs to when it was not known. */
export async function rememberSignIn(unit: Unit, account: FoundAccount, trace: SignInTrace): Promise<void> {
  const { controller, product, link_hash } = account;
  const { subject, provider, role, schoolYear, now } = trace;
  const last = { provider, role, school_year: schoolYear, last_at: now };
  const rows = () => inUnit(unit)<AccountRow>(TABLE);
  if (account.subject !== undefined) {
    await rows().where({ controller, product, link_hash }).update(last);
    return;
  }
  // Two first sign-ins at once: the second writes over the first, and both have the directory's one subject.
  await rows()
    .insert({ controller, product, link_hash, subject, ...last, first_at: now })
    .onConflict(["controller", "product", "link_hash"])
    .merge(["provider", "role", "school_year", "last_at"]);
}

/** The school year that an instant is in, by its UTC month: from August on it is the next one. `2026-2027`. */
export function schoolYearOf(now: Instant): string {
  const year = Number(now.slice(0, 4));
  const begins = Number(now.slice(5, 7)) >= 8 ? year : year - 1;
  return `${begins}-${begins + 1}`;
}
