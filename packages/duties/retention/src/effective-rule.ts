/**
 * Which rule ends an account, and when. Of several rules that apply the earliest day counts; then, in this order:
 *
 *   a hold required by law  >  a ceiling of the agreement  >  another hold  >  the controller's own period  >  the rule
 *
 * A ceiling can be shortened and never lengthened: a hold that no law requires ends there. What cannot be told (a role,
 * an origin, a product) lets no narrower rule apply, and is said. Pure: everything is given.
 * @clause D5, D12.2, D12.4. Towards D6.2c
 */
import { type Duration, dayIn, deadlineOf, type LocalDate, type Place, startOfDay } from "@preau/calendar";
import type { Contract, OwnPeriod } from "@preau/contracts";
import { type AccountFacts, addMillis, type Instant } from "@preau/kernel";
import type { AccountRule } from "./account-rule.ts";
import { endOfHold, type Hold, isInForce } from "./hold.ts";

/** Day of the year on which a school year ends: `08-31`. */
export type YearDay = string;

export interface DecidingContext {
  readonly rules: readonly AccountRule[];
  /** May the controller's own period be longer than a ceiling? Only where the agreement says so itself. */
  readonly ownPeriodsWithin: "ceilings" | "anything";
  readonly ownPeriods: readonly OwnPeriod[];
  /** Of this controller. */
  readonly contracts: readonly Pick<Contract, "id" | "products" | "startsOn" | "endsOn">[];
  /** When the agreement's school year ends; without one, no rule that runs from it fires. */
  readonly schoolYearEnds?: YearDay | undefined;
  readonly place: Place;
  readonly now: Instant;
}

export type LostWhy =
  | "otherRole"
  | "roleUnknown"
  | "otherOrigin"
  | "originUnknown"
  | "otherProduct"
  | "productUnknown"
  | "partOfAccount"
  | "notHappened"
  | "later"
  | "ownPeriodSet"
  | "ownPeriodTooLong"
  | "holdPastCeiling"
  | "holdOver";

/** A rule, a period or a hold that did not decide, and why. */
export interface Lost {
  readonly why: LostWhy;
  readonly rule?: AccountRule["id"];
  readonly hold?: Hold;
  readonly dueAt?: Instant;
}

export type DecidedBy = "lawfulHold" | "ceiling" | "hold" | "ownPeriod" | "agreement";

/** What ends the account. */
interface RunningRule {
  readonly rule: AccountRule;
  readonly anchoredAt: Instant;
  /** The period that runs: the controller's own, or the agreement's. */
  readonly period: Duration;
}

export interface Decision extends Partial<RunningRule> {
  /** Undefined when no rule applies. */
  readonly by?: DecidedBy;
  /** The hold that keeps it. */
  readonly hold?: Hold;
  /** Last instant in time; undefined when nothing ends it today. */
  readonly dueAt?: Instant;
  /** Its day, in the controller's zone. */
  readonly day?: LocalDate;
  /** The first ceiling that applies: nothing but a law keeps the account beyond it. */
  readonly ceilingAt?: Instant;
  readonly lost: readonly Lost[];
}

interface Candidate extends RunningRule {
  readonly dueAt: Instant;
  /** The latest that the agreement allows; undefined for a rule that is no ceiling. */
  readonly ceilingAt?: Instant;
  readonly by: "ceiling" | "ownPeriod" | "agreement";
  readonly lost?: Lost;
}

/** What is worked out once for all accounts of a controller. */
export interface Deciding {
  decide(facts: AccountFacts, holds?: readonly Hold[]): Decision;
}

/** @clause D5, D12.2, D12.4 */
export function makeDeciding(context: DecidingContext): Deciding {
  const { place, now } = context;
  const prepared = context.rules.map((rule) => prepare(rule, context));
  return {
    decide: (facts, holds = []) => {
      const lost: Lost[] = [];
      const candidates: Candidate[] = [];
      for (const each of prepared) {
        const found = candidateOf(each, facts, context);
        if (typeof found === "string") lost.push({ why: found, rule: each.rule.id });
        else {
          candidates.push(found);
          if (found.lost !== undefined) lost.push(found.lost);
        }
      }
      const inForce = holds.filter((hold) => {
        if (isInForce(hold, now, place)) return true;
        lost.push({ why: "holdOver", hold });
        return false;
      });
      const first = earliestOf(candidates);
      if (first === undefined) return withHold({ lost }, inForce);
      for (const each of candidates)
        if (each !== first) lost.push({ why: "later", rule: each.rule.id, dueAt: each.dueAt });
      return weigh(first, candidates, inForce, lost, place);
    },
  };
}

