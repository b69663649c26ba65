/**
 * What happens once an identity provider's message is verified, whatever protocol it came by: attributes are kept or
 * dropped under their clauses, the person is found or made, the session starts, the journal and the others hear of it.
 * All in one unit: it happens with the use of the request, or not at all. @clause D4.1, DD.7
 */
import {
  addHours,
  type Clock,
  type ControllerId,
  type Events,
  type Gate,
  type Instant,
  isFault,
  type Journal,
  type JsonObject,
  type KnownPersons,
  type Origin,
  type PersonWord,
  type PreauError,
  redeem,
  type SubjectDirectory,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import type { Sessions, SignIn } from "@preau/web";
import { accountIdentifier, findAccountOfKnown, rememberSignIn } from "./accounts/account-links.ts";
import { type SchoolYearPorts, schoolYearAt, schoolYearRule } from "./accounts/school-year.ts";
import { type GarAttributes, idoOf, parseGarAttributes, type ReceivedAttributes } from "./attributes.ts";
import { controllerOf } from "./controller-of.ts";
import { fault } from "./errors.ts";
import { type DroppedAttribute, flowOf, keepAttributes, type SignInFlow } from "./keep-attributes.ts";
import { keyedSessions } from "./keyed-sessions.ts";
import { roleOf } from "./profile.ts";
import type { SignInProvider } from "./provider.ts";

export interface SignInPorts extends SchoolYearPorts {
  readonly clock: Clock;
  readonly gate: Gate;
  readonly subjects: SubjectDirectory;
  readonly journal: Journal;
  readonly events: Events;
  readonly sessions: Pick<Sessions, "revoke" | "revokeByKey">;
  readonly vault: Pick<KeyStore, "mac">;
  /** Who must know of persons of the GAR in order to keep them from elsewhere; nobody in an application of its own. */
  readonly knownPersons?: KnownPersons;
}

/** A verified message, of whatever protocol. */
export interface VerifiedIdentity {
  readonly attributes: ReceivedAttributes;
  /** How the provider's logout messages will name the session. */
  readonly keys: NonNullable<SignIn["keys"]>;
  /** Who issued the message: its entity id or URL. */
  readonly issuer: string;
  /** When the provider itself ends the session (SessionNotOnOrAfter). */
  readonly endsBy?: Instant | undefined;
  /** What signing out at the provider will need, sealed under the session's cookie: NameID, `id_token_hint`. */
  readonly sealed?: JsonObject;
}

/** A person who signed in through the GAR or another provider, with what may be known of them and nothing else. */
export interface GarIdentity {
  /** Id of the provider: `gar.saml`. */
  readonly provider: string;
  readonly origin: Origin;
  readonly controller: ControllerId;
  readonly product: string;
  readonly subject: SubjectId;
  readonly role: string;
  /** Kind of the identifier that they signed in by: `gar.ido`, `sso.<provider>`. */
  readonly identifierKind: string;
  /** Categories of what was kept. */
  readonly categories: readonly string[];
  readonly attributes: GarAttributes;
  /** Names of the attributes that were kept. */
  readonly keptNames: readonly string[];
  readonly dropped: readonly DroppedAttribute[];
  /** Under the vault: see `keyedSessions`. */
  readonly keys: VerifiedIdentity["keys"];
  /** The end of the session, whatever is done in it. */
  readonly endsBy: Instant;
  readonly sealed: JsonObject;
}

export type SignInResult =
  | { readonly signedIn: true; readonly identity: GarIdentity }
  | {
      readonly signedIn: false;
      readonly error: PreauError;
      /** Whose journal has it. */
      readonly controller: ControllerId;
    };

/**
 * Signs a verified person in, or says which clause is against it, for the caller to count; a sign-in is journalled. Sessions
 * that the person had end. The caller commits all of it.
 * @clause D4.1, DB.K.gar-teacher, DB.K.gar-pupil, DD.7
 * @throws GAR_SIGN_IN_REFUSED when there is no usable identifier
 */
export async function signIn(
  ports: SignInPorts,
  provider: SignInProvider,
  { attributes, ...verified }: VerifiedIdentity,
  unit: Unit,
): Promise<SignInResult> {
  const received = inOurNames(attributes, provider);
  const ido = idoOf(received);
  const whose = controllerOf(received, provider);
  if ("none" in whose) {
    const error = fault("GAR_CONTROLLER_REFUSED", { clause: "D4.1", log: { reason: whose.none } });
    return { signedIn: false, error, controller: provider.controller };
  }
  const { controller } = whose;
  const { origin, product } = provider;
  const flow: SignInFlow = { controller, product, origin, role: roleOf(received, provider.roles) };
  const {
    kept,
    categories,
    dropped,
    signIn: answer,
  } = keepAttributes(ports.gate, flow, received, provider.declared);
  if (!answer.allowed) {
    const error = fault("GAR_ROLE_REFUSED", { clause: answer.clause, log: { reason: answer.reason } });
    return { signedIn: false, error, controller };
  }
  const identifier = { kind: provider.identifierKind, value: ido };
  const { known, ...account } = await findAccountOfKnown(unit, ports, { controller, product, identifier });
  try {
    const asked = { ...flowOf(flow, categories), ...(known === undefined ? {} : { subject: known }) };
    redeem(await ports.gate.permit(asked, unit), { operation: "store", recipient: "product", categories });
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    return { signedIn: false, error, controller };
  }
  const subject = known ?? (await ports.subjects.identify(unit, controller, identifier));
  const now = ports.clock.now();
  await rememberSignIn(unit, account, {
    subject,
    provider: provider.id,
    role: flow.role,
    schoolYear: schoolYearAt(now, await schoolYearRule(unit, ports, controller)).name,
    now,
  });
  if (account.subject === undefined)
    await ports.subjects.link(unit, controller, subject, accountIdentifier(subject));
  await ports.sessions.revoke(controller, subject, unit);
  const words = wordsOf(ido, parseGarAttributes(kept));
  await ports.knownPersons?.note(unit, { controller, subject, origin, role: flow.role, words });
  const longest = addHours(now, provider.sessionHours);
  const { issuer, endsBy, sealed } = verified;
  const identity: GarIdentity = {
    provider: provider.id,
    ...flow,
    subject,
    identifierKind: identifier.kind,
    categories,
    attributes: parseGarAttributes(kept),
    keptNames: [...kept.keys()],
    dropped,
    keys: await keyedSessions(ports.vault, provider.controller, [
      ...verified.keys,
      { kind: identifier.kind, issuer, value: ido },
    ]),
    endsBy: endsBy !== undefined && endsBy < longest ? endsBy : longest,
    sealed: sealed ?? {},
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
    origin,
    product,
    role: flow.role,
  });
  return { signedIn: true, identity };
}

