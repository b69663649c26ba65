/**
 * The gate: may this personal data flow? The static answer comes per category from the table compiled out of annexes
 * B and C; moving checks (an objection window, a restriction, a missing consent…) are added by plugins. What the
 * agreement does not name is refused, with the clause. @clause D4.1, DC
 */
import type { Clock, Instant } from "./clock.ts";
import { addMillis } from "./clock.ts";
import { fault } from "./errors.ts";
import type { ActorId, ControllerId, InstructionId, SubjectId } from "./ids.ts";
import type { Bilingual } from "./language.ts";
import type { Unit } from "./unit-of-work.ts";

export type Operation = "store" | "show" | "send" | "export" | "answer" | "erase" | "return";
/** How the person came in: through the national access manager (GAR), or not. */
export type Origin = "gar" | "outsideGar";

/** A data subject with its origin in the type: a client that may not see GAR identities asks for `"outsideGar"`. */
export interface SubjectRef<O extends Origin = Origin> {
  readonly id: SubjectId;
  readonly origin: O;
}
export type GarSubject = SubjectRef<"gar">;

/** What a flow is. Words of the agreement (product, role, category, purpose, recipient) are its identifiers. */
export interface Flow<O extends Origin = Origin> {
  readonly controller: ControllerId;
  readonly product: string;
  readonly operation: Operation;
  readonly origin: O;
  /** Role of the data subject in annex B: `pupil`, `teacher`, `parent`… */
  readonly role: string;
  readonly categories: readonly string[];
  readonly purpose: string;
  readonly recipient: string;
  readonly subject?: SubjectId;
  readonly actor?: ActorId;
  readonly instruction?: InstructionId;
}

export interface CategoryAnswer {
  readonly allowed: boolean;
  /** The row of the agreement that allows, or that leaves it out. */
  readonly clause: string;
  /** Stable reason of a refusal, `UNNAMED_CATEGORY`, `OUTSIDE_GAR_ONLY`…; `ALLOWED` otherwise. */
  readonly reason: string;
  readonly remedy?: Bilingual;
}

/** Answers for one key (product, operation, origin, role, purpose, recipient); what has no answer gets `otherwise`. */
export interface GateRow {
  readonly answers: ReadonlyMap<string, CategoryAnswer>;
  readonly otherwise: CategoryAnswer;
}

/** The compiled table. Always answers: for what the agreement does not name, with a row that refuses everything. */
export interface GateTable {
  /** `sha256:…` of the agreement it was compiled from. */
  readonly agreement: string;
  row(flow: Flow): GateRow;
}

export interface Decision {
  /** True only when every category is allowed, and there is at least one. */
  readonly allowed: boolean;
  /** One answer a category, in the order of the flow. */
  readonly answers: readonly CategoryAnswer[];
}

export type CheckAnswer =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly clause: string;
      readonly reason: string;
      readonly remedy?: Bilingual;
    };

/** A plugin's moving check: at most one indexed read, inside the caller's transaction. */
export interface GateCheck {
  readonly id: string;
  readonly clause: string;
  /** Which flows it has a say in; the others are not asked. */
  concerns(flow: Flow): boolean;
  check(flow: Flow, unit: Unit): Promise<CheckAnswer>;
}

/** What an outgoing client says it is about to do. */
export interface PermitUse {
  readonly operation: Operation;
  readonly recipient: string;
  /** The categories really sent: a subset of those permitted. */
  readonly categories: readonly string[];
}

export interface Gate {
  /** The static answer: pure, from the agreement alone. */
  decide(flow: Flow): Decision;
  /**
   * The static answer and every moving check. One use, one minute.
   * @throws GATE_REFUSED with the clause and the remedy of the first refusal
   */
  permit<O extends Origin>(flow: Flow<O>, unit: Unit): Promise<Permit<O>>;
}

const MAKER = Symbol("gate");
/** A permit outlives the decision by this much at most, so that a change soon binds. A technical bound, no clause. */
const PERMIT_LIFETIME_MS = 60_000;

/** Proof that the gate said yes to one flow, once. Only the gate can make one; every outgoing client demands one. */
export class Permit<O extends Origin = Origin> {
  readonly #flow: Flow<O>;
  readonly #expiresAt: Instant;
  readonly #clock: Clock;
  #used = false;

  constructor(maker: symbol, flow: Flow<O>, clock: Clock) {
    if (maker !== MAKER) throw fault("PERMIT_FORGED");
    this.#flow = flow;
    this.#clock = clock;
    this.#expiresAt = addMillis(clock.now(), PERMIT_LIFETIME_MS);
  }

