/** The SQL of the desk's page: how many requests stand where, and one page of them, the most urgent first. */
import { inUnit } from "@preau/database";
import {
  type ControllerId,
  type Instant,
  instant,
  type RequesterRole,
  type RequestId,
  type RequestMatter,
  type Unit,
} from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import type { Request, RequestState } from "../request.ts";
import type { RequestScope } from "./requests.ts";

/** In whose hands a request is. */
export const deskViews = ["toForward", "withController", "closed"] as const;
export type DeskView = (typeof deskViews)[number];

export const statesOfView: Readonly<Record<DeskView, readonly RequestState[]>> = {
  toForward: ["open"],
  withController: ["forwarded", "received", "inProgress"],
  closed: ["closed"],
};

/** What a list shows of one. */
export type DeskRow = Pick<
  Request,
  | "id"
  | "controller"
  | "matter"
  | "state"
  | "role"
  | "receivedAt"
  | "forwardDueAt"
  | "answerDueAt"
  | "bounces"
  | "textHeld"
  | "level"
  | "closedAt"
>;

export interface DeskQuery {
  readonly view: DeskView;
  readonly matter?: RequestMatter | undefined;
  readonly limit: number;
  readonly offset: number;
}

const COLUMNS = [
  ...["id", "controller", "matter", "state", "role", "received_at", "forward_due_at", "answer_due_at"],
  ...["bounces", "text_held", "level", "closed_at"],
];

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly matter: string;
  readonly state: string;
  readonly role: string;
  readonly received_at: string;
  readonly forward_due_at: string;
  readonly answer_due_at: string | null;
  readonly bounces: number;
  readonly text_held: number | boolean;
  readonly level: number;
  readonly closed_at: string | null;
}

/** Those to forward by the end of their hours, those with the controller by the end of its time, closed ones newest first. */
export async function deskPage(
  unit: Unit,
  scope: RequestScope,
  { view, matter, limit, offset }: DeskQuery,
): Promise<readonly DeskRow[]> {
  const query = inUnit(unit)("dsr_request").whereIn("state", [...statesOfView[view]]);
  if (scope !== "all") void query.where({ controller: scope });
  if (matter !== undefined) void query.where({ matter });
  if (view === "toForward") void query.orderBy("forward_due_at").orderBy("id");
  else if (view === "withController") void query.orderBy("answer_due_at").orderBy("id");
  else void query.orderBy("id", "desc");
  const rows = await query.limit(limit).offset(offset).select<Row[]>(COLUMNS);
  return rows.map((row) => ({
    id: row.id as RequestId,
    controller: row.controller as ControllerId,
    matter: row.matter as RequestMatter,
    state: row.state as RequestState,
    role: row.role as RequesterRole,
    receivedAt: instant(row.received_at),
    forwardDueAt: instant(row.forward_due_at),
    bounces: row.bounces,
    textHeld: Number(row.text_held) === 1,
    level: row.level,
    ...(row.answer_due_at === null ? {} : { answerDueAt: instant(row.answer_due_at) }),
    ...(row.closed_at === null ? {} : { closedAt: instant(row.closed_at) }),
  }));
}

export interface DeskCounts {
  readonly states: Readonly<Record<RequestState, number>>;
  /** Open ones whose hours are over. */
  readonly overdue: number;
  /** Messages that wait for a person; of the publisher's own alone. */
  readonly inquiries: number;
}

export async function deskCounts(unit: Unit, scope: RequestScope, now: Instant): Promise<DeskCounts> {
  const own = () => {
    const query = inUnit(unit)("dsr_request");
    return scope === "all" ? query : query.where({ controller: scope });
  };
  const groups = await own()
    .groupBy("state")
    .select("state")
    .count<{ state: RequestState; many: number | string }[]>({ many: "*" });
  const states = { open: 0, forwarded: 0, received: 0, inProgress: 0, closed: 0 };
  for (const { state, many } of groups) states[state] = Number(many);
  const late = await own().where({ state: "open" }).where("forward_due_at", "<", now).count({ many: "*" });
  const waiting =
    scope === "all"
      ? await inUnit(unit)("dsr_inquiry")
          .where({ controller: PUBLISHER })
          .whereIn("state", ["new", "unknownController"])
          .count({ many: "*" })
      : [];
  return { states, overdue: numberOf(late), inquiries: numberOf(waiting) };
}

function numberOf(rows: readonly { readonly many?: number | string }[]): number {
  return Number(rows[0]?.many ?? 0);
}