/** No rule ends it, but a hold may stand there all the same. */
function withHold(decision: Decision, holds: readonly Hold[]): Decision {
  const hold = holds.find(({ lawful }) => lawful) ?? holds[0];
  return hold === undefined ? decision : { ...decision, hold, by: hold.lawful ? "lawfulHold" : "hold" };
}

interface Prepared {
  readonly rule: AccountRule;
  /** The controller's own periods for it: the shortest counts. */
  readonly own: readonly Duration[];
  /** The contract's end that the rule runs from, when it does. */
  readonly endedAt?: Instant | undefined;
  /** Why it applies to nobody here. */
  readonly never?: LostWhy;
}

function prepare(rule: AccountRule, context: DecidingContext): Prepared {
  const { contracts, place, now } = context;
  const ofProduct =
    rule.products === undefined
      ? contracts
      : contracts.filter(({ products }) => products.some((each) => rule.products?.includes(each)));
  const base = { rule, own: ownPeriodsOf(rule, context) };
  if (rule.categories !== undefined) return { ...base, never: "partOfAccount" };
  if (rule.products !== undefined) {
    const others = contracts.some(({ products }) => products.some((each) => !rule.products?.includes(each)));
    if (ofProduct.length === 0 && contracts.length > 0) return { ...base, never: "otherProduct" };
    // A store does not say of which product an account is: where a controller has several, none is guessed.
    if (others || contracts.length === 0) return { ...base, never: "productUnknown" };
  }
  return { ...base, endedAt: endedAt(ofProduct, place, now) };
}

/** The instant at which the last contract ended; undefined while one runs or is yet to start, or there never was one. */
function endedAt(contracts: DecidingContext["contracts"], place: Place, now: Instant): Instant | undefined {
  const today = dayIn(place.zone, now);
  if (contracts.some(({ endsOn }) => endsOn === undefined || endsOn >= today)) return undefined;
  const last = contracts
    .map(({ endsOn }) => endsOn)
    .reduce((a, b) => ((b ?? "") > (a ?? "") ? b : a), undefined);
  const over = last === undefined ? undefined : endOfHold({ until: last }, place);
  // Both days are days of the contract: it ends with the last instant of its last one.
  return over === undefined ? undefined : addMillis(over, -1);
}

/** The own periods of the contracts in force; of those that ended, where none is. @clause D5 */
function ownPeriodsOf(
  rule: AccountRule,
  { ownPeriods, contracts, place, now }: DecidingContext,
): readonly Duration[] {
  const today = dayIn(place.zone, now);
  const live = new Set(
    contracts.filter(({ endsOn }) => endsOn === undefined || endsOn >= today).map(({ id }) => id),
  );
  const ofRule = ownPeriods.filter((each) => each.rule === rule.id);
  const standing = live.size === 0 ? ofRule : ofRule.filter(({ contract }) => live.has(contract));
  return standing.map(({ duration }) => duration);
}

function candidateOf(
  { rule, own: own_, endedAt: contractEnd, never }: Prepared,
  facts: AccountFacts,
  context: DecidingContext,
): Candidate | LostWhy {
  if (never !== undefined) return never;
  if (rule.roles !== undefined) {
    if (facts.role === undefined) return "roleUnknown";
    if (!rule.roles.includes(facts.role)) return "otherRole";
  }
  if (rule.origins !== undefined) {
    if (facts.origin === undefined) return "originUnknown";
    if (!rule.origins.includes(facts.origin)) return "otherOrigin";
  }
  const anchoredAt = anchorOf(rule, facts, contractEnd, context);
  if (anchoredAt === undefined) return "notHappened";
  const { place } = context;
  const due = (period: Duration) =>
    deadlineOf(anchoredAt, period, { rounding: rule.after.rounding, place }).dueAt;
  const agreed = { period: rule.after as Duration, dueAt: due(rule.after) };
  const own = own_.reduce<typeof agreed | undefined>((least, period) => {
    const dueAt = due(period);
    return least === undefined || dueAt < least.dueAt ? { period, dueAt } : least;
  }, undefined);
  const base = { rule, anchoredAt };
  const isCeiling = rule.ceiling;
  if (own === undefined)
    return {
      ...base,
      ...agreed,
      by: isCeiling ? "ceiling" : "agreement",
      ...(isCeiling ? { ceilingAt: agreed.dueAt } : {}),
    };
  const mayExceed = context.ownPeriodsWithin === "anything";
  if (isCeiling && !mayExceed && own.dueAt > agreed.dueAt)
    // A ceiling is never lengthened, not even by a period that was set while it stood higher.
    return {
      ...base,
      ...agreed,
      by: "ceiling",
      ceilingAt: agreed.dueAt,
      lost: { why: "ownPeriodTooLong", rule: rule.id, dueAt: own.dueAt },
    };
  return {
    ...base,
    ...own,
    by: "ownPeriod",
    lost: { why: "ownPeriodSet", rule: rule.id, dueAt: agreed.dueAt },
    ...(isCeiling ? { ceilingAt: mayExceed && own.dueAt > agreed.dueAt ? own.dueAt : agreed.dueAt } : {}),
  };
}