  /**
   * Uses the permit up for exactly this; returns the flow it was given for.
   * @throws PERMIT_USED, PERMIT_EXPIRED, PERMIT_MISMATCH
   */
  redeem(use: PermitUse): Flow<O> {
    if (this.#used) throw fault("PERMIT_USED");
    this.#used = true;
    if (this.#clock.now() > this.#expiresAt) throw fault("PERMIT_EXPIRED");
    const flow = this.#flow;
    const fits =
      use.operation === flow.operation &&
      use.recipient === flow.recipient &&
      use.categories.length > 0 &&
      use.categories.every((category) => flow.categories.includes(category));
    if (!fits) throw fault("PERMIT_MISMATCH", { place: `${use.operation} ${use.recipient}` });
    return flow;
  }
}

// Nobody in this process can teach permits another redeem.
Object.freeze(Permit.prototype);

/**
 * Uses up something that claims to be a permit. The one call for clients.
 * @throws PERMIT_FORGED, PERMIT_USED, PERMIT_EXPIRED, PERMIT_MISMATCH
 */
export function redeem<O extends Origin>(permit: Permit<O>, use: PermitUse): Flow<O> {
  const candidate: unknown = permit;
  if (!(candidate instanceof Permit) || Object.getPrototypeOf(candidate) !== Permit.prototype) {
    throw fault("PERMIT_FORGED");
  }
  try {
    return Permit.prototype.redeem.call(permit, use) as Flow<O>;
  } catch (error) {
    if (error instanceof TypeError) throw fault("PERMIT_FORGED", { cause: error });
    throw error;
  }
}

export interface GateOptions {
  /** The table in force for a controller; undefined when it has no agreement. Read at every decision. */
  readonly tableFor: (controller: ControllerId) => GateTable | undefined;
  readonly checks?: readonly GateCheck[];
  readonly clock: Clock;
  /**
   * Asked once when the table refuses: brings `tableFor` up to date with what another process changed. True when it did, and
   * the table is then asked again. At most one indexed read.
   */
  readonly renew?: (flow: Flow, unit: Unit) => Promise<boolean>;
}

const NO_AGREEMENT: CategoryAnswer = Object.freeze({
  allowed: false,
  clause: "D1",
  reason: "NO_AGREEMENT",
  remedy: Object.freeze({
    en: "Put an agreement in force for this controller.",
    fr: "Mettez un accord en vigueur pour ce responsable de traitement.",
  }),
});
const NO_CATEGORY: CategoryAnswer = Object.freeze({
  allowed: false,
  clause: "D4.1",
  reason: "NO_CATEGORY",
  remedy: Object.freeze({
    en: "Name the categories that the flow carries.",
    fr: "Nommez les catégories que porte le flux.",
  }),
});

/** The gate over compiled tables and moving checks. Holds no state of its own. @clause D4.1, DC */
export function makeGate(options: GateOptions): Gate {
  const checks = options.checks ?? [];

  const decide = (flow: Flow): Decision => {
    const { categories } = flow;
    if (categories.length === 0) return { allowed: false, answers: [NO_CATEGORY] };
    const row = options.tableFor(flow.controller)?.row(flow);
    if (row === undefined) return { allowed: false, answers: categories.map(() => NO_AGREEMENT) };
    const answers: CategoryAnswer[] = [];
    let allowed = true;
    for (const category of categories) {
      const answer = row.answers.get(category) ?? row.otherwise;
      allowed &&= answer.allowed;
      answers.push(answer);
    }
    return { allowed, answers };
  };

  const permit = async <O extends Origin>(flow: Flow<O>, unit: Unit): Promise<Permit<O>> => {
    // A copy: what was decided is what will be redeemed, whatever the caller does to its object meanwhile.
    const frozen: Flow<O> = Object.freeze({ ...flow, categories: Object.freeze([...flow.categories]) });
    const refusedBy = () => decide(frozen).answers.find((answer) => !answer.allowed);
    let refused = refusedBy();
    if (refused !== undefined && (await options.renew?.(frozen, unit)) === true) refused = refusedBy();
    if (refused !== undefined) throw refusal(refused, frozen);
    for (const check of checks) {
      if (!check.concerns(frozen)) continue;
      const answer = await check.check(frozen, unit);
      if (!answer.allowed) throw refusal(answer, frozen);
    }
    return new Permit(MAKER, frozen, options.clock);
  };

  return { decide, permit };
}

function refusal(answer: Pick<CategoryAnswer, "clause" | "reason" | "remedy">, flow: Flow) {
  return fault("GATE_REFUSED", {
    clause: answer.clause,
    place: `${flow.operation} ${flow.recipient}`,
    remedy: answer.remedy,
    log: { reason: answer.reason, operation: flow.operation, recipient: flow.recipient, role: flow.role },
  });
}
