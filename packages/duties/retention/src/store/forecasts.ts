/** The SQL of surveys: counts alone, and notices that were shown. */
import type { LocalDate } from "@preau/calendar";
import { insertRows, inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, isFault, type Unit } from "@preau/kernel";
import type { DecidedBy } from "../effective-rule.ts";

export interface Survey {
  readonly controller: ControllerId;
  readonly source: string;
  readonly surveyedAt: Instant;
  readonly accounts: number;
  /** Accounts whose role the store cannot tell: rules of one role leave them out. */
  readonly withoutRole: number;
  /** Accounts that no rule ends. */
  readonly withoutRule: number;
  readonly held: number;
}

export interface ForecastRow {
  readonly rule: string;
  readonly by: DecidedBy;
  readonly day: LocalDate;
  readonly persons: number;
}

interface SurveyRow {
  readonly controller: string;
  readonly source: string;
  readonly surveyed_at: string;
  readonly accounts: number;
  readonly without_role: number;
  readonly without_rule: number;
  readonly held: number;
}

/** Replaces what an earlier survey of that store said. */
export async function saveSurvey(unit: Unit, survey: Survey, rows: readonly ForecastRow[]): Promise<void> {
  const trx = inUnit(unit);
  const { controller, source } = survey;
  await trx("ret_survey").where({ controller, source }).delete();
  await trx("ret_survey").insert({
    controller,
    source,
    surveyed_at: survey.surveyedAt,
    accounts: survey.accounts,
    without_role: survey.withoutRole,
    without_rule: survey.withoutRule,
    held: survey.held,
  });
  await trx("ret_forecast").where({ controller, source }).delete();
  await insertRows(
    trx,
    "ret_forecast",
    rows.map(({ rule, by, day, persons }) => ({ controller, source, rule, decided_by: by, day, persons })),
  );
}

export async function readSurveys(unit: Unit, controller: ControllerId | "all"): Promise<readonly Survey[]> {
  const query = inUnit(unit)("ret_survey");
  if (controller !== "all") void query.where({ controller });
  const rows = await query.orderBy(["controller", "source"]).select<SurveyRow[]>();
  return rows.map((row) => ({
    controller: row.controller as ControllerId,
    source: row.source,
    surveyedAt: instant(row.surveyed_at),
    accounts: row.accounts,
    withoutRole: row.without_role,
    withoutRule: row.without_rule,
    held: row.held,
  }));
}

export interface StoredForecast extends ForecastRow {
  readonly source: string;
}

/** Counts up to that day, of every store of that controller, by day. */
export async function readForecast(
  unit: Unit,
  controller: ControllerId,
  until: LocalDate,
): Promise<readonly StoredForecast[]> {
  const rows = await inUnit(unit)("ret_forecast")
    .where({ controller })
    .where("day", "<=", until)
    .orderBy(["day", "source", "rule"])
    .select<{ source: string; rule: string; decided_by: string; day: string; persons: number }[]>(
      "source",
      "rule",
      "decided_by",
      "day",
      "persons",
    );
  return rows.map(({ decided_by, day, ...rest }) => ({
    ...rest,
    by: decided_by as DecidedBy,
    day: day as LocalDate,
  }));
}

export interface ShownNotice {
  readonly controller: ControllerId;
  readonly source: string;
  readonly rule: string;
  readonly day: LocalDate;
  /** How long before: `days(30)`. */
  readonly ahead: string;
  readonly persons: number;
  readonly shownAt: Instant;
}

/** False when that notice was shown before. */
export async function insertNotice(unit: Unit, notice: ShownNotice): Promise<boolean> {
  try {
    await inUnit(unit)("ret_notice").insert({
      controller: notice.controller,
      source: notice.source,
      rule: notice.rule,
      day: notice.day,
      ahead: notice.ahead,
      persons: notice.persons,
      shown_at: notice.shownAt,
    });
    return true;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
}

/** Notices of purges whose day is not before that one. */
export async function readNotices(
  unit: Unit,
  controller: ControllerId | "all",
  from: LocalDate,
): Promise<readonly ShownNotice[]> {
  const query = inUnit(unit)("ret_notice").where("day", ">=", from);
  if (controller !== "all") void query.where({ controller });
  const rows = await query.orderBy(["day", "source", "rule", "shown_at"]).limit(1_000).select<
    {
      controller: string;
      source: string;
      rule: string;
      day: string;
      ahead: string;
      persons: number;
      shown_at: string;
    }[]
  >();
  return rows.map(({ shown_at, controller: whose, day, ...rest }) => ({
    ...rest,
    controller: whose as ControllerId,
    day: day as LocalDate,
    shownAt: instant(shown_at),
  }));
}

/** False when that request was taken up before: whatever an application goes on listing is ordered once. */
export async function insertTakenRequest(
  unit: Unit,
  request: {
    readonly controller: ControllerId;
    readonly source: string;
    readonly request: string;
    readonly takenAt: Instant;
  },
): Promise<boolean> {
  try {
    await inUnit(unit)("ret_taken_request").insert({
      controller: request.controller,
      source: request.source,
      request: request.request,
      taken_at: request.takenAt,
    });
    return true;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
}
