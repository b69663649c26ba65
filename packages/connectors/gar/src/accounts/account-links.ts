/**
 * The account of a person in one product, found by a keyed hash of the identifier: HMAC-SHA-256 under the controller's key,
 * with the product in what is hashed, so that the rows of two products cannot be joined, and a list of identifiers
 * cannot be tried against them. The identifier itself stands sealed in the subject directory alone. @clause D4.1
 */
import { errors as databaseErrors, inUnit } from "@preau/database";
import {
  type ControllerId,
  canonicalJson,
  faultsOf,
  type Identifier,
  type Instant,
  type SubjectDirectory,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { ACCOUNT, type AccountRow, deleteAccount } from "../store/account-rows.ts";

const HASH_LABEL = "gar.account";
const databaseFault = faultsOf(databaseErrors);

/**
 * Kind of the identifier by which other packages find the person of an account: its value is the subject's own opaque id,
 * so that nobody who counts accounts has to open an identifier of the ministry's.
 */
export const ACCOUNT_KIND = "gar.account";

/** That identifier, for the directory. */
export function accountIdentifier(subject: SubjectId): Identifier {
  return { kind: ACCOUNT_KIND, value: subject };
}

/** Is it an identifier that a provider signs people in by: `gar.ido`, `sso.<provider>`? */
export function isSignInIdentifier({ kind }: Identifier): boolean {
  return kind === "gar.ido" || kind.startsWith("sso.");
}

export interface AccountAt {
  readonly controller: ControllerId;
  readonly product: string;
  readonly identifier: Identifier;
}

/** An account as it was looked up: with its subject, when there is one. */
export interface FoundAccount extends Pick<AccountRow, "controller" | "product" | "link_hash"> {
  readonly identifierKind: string;
  readonly subject: SubjectId | undefined;
}

/** The keyed hash of an identifier in one product of one controller. */
async function linkHash(
  vault: Pick<KeyStore, "mac">,
  { controller, product, identifier: { kind, value } }: AccountAt,
): Promise<string> {
  const scope = { controller, kind: "controller", id: controller } as const;
  return (await vault.mac(scope, HASH_LABEL, canonicalJson([product, kind, value]))).toString("hex");
}

/**
 * The account, and whose it is by the directory, which is erased last: an account whose person is gone from there is what an
 * erasure left, or what a sign-in beside it wrote. It goes, and whoever signs in by the identifier is a new person.
 * @clause D12.2
 */
export async function findAccountOfKnown(
  unit: Unit,
  {
    vault,
    subjects,
  }: { readonly vault: Pick<KeyStore, "mac">; readonly subjects: Pick<SubjectDirectory, "find"> },
  at: AccountAt,
): Promise<FoundAccount & { readonly known: SubjectId | undefined }> {
  const account = await findAccount(unit, vault, at);
  const known = await subjects.find(unit, at.controller, at.identifier);
  if (account.subject === undefined || account.subject === known) return { ...account, known };
  await deleteAccount(unit, account);
  return { ...account, subject: undefined, known };
}

export async function findAccount(
  unit: Unit,
  vault: Pick<KeyStore, "mac">,
  at: AccountAt,
): Promise<FoundAccount> {
  const own = { controller: at.controller, product: at.product, link_hash: await linkHash(vault, at) };
  const row = await inUnit(unit)<AccountRow>(ACCOUNT).where(own).first("subject");
  return { ...own, identifierKind: at.identifier.kind, subject: row?.subject };
}

export interface SignInTrace {
  readonly subject: SubjectId;
  readonly provider: string;
  readonly role: string;
  readonly schoolYear: string;
  readonly now: Instant;
}

/**
 * Writes down that somebody signed in, and whom the identifier belongs to when it was not known.
 * @throws DATABASE_BUSY when the account was joined to another person or erased since it was looked up: the unit is tried
 *   again, and finds what is there then
 */
export async function rememberSignIn(unit: Unit, account: FoundAccount, trace: SignInTrace): Promise<void> {
  const { controller, product, link_hash, identifierKind } = account;
  const { subject, provider, role, schoolYear, now } = trace;
  const last = { provider, role, school_year: schoolYear, last_at: now };
  const rows = () => inUnit(unit)<AccountRow>(ACCOUNT);
  if (account.subject !== undefined) {
    const own = { controller, product, link_hash, subject: account.subject };
    if ((await rows().where(own).update(last)) === 0) throw databaseFault("DATABASE_BUSY");
    return;
  }
  // Two first sign-ins at once: the second writes over the first, and both have the directory's one subject.
  await rows()
    .insert({
      controller,
      product,
      link_hash,
      identifier_kind: identifierKind,
      subject,
      ...last,
      first_at: now,
    })
    .onConflict(["controller", "product", "link_hash"])
    .merge(["provider", "role", "school_year", "last_at"]);
}
