/** The SQL of the list of cases. The controller is part of every query but those of the publisher's own people. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, type Unit } from "@preau/kernel";
import type { SupportCase } from "../support-case.ts";
import { CASE, type CaseRow, caseOf } from "./cases.ts";
import { WORDS } from "./words.ts";

export const caseViews = ["open", "unknown", "rights", "stuck", "answered", "closed"] as const;
export type CaseView = (typeof caseViews)[number];

export type CaseScope = ControllerId | "all";

export interface ListedCase {
  readonly line: SupportCase;
  /** Of the most urgent message on which a person should say whether it asks for a right. */
  readonly proposalDueAt?: Instant;
  /** Answers that wait in the hub for the person. */
  readonly waiting: number;
}

export interface CaseQuery {
  readonly view: CaseView;
  readonly limit: number;
  readonly offset: number;
}

type Row = CaseRow & { readonly due: string | null; readonly waiting: number | string | null };
type Conditions = Readonly<Record<string, string>>;

const OF_VIEW: Readonly<Record<Exclude<CaseView, "rights" | "unknown">, Conditions>> = {
  open: { state: "open" },
  stuck: { desk: "stuck" },
  answered: { state: "answered" },
  closed: { state: "closed" },
};

/** Those of whom nobody knows who writes first, then whoever has waited longest; of those that are over, the latest first. */
export async function listCases(
  unit: Unit,
  scope: CaseScope,
  { view, limit, offset }: CaseQuery,
): Promise<readonly ListedCase[]> {
  const knex = inUnit(unit);
  const proposals = knex(WORDS).where({ proposal: "open" });
  const answers = knex(WORDS).where({ state: "waits" });
  if (scope !== "all") for (const each of [proposals, answers]) void each.where({ controller: scope });
  const query = knex(CASE)
    .leftJoin(
      proposals.select("case_id").min({ due: "proposal_due_at" }).groupBy("case_id").as("p"),
      "p.case_id",
      `${CASE}.id`,
    )
    .leftJoin(
      answers.select("case_id").count({ waiting: "*" }).groupBy("case_id").as("a"),
      "a.case_id",
      `${CASE}.id`,
    );
  if (scope !== "all") void query.where(`${CASE}.controller`, scope);
  if (view === "rights") void query.whereNotNull("p.due");
  else if (view === "unknown") void query.where({ side: "unknown" }).whereNot({ state: "closed" });
  else void query.where(OF_VIEW[view]);
  const rows: readonly Row[] = await query
    .select<Row[]>(`${CASE}.*`, "p.due", "a.waiting")
    .orderByRaw(orderOf(view))
    .orderBy(`${CASE}.id`)
    .limit(limit)
    .offset(offset);
  return rows.map((row) => ({
    line: caseOf(row),
    ...(row.due === null ? {} : { proposalDueAt: instant(row.due) }),
    waiting: Number(row.waiting ?? 0),
  }));
}

function orderOf(view: CaseView): string {
  if (view === "closed" || view === "answered") return "last_at DESC";
  if (view === "rights") return "p.due";
  return "CASE WHEN side = 'unknown' THEN 0 ELSE 1 END, last_at";
}

/** How many of each view. */
export async function countCases(unit: Unit, scope: CaseScope): Promise<Readonly<Record<CaseView, number>>> {
  const knex = inUnit(unit);
  const cases = knex(CASE);
  const proposals = knex(WORDS).where({ proposal: "open" });
  if (scope !== "all") for (const each of [cases, proposals]) void each.where({ controller: scope });
  const groups: readonly { state: string; side: string; desk: string; cases: number | string }[] = await cases
    .select("state", "side", "desk")
    .count({ cases: "*" })
    .groupBy("state", "side", "desk");
  const asking = await proposals.countDistinct<{ cases: number | string }[]>({ cases: "case_id" });
  const sum = (fits: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(fits).reduce((all, { cases: many }) => all + Number(many), 0);
  return {
    open: sum(({ state }) => state === "open"),
    unknown: sum(({ state, side }) => side === "unknown" && state !== "closed"),
    rights: Number(asking[0]?.cases ?? 0),
    stuck: sum(({ desk }) => desk === "stuck"),
    answered: sum(({ state }) => state === "answered"),
    closed: sum(({ state }) => state === "closed"),
  };
}