/** The instant from which a rule runs for one account; undefined when its event has not happened. @figure D12.4 */
function anchorOf(
  rule: AccountRule,
  facts: AccountFacts,
  contractEnd: Instant | undefined,
  { schoolYearEnds, place }: DecidingContext,
): Instant | undefined {
  switch (rule.anchor) {
    case "accountDeleted":
      return facts.deletedAt;
    case "contractEnded":
      return contractEnd;
    case "lastActivity":
      return facts.lastActivity ?? facts.createdAt;
    case "schoolYearEnded": {
      const last = facts.enrolledUntil ?? facts.lastActivity ?? facts.createdAt;
      return last === undefined || schoolYearEnds === undefined
        ? undefined
        : schoolYearEnd(last, schoolYearEnds, place);
    }
    default:
      return undefined; // loading data, samples, entries and backups have walks of their own
  }
}

/** The end of the school year in which an instant lies: the last instant of that day. */
export function schoolYearEnd(when: Instant, ends: YearDay, place: Place): Instant {
  const day = dayIn(place.zone, when);
  const year = Number(day.slice(0, 4));
  const same = `${String(year).padStart(4, "0")}-${ends}`;
  const end = day <= same ? same : `${String(year + 1).padStart(4, "0")}-${ends}`;
  return addMillis(endOfHold({ until: end as LocalDate }, place) ?? startOfDay(place.zone, day), -1);
}

function earliestOf(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (first, each) => (first === undefined || each.dueAt < first.dueAt ? each : first),
    undefined,
  );
}

function weigh(
  first: Candidate,
  candidates: readonly Candidate[],
  holds: readonly Hold[],
  lost: Lost[],
  place: Place,
): Decision {
  let { rule, anchoredAt, period }: RunningRule = first;
  const ceilings = candidates.flatMap(({ ceilingAt }) => (ceilingAt === undefined ? [] : [ceilingAt]));
  const ceilingAt = ceilings.reduce<Instant | undefined>(
    (least, each) => (least === undefined || each < least ? each : least),
    undefined,
  );
  let dueAt: Instant | undefined = first.dueAt;
  let by: DecidedBy = first.by;
  let hold: Hold | undefined;

  const other = lastToEnd(
    holds.filter(({ lawful }) => !lawful),
    place,
  );
  if (other !== undefined && (other.end === undefined || other.end > dueAt)) {
    if (ceilingAt !== undefined && (other.end === undefined || other.end > ceilingAt)) {
      lost.push({ why: "holdPastCeiling", hold: other.hold, dueAt: ceilingAt });
      // Until the ceiling it holds; the ceiling decides the day.
      by = "ceiling";
      hold = dueAt < ceilingAt ? other.hold : undefined;
      dueAt = ceilingAt;
      const ceiling = candidates.find((each) => each.ceilingAt === ceilingAt);
      if (ceiling !== undefined) {
        ({ rule, anchoredAt } = ceiling);
        period = ceiling.dueAt === ceilingAt ? ceiling.period : rule.after;
      }
    } else {
      by = "hold";
      hold = other.hold;
      dueAt = other.end;
    }
  }
  const lawful = lastToEnd(
    holds.filter((each) => each.lawful),
    place,
  );
  const outlasts = (end: Instant | undefined) => end === undefined || (dueAt !== undefined && end > dueAt);
  if (lawful !== undefined && outlasts(lawful.end)) {
    by = "lawfulHold";
    hold = lawful.hold;
    dueAt = lawful.end;
  }
  return {
    rule,
    anchoredAt,
    period,
    by,
    lost,
    ...(hold === undefined ? {} : { hold }),
    ...(ceilingAt === undefined ? {} : { ceilingAt }),
    ...(dueAt === undefined ? {} : { dueAt, day: dayIn(place.zone, dueAt) }),
  };
}

/** Of several holds, the one that ends last; one without an end ends after every other. */
function lastToEnd(
  holds: readonly Hold[],
  place: Place,
): { readonly hold: Hold; readonly end: Instant | undefined } | undefined {
  let last: { readonly hold: Hold; readonly end: Instant | undefined } | undefined;
  for (const hold of holds) {
    const end = endOfHold(hold, place);
    if (last === undefined || (last.end !== undefined && (end === undefined || end > last.end)))
      last = { hold, end };
  }
  return last;
}
