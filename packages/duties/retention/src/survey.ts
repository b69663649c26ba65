/**
 * A survey reads the accounts of one store page by page, decides for each, and keeps counts by rule and day alone. What
 * is due becomes proposals as it is met: no more is held than one batch a rule and day. @clause D12.4
 */
import type { AccountFacts, ControllerId, RegisteredSource } from "@preau/kernel";
import type { Decision } from "./effective-rule.ts";
import { fault } from "./errors.ts";
import type { RetentionOptions } from "./options.ts";
import {
  type DueAccount,
  dueAccount,
  makeProposer,
  type Where,
  withdrawPremature,
} from "./propose-purges.ts";
import type { PurgeId } from "./purge.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { type RetentionStanding, readStanding } from "./retention-standing.ts";
import { showNotices } from "./show-notices.ts";
import { type ForecastRow, type Survey, saveSurvey } from "./store/forecasts.ts";

export interface SurveyResult extends Survey {
  readonly forecast: readonly ForecastRow[];
  readonly proposed: readonly PurgeId[];
  /** So many were due that some are left for the next survey. */
  readonly more: boolean;
}

const PAGE = 1_000;

/**
 * Surveys one store of one controller and proposes what is due; with `propose: false` it only counts.
 * @throws RETENTION_NO_ACCOUNTS for a store without accounts of its own, and the store's own errors
 * @clause D12.4
 */
export async function surveyStore(
  ports: RetentionPorts,
  options: RetentionOptions,
  where: Where,
  { propose = true, signal }: { readonly propose?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<SurveyResult> {
  const { controller, source } = where;
  const registered = ports.sources.get(source);
  const standing = await ports.unitOfWork.transaction((unit) =>
    readStanding(unit, ports, { controller, source: registered?.source }),
  );
  if (propose) await withdrawPremature(ports, where);
  const count = counting(standing, options);
  const proposer = makeProposer(ports, options, where, standing);
  for await (const facts of accountsOf(registered, where, signal)) {
    const due = count.add(facts);
    if (propose && due !== undefined) await proposer.add(due);
  }
  const { survey, forecast } = count.result();
  const counted = { ...where, surveyedAt: standing.now, ...survey };
  await ports.unitOfWork.transaction((unit) => saveSurvey(unit, counted, forecast));
  if (!propose) return { ...counted, forecast, proposed: [], more: false };
  const rest = await proposer.finish();
  await showNotices(ports, where, { forecast, standing });
  return { ...counted, forecast, ...rest };
}

/** @throws RETENTION_NO_ACCOUNTS */
export async function* accountsOf(
  registered: RegisteredSource | undefined,
  { controller, source }: Where,
  signal?: AbortSignal,
): AsyncIterable<AccountFacts> {
  const lifecycle = registered?.lifecycle;
  if (lifecycle === undefined) throw fault("RETENTION_NO_ACCOUNTS", { place: source, clause: "D12.4" });
  for (let after: string | undefined; ; ) {
    signal?.throwIfAborted();
    const page = await lifecycle.accounts(controller, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    yield* page.accounts;
    if (page.next === undefined) return;
    after = page.next;
  }
}

function counting(standing: RetentionStanding, options: RetentionOptions) {
  let [accounts, withoutRole, withoutRule, held] = [0, 0, 0, 0];
  const counts = new Map<string, ForecastRow>();

  const note = ({ rule, by, day }: Decision): void => {
    if (rule === undefined || by === undefined || day === undefined) return;
    const key = `${rule.id} ${by} ${day}`;
    const before = counts.get(key)?.persons ?? 0;
    counts.set(key, { rule: rule.id, by, day, persons: before + 1 });
  };
  return {
    /** The account when it is due. */
    add: (facts: AccountFacts): DueAccount | undefined => {
      const decision = standing.decide(facts, standing.holdsOn(facts.identifier));
      accounts += 1;
      if (facts.role === undefined) withoutRole += 1;
      if (decision.rule === undefined) withoutRule += 1;
      if (decision.hold !== undefined) held += 1;
      note(decision);
      return dueAccount(facts.identifier, decision, standing.now, options);
    },
    result: () => ({
      survey: { accounts, withoutRole, withoutRule, held },
      forecast: [...counts.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    }),
  };
}

/** The stores with accounts of their own that hold data of that controller. */
export function surveyedStores(
  ports: Pick<RetentionPorts, "sources">,
  controller: ControllerId,
): readonly Where[] {
  return [...ports.sources].flatMap(([source, { source: described, lifecycle }]) => {
    const only = described.describe().controller;
    return lifecycle === undefined || (only !== undefined && only !== controller)
      ? []
      : [{ controller, source }];
  });
}
