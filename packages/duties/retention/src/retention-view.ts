/** What the page of one controller shows: surveys, the 24 months to come, purges, notices, rules, stores and their delays. */
import { type BoundDuration, durationOf } from "@preau/agreement";
import { type Duration, dayIn, deadlineOf, type LocalDate, type Place } from "@preau/calendar";
import type { ContractId } from "@preau/contracts";
import { type Bilingual, type ControllerId, type Instant, isFault, type Unit } from "@preau/kernel";
import { type AccountRule, accountRules } from "./account-rule.ts";
import type { DecidedBy } from "./effective-rule.ts";
import { holdsDataOf } from "./plan-stores.ts";
import type { Purge } from "./purge.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { readForecast, readNotices, readSurveys, type ShownNotice, type Survey } from "./store/forecasts.ts";
import { listPurges } from "./store/purges.ts";
import { surveyedStores } from "./survey.ts";

export interface ForecastMonth {
  /** `2027-03`; `late` for what is over already. */
  readonly month: string;
  readonly persons: number;
  /** By rule and what decides, the most first. */
  readonly parts: readonly { readonly rule: string; readonly by: DecidedBy; readonly persons: number }[];
}

export interface RuleInForce {
  readonly rule: AccountRule;
  readonly own?: { readonly contract: ContractId; readonly duration: Duration };
}

export interface StoreDelay {
  readonly store: string;
  readonly title: Bilingual;
  readonly hours: number | "unknown";
  /** Whether the agreement's figure leaves that much. */
  readonly fits: "yes" | "no" | "unknown";
}

/** A subprocessor of annex C. Without a store registered for it, no erasure reaches it: its operator has to be told. */
interface SubprocessorDelay extends Omit<StoreDelay, "title"> {
  readonly name: string;
  /** Hours that the agreement leaves it, its own exception included. */
  readonly most: number | undefined;
  readonly reached: boolean;
}

export interface RetentionView {
  readonly controller: ControllerId;
  readonly place: Place;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly surveyable: boolean;
  readonly surveys: readonly Survey[];
  readonly months: readonly ForecastMonth[];
  readonly purges: readonly Purge[];
  readonly done: readonly Purge[];
  readonly notices: readonly ShownNotice[];
  readonly rules: readonly RuleInForce[];
  readonly contracts: readonly { readonly id: ContractId; readonly reference: string }[];
  readonly figure: BoundDuration | undefined;
  readonly stores: readonly StoreDelay[];
  readonly subprocessors: readonly SubprocessorDelay[];
}

const MONTHS = 24;
const ERASURE_CLAUSE = "D12.2";
const DONE = 20;

export async function readRetentionView(
  unit: Unit,
  ports: RetentionPorts,
  controller: ControllerId,
): Promise<RetentionView> {
  const { contracts } = ports;
  const place = await contracts.placeOf(unit, controller);
  const now = ports.clock.now();
  const today = dayIn(place.zone, now);
  const until = deadlineOf(now, { unit: "months", amount: MONTHS }, { rounding: "binds", place }).lastDay;
  const agreement = ports.agreements.of(controller);
  const all = await contracts.contracts(unit, controller);
  const own = await contracts.ownPeriods(unit, controller);
  const figure = erasureFigure(ports, controller);
  return {
    controller,
    place,
    now,
    today,
    surveyable: surveyedStores(ports, controller).length > 0,
    surveys: await readSurveys(unit, controller),
    months: byMonth(await readForecast(unit, controller, until), today),
    purges: await listPurges(unit, { controller, states: ["proposed", "approved", "ordered"] }),
    done: await listPurges(unit, {
      controller,
      states: ["closed", "cancelled", "empty"],
      newestFirst: true,
      limit: DONE,
    }),
    notices: await readNotices(unit, controller, today),
    rules: accountRules(agreement).flatMap((rule): readonly RuleInForce[] => {
      const set = own.filter((each) => each.rule === rule.id);
      return set.length === 0 ? [{ rule }] : set.map((each) => ({ rule, own: each }));
    }),
    contracts: all.map(({ id, reference }) => ({ id, reference })),
    figure,
    stores: delaysOf(ports, controller, figure),
    subprocessors: subprocessorsOf(ports, controller, figure),
  };
}

/** The agreement's figure for an erasure, in hours; undefined where it has none. @figure D12.2 */
export function erasureFigure(
  ports: Pick<RetentionPorts, "agreements">,
  controller: ControllerId,
): BoundDuration | undefined {
  try {
    return durationOf(ports.agreements.of(controller), ERASURE_CLAUSE);
  } catch (error) {
    if (!isFault(error, "AGREEMENT_NO_DURATION")) throw error;
    return undefined;
  }
}

/** Every store that an erasure reaches, subprocessors included, with the delay that it documents. @figure D12.2 */
export function delaysOf(
  ports: Pick<RetentionPorts, "sources">,
  controller: ControllerId,
  figure: Duration | undefined,
): readonly StoreDelay[] {
  const most = figure?.unit === "hours" ? figure.amount : undefined;
  return [...ports.sources].flatMap(([store, { source }]) => {
    if (!holdsDataOf(controller, source)) return [];
    const { title, documentedDelayHours: hours } = source.describe();
    const fits = hours === "unknown" || most === undefined ? "unknown" : hours <= most ? "yes" : "no";
    return [{ store, title, hours, fits }];
  });
}

/** @figure D12.2 */
function subprocessorsOf(
  ports: Pick<RetentionPorts, "agreements" | "sources">,
  controller: ControllerId,
  figure: BoundDuration | undefined,
): readonly SubprocessorDelay[] {
  const { annexC, periods } = ports.agreements.of(controller);
  const conceded = periods.find(({ id }) => id === figure?.id)?.exceptions ?? [];
  return annexC.map(({ recipient, name, deletionDelay }) => {
    const exception = conceded.find((each) => each.recipient === recipient)?.period;
    const most = inHours(periods.find(({ id }) => id === exception)?.duration ?? figure);
    const hours =
      deletionDelay === "none"
        ? 0
        : deletionDelay === "unknown"
          ? ("unknown" as const)
          : (inHours(deletionDelay) ?? ("unknown" as const));
    const fits = hours === "unknown" || most === undefined ? "unknown" : hours <= most ? "yes" : "no";
    const reached = [...ports.sources.keys()].some(
      (store) => store === recipient || store.startsWith(`${recipient}.`),
    );
    return { store: recipient, name, hours, most, fits, reached };
  });
}

function inHours(duration: Duration | undefined): number | undefined {
  if (duration?.unit === "hours") return duration.amount;
  return duration?.unit === "days" ? duration.amount * 24 : undefined;
}

function byMonth(
  rows: readonly {
    readonly rule: string;
    readonly by: DecidedBy;
    readonly day: LocalDate;
    readonly persons: number;
  }[],
  today: LocalDate,
): readonly ForecastMonth[] {
  const months = new Map<string, Map<string, ForecastMonth["parts"][number]>>();
  const first = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  months.set("late", new Map());
  for (let n = 0; n <= MONTHS; n += 1) {
    const index = first + n;
    months.set(`${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`, new Map());
  }
  for (const { rule, by, day, persons } of rows) {
    const parts = months.get(day < today ? "late" : day.slice(0, 7));
    const key = `${rule} ${by}`;
    const before = parts?.get(key)?.persons ?? 0;
    parts?.set(key, { rule, by, persons: before + persons });
  }
  return [...months].map(([month, parts]) => {
    const list = [...parts.values()].sort((a, b) => b.persons - a.persons);
    return { month, persons: list.reduce((sum, each) => sum + each.persons, 0), parts: list };
  });
}