/** By what the person is known, of what was kept. @clause DC */
function wordsOf(ido: string, { firstName, lastName, workEmail }: GarAttributes): readonly PersonWord[] {
  const said = [
    ["givenName", firstName],
    ["familyName", lastName],
    ["email", workEmail],
    ["number", ido],
  ] as const;
  return said.flatMap(([kind, value]) => (value === undefined ? [] : [{ kind, value }]));
}

/** What was received, under our names: declared ones under those that the configuration maps, the rest as they came. */
function inOurNames(received: ReceivedAttributes, { attributeNames }: SignInProvider): ReceivedAttributes {
  if (attributeNames.size === 0) return received;
  const ours = new Map([...attributeNames].map(([our, their]) => [their, our]));
  const unmapped = [...received].filter(([name]) => !attributeNames.has(name) && !ours.has(name));
  const mapped = [...received].flatMap(([name, values]) => {
    const our = ours.get(name);
    return our === undefined ? [] : [[our, values] as const];
  });
  return new Map([...unmapped, ...mapped]);
}

/** Names, words of the agreement and counts; no value of an attribute. */
function journalled(identity: GarIdentity): JsonObject {
  return {
    provider: identity.provider,
    product: identity.product,
    role: identity.role,
    categories: identity.categories,
    kept: identity.keptNames,
    dropped: identity.dropped.map(({ attribute, clause }) => ({ attribute, clause })),
    droppedCount: identity.dropped.length,
    malformed: identity.attributes.malformed,
  };
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
      origin: identity.origin,
      product: identity.product,
      role: identity.role,
      categories: identity.categories,
      dropped: dropped.map(({ attribute }) => attribute),
      refusals: [...new Map(refusals.map((each) => [each.category, each])).values()],
    },
    sealed: {
      ...(Object.keys(identity.sealed).length === 0
        ? {}
        : { provider: { id: identity.provider, ...identity.sealed } }),
      ...(displayName === "" ? {} : { displayName }),
      identifierKind: identity.identifierKind,
      schools: attributes.schools,
      divisions: attributes.divisions.map(({ code, label }) => ({ code, label })),
      groups: attributes.groups.map(({ code, label }) => ({ code, label })),
    },
    keys: identity.keys,
    endsBy: identity.endsBy,
  };
}
