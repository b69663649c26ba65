/** Who looks at a page: the account of a session, with what its role lets it reach. */
import { createHash, randomBytes } from "node:crypto";
import type { Knex } from "knex";
import { schoolsOf } from "./reach.ts";
import { type AccountKind, kindOf, type Product, type Role } from "./roles.ts";

export interface Viewer {
  readonly id: number;
  readonly role: Role;
  readonly kind: AccountKind;
  readonly product: Product;
  /** Of staff; pupils, children and parents belong to schools by enrolment. */
  readonly schoolId: number | null;
  /** First and last name, or a parent's address. */
  readonly name: string;
}

/** Why somebody is not let in. */
export type Refusal = "unknown" | "restricted" | "administratorsOnly";

interface AccountRow {
  readonly id: number;
  readonly role: Role;
  readonly school_id: number | null;
  readonly gar_id: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly email: string | null;
  readonly restricted: number;
  readonly product: Product | null;
}

/** The account as a viewer, or why it may not enter now. */
export async function viewerOf(knex: Knex, accountId: number): Promise<Viewer | Refusal> {
  const row = await knex("sch_account as a")
    .leftJoin("sch_school as s", "s.id", "a.school_id")
    .where("a.id", accountId)
    .first<AccountRow | undefined>("a.*", "s.product");
  if (row === undefined) return "unknown";
  if (row.restricted !== 0) return "restricted";
  const product = row.product ?? (row.role === "pupil" ? "plume" : "jardin");
  const viewer: Viewer = {
    ...{ id: row.id, role: row.role, product, schoolId: row.school_id },
    kind: kindOf({ role: row.role, gar_id: row.gar_id, product }),
    name: row.last_name === null ? (row.email ?? "") : `${row.first_name ?? ""} ${row.last_name}`,
  };
  if (viewer.role === "administrator") return viewer;
  const schools = await schoolsOf(knex, viewer);
  const shut = schools.length > 0 && schools.every(({ mode }) => mode === "administrators");
  return shut ? "administratorsOnly" : viewer;
}

/** A session for an account; the token is for the cookie alone, the database keeps its hash. */
export async function startSession(knex: Knex, accountId: number, at: string): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  await knex.transaction(async (transaction) => {
    const row = { account_id: accountId, token_hash: hashOf(token), started_at: at };
    await transaction("sch_session").insert({ id: await nextId(transaction, "sch_session"), ...row });
  });
  return token;
}

export async function endSession(knex: Knex, token: string): Promise<void> {
  await knex("sch_session").where("token_hash", hashOf(token)).delete();
}

/** The account that a cookie's token stands for. */
export async function sessionAccount(knex: Knex, token: string): Promise<number | undefined> {
  const row = await knex("sch_session")
    .where("token_hash", hashOf(token))
    .first<{ account_id: number } | undefined>("account_id");
  return row?.account_id;
}

/** What a form of this session must carry; a page of another site cannot know it. */
export function formToken(token: string): string {
  return hashOf(`form ${token}`).slice(0, 40);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The next integer key of a table, inside a transaction. */
export async function nextId(transaction: Knex, table: string): Promise<number> {
  const row = await transaction(table).max({ last: "id" }).first();
  return Number(row?.["last"] ?? 0) + 1;
}
