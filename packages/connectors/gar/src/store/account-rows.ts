/** The SQL of accounts, as stores of persons see them: by subject. The controller is an argument of every query. */
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, Origin, SubjectId, Unit } from "@preau/kernel";

export interface AccountRow {
  readonly controller: ControllerId;
  readonly product: string;
  /** 64 hexadecimal digits. */
  readonly link_hash: string;
  readonly subject: SubjectId;
  /** Kind of the identifier that the hash is of: `gar.ido`, `sso.<provider>`. */
  readonly identifier_kind: string;
  /** Id of the provider of the last sign-in. */
  readonly provider: string;
  /** Role of the last sign-in, in the agreement's words. */
  readonly role: string;
  /** School year of the last sign-in: `2026-2027`. */
  readonly school_year: string;
  readonly first_at: Instant;
  readonly last_at: Instant;
  /** Set while the person is restricted (GDPR art. 18). */
  readonly restricted_at: Instant | null;
}

export const ACCOUNT = "gar_account";

const rows = (unit: Unit, controller: ControllerId) =>
  inUnit(unit)<AccountRow>(ACCOUNT).where({ controller } as Partial<AccountRow>);

/** How people of a provider come in: the GAR's three doors are `gar.saml`, `gar.oidc` and `gar.cas`. */
export function originOfProvider(provider: string): Origin {
  return provider.startsWith("gar.") ? "gar" : "outsideGar";
}

export async function accountsOfSubjects(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly AccountRow[]> {
  return rows(unit, controller)
    .whereIn("subject", [...subjects])
    .orderBy(["subject", "product", "link_hash"])
    .select("*");
}

/** The same, locked until the unit ends. */
export async function lockAccounts(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly AccountRow[]> {
  // On SQLite FOR UPDATE is left out: its units begin by being the only writer.
  return rows(unit, controller)
    .whereIn("subject", [...subjects])
    .orderBy(["product", "link_hash"])
    .forUpdate()
    .select("*");
}

/** Persons that have an account, by id, after that one. */
export async function subjectsWithAccounts(
  unit: Unit,
  controller: ControllerId,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly SubjectId[]> {
  const found = await rows(unit, controller)
    .where("subject", ">", after)
    .distinct("subject")
    .orderBy("subject")
    .limit(limit);
  return found.map(({ subject }) => subject);
}

export async function deleteAccounts(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<number> {
  return rows(unit, controller)
    .whereIn("subject", [...subjects])
    .delete();
}

type Key = Pick<AccountRow, "controller" | "product" | "link_hash">;

export async function deleteAccount(unit: Unit, { controller, product, link_hash }: Key): Promise<void> {
  await rows(unit, controller).where({ product, link_hash }).delete();
}

/** Gives an account to another person; `first_at` as it stands for both. */
export async function moveAccount(
  unit: Unit,
  { controller, product, link_hash }: Key,
  to: Pick<AccountRow, "subject" | "first_at">,
): Promise<void> {
  await rows(unit, controller).where({ product, link_hash }).update(to);
}

export async function changeRole(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  role: string,
): Promise<number> {
  return rows(unit, controller).where({ subject }).update({ role });
}

/** Marks or unmarks a restriction; how many rows changed. */
export async function setRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  restrictedAt: Instant | null,
): Promise<number> {
  const own = rows(unit, controller).where({ subject });
  const other = restrictedAt === null ? own.whereNotNull("restricted_at") : own.whereNull("restricted_at");
  return other.update({ restricted_at: restrictedAt });
}

export async function hasRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<boolean> {
  const found = await rows(unit, controller)
    .where({ subject })
    .whereNotNull("restricted_at")
    .first("subject");
  return found !== undefined;
}

export interface StandingAccounts {
  readonly product: string;
  readonly role: string;
  readonly schoolYear: string;
  readonly accounts: number;
}

/** Accounts of the GAR whose last sign-in was in that school year or before it, by product, role and year. */
export async function standingAccounts(
  unit: Unit,
  controller: ControllerId,
  year: string,
): Promise<readonly StandingAccounts[]> {
  const found = await rows(unit, controller)
    .where("provider", "like", "gar.%")
    .where("school_year", "<=", year)
    .groupBy("product", "role", "school_year")
    .orderBy(["product", "role", "school_year"])
    .select("product", "role", "school_year")
    .count<(Pick<AccountRow, "product" | "role" | "school_year"> & { readonly accounts: number | string })[]>(
      { accounts: "*" },
    );
  return found.map(({ product, role, school_year, accounts }) => ({
    product,
    role,
    schoolYear: school_year,
    accounts: Number(accounts),
  }));
}
