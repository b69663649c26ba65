/**
 * May these two accounts be joined, and on this approver's word? Nothing is guessed: not from a name, not from a class. What
 * an approver is told of them are facts that name nobody. Whatever speaks against it is said. @clause D4.1, D10.1a
 */
import {
  type ActorId,
  type ActorRole,
  addMillis,
  type ControllerId,
  type Identifier,
  type Instant,
  type Origin,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import { fault } from "../errors.ts";
import type { GarOptions } from "../options.ts";
import { type AccountRow, accountsOfSubjects } from "../store/account-rows.ts";
import { type Relink, relinkOfCode } from "../store/relink-rows.ts";
import type { AccountPorts } from "./account-ports.ts";
import { hashCode, hashSchools, readCode } from "./relink-code.ts";

/** A teacher who signed in as the asker did, or the controller's staff. */
export type Approver =
  | {
      readonly kind: "teacher";
      readonly controller: ControllerId;
      readonly subject: SubjectId;
      readonly origin: Origin;
      /** Kind of the identifier that they signed in by: `gar.ido`, `sso.<provider>`. */
      readonly identifierKind: string;
      readonly role: string;
      /** In clear, from the session. */
      readonly schools: readonly string[];
    }
  | {
      readonly kind: "staff";
      readonly controller: ControllerId;
      readonly role: ActorRole;
      readonly actor?: ActorId;
      /** Reference of the controller's written instruction, where the publisher's own people act. */
      readonly instruction?: string;
    };

export interface RelinkWish {
  /** As it was typed. */
  readonly code: string;
  /** The old account: its opaque number, or its number in an application. */
  readonly old: SubjectId | Identifier;
}

/** What may be told of an account to whoever has to approve. */
export interface AccountStanding {
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

export interface JudgedRelink {
  readonly request: Relink;
  readonly old: SubjectId;
  readonly oldRows: readonly AccountRow[];
  readonly newRows: readonly AccountRow[];
}

export type RelinkOptions = Pick<GarOptions, "relinkApprovers" | "relinkQuietDays">;
export type JudgePorts = Pick<AccountPorts, "agreements" | "clock" | "contracts" | "subjects" | "vault">;

const DAY_MS = 86_400_000;

/**
 * Reads it all anew, and refuses what must not be joined.
 * @throws GAR_RELINK_NOT_APPROVER, GAR_RELINK_CODE_UNKNOWN, GAR_RELINK_CODE_EXPIRED, GAR_RELINK_OTHER_SCHOOL, GAR_RELINK_SELF,
 *   GAR_RELINK_ACCOUNT_UNKNOWN, GAR_RELINK_SAME_ACCOUNT, GAR_RELINK_OTHER_PROVIDER, GAR_RELINK_OTHER_PRODUCT,
 *   GAR_RELINK_OTHER_ROLE, GAR_RELINK_STAFF_ALONE, GAR_RELINK_RESTRICTED, GAR_RELINK_ACTIVE_ACCOUNT
 */
export async function judgeRelink(
  unit: Unit,
  ports: JudgePorts,
  options: RelinkOptions,
  { approver, wish }: { readonly approver: Approver; readonly wish: RelinkWish },
): Promise<JudgedRelink> {
  const { controller } = approver;
  const now = ports.clock.now();
  refuseOthers(approver, options);
  const code = readCode(wish.code);
  const request =
    code && (await relinkOfCode(unit, controller, await hashCode(ports.vault, controller, code)));
  if (request === undefined || request === "") throw fault("GAR_RELINK_CODE_UNKNOWN");
  if (request.expiresAt <= now) throw fault("GAR_RELINK_CODE_EXPIRED");
  await refuseOtherSchool(ports, approver, request);
  const old = await subjectOf(unit, ports, controller, wish.old);
  refuseSelf(approver, request, old);
  const oldRows = old === undefined ? [] : await accountsOfSubjects(unit, controller, [old]);
  if (old === undefined || oldRows.length === 0) throw fault("GAR_RELINK_ACCOUNT_UNKNOWN");
  if (old === request.subject) throw fault("GAR_RELINK_SAME_ACCOUNT");
  const newRows = await accountsOfSubjects(unit, controller, [request.subject]);
  if (newRows.length === 0) throw fault("GAR_RELINK_CODE_UNKNOWN"); // erased since
  refuseMismatch(request, { oldRows, newRows });
  refuseApproverRole(approver, [...oldRows, ...newRows], options);
  if ([...oldRows, ...newRows].some((row) => row.restricted_at !== null))
    throw fault("GAR_RELINK_RESTRICTED", { clause: "D10.1a" });
  const quietSince = addMillis(now, -options.relinkQuietDays * DAY_MS);
  // Nor does the end of a school year make an account quiet: pupils who stay sign in again in September.
  if (standingOf(oldRows).lastAt > quietSince) throw activeAccount(options);
  return { request, old, oldRows, newRows };
}

function activeAccount({ relinkQuietDays: days }: RelinkOptions) {
  return fault("GAR_RELINK_ACTIVE_ACCOUNT", {
    remedy: {
      en: `Check the number. If it is right, approve once nobody has signed in to it for ${days} days.`,
      fr: `Vérifiez le numéro. S’il est juste, approuvez quand personne ne s’y sera connecté depuis ${days} jours.`,
    },
  });
}

/** First and last sign-in over all its rows. */
export function standingOf(rows: readonly AccountRow[]): AccountStanding {
  const firsts = rows.map(({ first_at }) => first_at).sort();
  const lasts = rows.map(({ last_at }) => last_at).sort();
  const [firstAt, lastAt] = [firsts[0], lasts.at(-1)];
  if (firstAt === undefined || lastAt === undefined) throw fault("GAR_RELINK_ACCOUNT_UNKNOWN");
  return { firstAt, lastAt };
}

/** @throws GAR_RELINK_NOT_APPROVER, GAR_RELINK_NEEDS_INSTRUCTION */
function refuseOthers(approver: Approver, { relinkApprovers }: RelinkOptions): void {
  if (approver.kind === "teacher") {
    if (!relinkApprovers.includes(approver.role)) throw fault("GAR_RELINK_NOT_APPROVER");
    return;
  }
  if (approver.role === "publisherDpo" && (approver.instruction ?? "").trim() === "")
    throw fault("GAR_RELINK_NEEDS_INSTRUCTION", { clause: "D6.1c" });
}

/** @throws GAR_RELINK_OTHER_SCHOOL */
async function refuseOtherSchool(
  { vault }: Pick<AccountPorts, "vault">,
  approver: Approver,
  request: Relink,
): Promise<void> {
  if (approver.kind !== "teacher") return;
  const own = await hashSchools(vault, approver.controller, approver.schools);
  const isSameWay = approver.origin === request.origin && approver.identifierKind === request.identifierKind;
  if (!isSameWay || !own.some((school) => request.schools.includes(school)))
    throw fault("GAR_RELINK_OTHER_SCHOOL");
}

/** @throws GAR_RELINK_SELF */
function refuseSelf(approver: Approver, request: Relink, old: SubjectId | undefined): void {
  if (approver.kind !== "teacher") return;
  if (approver.subject === request.subject || approver.subject === old) throw fault("GAR_RELINK_SELF");
}

/**
 * Accounts of one provider's people alone are joined: whoever runs another could otherwise have an identifier of its own
 * given to the person of an account that it never vouched for. The GAR's three doors are one, by its one identifier.
 * @throws GAR_RELINK_OTHER_PROVIDER, GAR_RELINK_OTHER_PRODUCT, GAR_RELINK_OTHER_ROLE
 */
function refuseMismatch(
  request: Relink,
  { oldRows, newRows }: Pick<JudgedRelink, "oldRows" | "newRows">,
): void {
  const { identifierKind } = request;
  if ([...oldRows, ...newRows].some((row) => row.identifier_kind !== identifierKind))
    throw fault("GAR_RELINK_OTHER_PROVIDER", { clause: "D4.1" });
  const ofProduct = oldRows.filter(({ product }) => product === request.product);
  if (ofProduct.length === 0) throw fault("GAR_RELINK_OTHER_PRODUCT");
  if (!ofProduct.every(({ role }) => role === request.role)) throw fault("GAR_RELINK_OTHER_ROLE");
}

/**
 * Whoever got hold of an approver's account could join every other: teachers do not approve for teachers.
 * @throws GAR_RELINK_STAFF_ALONE
 */
function refuseApproverRole(
  approver: Approver,
  rows: readonly AccountRow[],
  { relinkApprovers }: RelinkOptions,
): void {
  if (approver.kind !== "teacher") return;
  if (rows.some(({ role }) => relinkApprovers.includes(role))) throw fault("GAR_RELINK_STAFF_ALONE");
}

async function subjectOf(
  unit: Unit,
  { subjects }: Pick<AccountPorts, "subjects">,
  controller: ControllerId,
  old: RelinkWish["old"],
): Promise<SubjectId | undefined> {
  return typeof old === "string" ? old : subjects.find(unit, controller, old);
}
