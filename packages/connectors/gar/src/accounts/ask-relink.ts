/**
 * Somebody whose identifier has changed asks for the old account: they are given a code, which a teacher of their
 * school, or the controller's staff, enters. One request a person; asking again makes the code of before worth nothing.
 * @clause DD.7
 */
import {
  addHours,
  type ControllerId,
  type Instant,
  type Origin,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import { fault } from "../errors.ts";
import type { GarOptions } from "../options.ts";
import { accountsOfSubjects } from "../store/account-rows.ts";
import {
  deleteRelinks,
  insertRelink,
  type Relink,
  relinksOfSubjects,
  sweepRelinks,
} from "../store/relink-rows.ts";
import type { AccountPorts } from "./account-ports.ts";
import { hashCode, hashSchools, newCode } from "./relink-code.ts";

/** Who asks, as their session says: the school in clear, which is nowhere else. */
export interface Asker {
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  readonly product: string;
  readonly role: string;
  readonly origin: Origin;
  /** Kind of the identifier that they signed in by: `gar.ido`, `sso.<provider>`. */
  readonly identifierKind: string;
  readonly schools: readonly string[];
}

export interface AskedRelink extends Pick<Relink, "id" | "expiresAt"> {
  /** In clear, this once. */
  readonly code: string;
}

type AskPorts = Pick<AccountPorts, "clock" | "ids" | "journal" | "vault">;

const SWEEP_LIMIT = 200;

/** @throws GAR_RELINK_NO_ACCOUNT for a session that no account of the product stands behind */
export async function askRelink(
  unit: Unit,
  ports: AskPorts,
  { relinkHours }: Pick<GarOptions, "relinkHours">,
  asker: Asker,
): Promise<AskedRelink> {
  const { controller, subject, product, role, origin, identifierKind } = asker;
  const now = ports.clock.now();
  const accounts = await accountsOfSubjects(unit, controller, [subject]);
  if (!accounts.some((each) => each.product === product && each.identifier_kind === identifierKind))
    throw fault("GAR_RELINK_NO_ACCOUNT");
  await sweepRelinks(unit, controller, { now, limit: SWEEP_LIMIT });
  await deleteRelinks(unit, controller, [subject]);
  const code = newCode();
  const asked = { id: ports.ids.next("rlk"), expiresAt: addHours(now, relinkHours) };
  await insertRelink(unit, {
    ...{ ...asked, controller, product, subject, role, origin, identifierKind, askedAt: now },
    codeHash: await hashCode(ports.vault, controller, code),
    schools: await hashSchools(ports.vault, controller, asker.schools),
  });
  await note(unit, ports, asker, { type: "gar.relinkAsked", id: asked.id });
  return { ...asked, code };
}

/** Until when a code of this person can be used; undefined when there is none. */
export async function pendingRelink(
  unit: Unit,
  { clock }: Pick<AccountPorts, "clock">,
  { controller, subject }: Pick<Asker, "controller" | "subject">,
): Promise<Instant | undefined> {
  const [request] = await relinksOfSubjects(unit, controller, [subject]);
  return request !== undefined && request.expiresAt > clock.now() ? request.expiresAt : undefined;
}

/** Takes the request back. Twice is once. */
export async function cancelRelink(
  unit: Unit,
  ports: Pick<AccountPorts, "journal">,
  asker: Pick<Asker, "controller" | "subject">,
): Promise<void> {
  const [request] = await relinksOfSubjects(unit, asker.controller, [asker.subject]);
  if (request === undefined) return;
  await deleteRelinks(unit, asker.controller, [asker.subject]);
  await note(unit, ports, asker, { type: "gar.relinkCancelled", id: request.id });
}

async function note(
  unit: Unit,
  { journal }: Pick<AccountPorts, "journal">,
  { controller, subject }: Pick<Asker, "controller" | "subject">,
  { type, id }: { readonly type: string; readonly id: Relink["id"] },
): Promise<void> {
  await journal.record(unit, {
    log: "activity",
    type,
    clause: "DD.7",
    controller,
    actor: { role: "dataSubject", id: subject },
    payload: { request: id },
  });
}
