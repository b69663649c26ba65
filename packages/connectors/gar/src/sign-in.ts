/**
 * What happens once an identity provider's message is verified, whatever protocol it came by: attributes are kept or
 * dropped under their clauses, the person is found or made, the session starts, the journal and the others hear of it.
 * All in one unit: it happens with the use of the request, or not at all. @clause D4.1, DD.7
 */
import {
  type ControllerId,
  type Events,
  type Gate,
  type Instant,
  isFault,
  type Journal,
  type JsonObject,
  type PreauError,
  redeem,
  type SubjectDirectory,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { SignIn } from "@preau/web";
import { type GarAttributes, idoOf, parseGarAttributes, type ReceivedAttributes } from "./attributes.ts";
import { fault } from "./errors.ts";
import { type DroppedAttribute, flowOf, keepAttributes, type SignInFlow } from "./keep-attributes.ts";
import { roleOf } from "./profile.ts";

export interface SignInPorts {
  readonly gate: Gate;
  readonly subjects: SubjectDirectory;
  readonly journal: Journal;
  readonly events: Events;
}

export interface SignInRules {
  readonly controller: ControllerId;
  readonly product: string;
  /** Role of the agreement by profile. */
  readonly roles: Readonly<Record<string, string>>;
}

/** A verified message, of whatever protocol. */
export interface VerifiedIdentity {
  readonly attributes: ReceivedAttributes;
  /** How the provider's logout messages will name the session. */
  readonly keys: NonNullable<SignIn["keys"]>;
}

/** A person who signed in through the GAR, with what may be known of them and nothing else. */
export interface GarIdentity {
  readonly controller: ControllerId;
  readonly product: string;
  readonly subject: SubjectId;
  readonly role: string;
  /** Categories of what was kept. */
  readonly categories: readonly string[];
  readonly attributes: GarAttributes;
  readonly dropped: readonly DroppedAttribute[];
  readonly keys: VerifiedIdentity["keys"];
}

export type SignInResult =
  | { readonly signedIn: true; readonly identity: GarIdentity }
  | { readonly signedIn: false; readonly error: PreauError };

/**
 * Signs a verified person in, or says which clause is against it; either is journalled. The caller commits both.
 * @clause D4.1, DB.K.gar-teacher, DB.K.gar-pupil, DD.7
 * @throws GAR_SIGN_IN_REFUSED when there is no usable identifier
 */
export async function signIn(
  ports: SignInPorts,
  rules: SignInRules,
  verified: VerifiedIdentity,
  unit: Unit,
): Promise<SignInResult> {
  const { controller, product } = rules;
  const ido = idoOf(verified.attributes);
  const flow: SignInFlow = { controller, product, role: roleOf(verified.attributes, rules.roles) };
  const { kept, categories, dropped, signIn: answer } = keepAttributes(ports.gate, flow, verified.attributes);
  if (!answer.allowed) {
    const error = fault("GAR_ROLE_REFUSED", { clause: answer.clause, log: { reason: answer.reason } });
    return refused(ports, unit, controller, error);
  }
  const identifier = { kind: "gar.ido", value: ido };
  const known = await ports.subjects.find(unit, controller, identifier);
  try {
    const asked = { ...flowOf(flow, categories), ...(known === undefined ? {} : { subject: known }) };
    redeem(await ports.gate.permit(asked, unit), { operation: "store", recipient: "product", categories });
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    return refused(ports, unit, controller, error);
  }
  const subject = known ?? (await ports.subjects.identify(unit, controller, identifier));
  const identity: GarIdentity = {
    ...flow,
    subject,
    categories,
    attributes: parseGarAttributes(kept),
    dropped,
    keys: verified.keys,
  };
  await ports.journal.record(unit, {
    log: "activity",
    type: "gar.signedIn",
    clause: "DD.7",
    controller,
    actor: { role: "dataSubject", id: subject },
    subject: { id: subject, payload: journalled(identity) },
  });
  await ports.events.emit(unit, "account.signedIn", {
    controller,
    subject,
    origin: "gar",
    product,
    role: flow.role,
  });
  return { signedIn: true, identity };
}

/** Names, words of the agreement and counts; no value of an attribute. */
function journalled(identity: GarIdentity): JsonObject {
  return {
    product: identity.product,
    role: identity.role,
    categories: identity.categories,
    dropped: identity.dropped.map(({ attribute, clause }) => ({ attribute, clause })),
    droppedCount: identity.dropped.length,
    malformed: identity.attributes.malformed,
  };
}

async function refused(
  ports: SignInPorts,
  unit: Unit,
  controller: ControllerId,
  error: PreauError,
): Promise<SignInResult> {
  await recordRefusal(ports.journal, unit, { controller, error });
  return { signedIn: false, error };
}

export interface RefusalRecord {
  readonly controller: ControllerId;
  readonly error: PreauError;
  /** How many attempts the entry stands for; one by default. */
  readonly count?: number;
  /** When the first of several came. */
  readonly since?: Instant;
}

/** Journals attempts that failed: code, reason, clause and number. Nobody is identified. @clause DD.7 */
export async function recordRefusal(
  journal: Journal,
  unit: Unit,
  { controller, error, count = 1, since }: RefusalRecord,
): Promise<void> {
  await journal.record(unit, {
    log: "activity",
    type: "gar.signInRefused",
    clause: "DD.7",
    controller,
    actor: { role: "dataSubject" },
    payload: {
      code: error.code,
      reason: error.detail.log?.["reason"] ?? "",
      ...(error.clause === undefined ? {} : { under: error.clause }),
      count,
      ...(count === 1 || since === undefined ? {} : { since }),
    },
  });
}

/** The session of a person who signed in: lists in its row, whatever names the person sealed under the cookie. */
export function sessionOf(identity: GarIdentity): SignIn {
  const { attributes, dropped } = identity;
  const displayName = [attributes.firstName, attributes.lastName].filter(Boolean).join(" ");
  const refusals = dropped.map(({ category, clause, reason }) => ({ category, clause, reason }));
  return {
    data: {
      controller: identity.controller,
      actorRole: "dataSubject",
      subject: identity.subject,
      origin: "gar",
      product: identity.product,
      role: identity.role,
      categories: identity.categories,
      dropped: dropped.map(({ attribute }) => attribute),
      refusals: [...new Map(refusals.map((each) => [each.category, each])).values()],
    },
    sealed: {
      ...(displayName === "" ? {} : { displayName }),
      schools: attributes.schools,
      divisions: attributes.divisions.map(({ code, label }) => ({ code, label })),
      groups: attributes.groups.map(({ code, label }) => ({ code, label })),
    },
    keys: identity.keys,
  };
}
