/** What the commands of retention print: tables for people, one document for programs. Counts and opaque ids alone. */
import { sayDay } from "@preau/calendar";
import { type Language, PreauError } from "@preau/kernel";
import {
  type Hold,
  type PurgeView,
  purgesTextsOf,
  type RetentionView,
  type SurveyResult,
  sayDecision,
  sayDrop,
  sayRuleInForce,
  sayState,
} from "@preau/retention";
import { sayMoment, sayNumber } from "@preau/web";
import { alignedTable } from "./aligned-table.ts";
import { planText as plansText } from "./erase-report.ts";
import { retentionTexts } from "./retention-texts.ts";

export function surveyText(surveys: readonly SurveyResult[], language: Language): string {
  const words = retentionTexts[language];
  return alignedTable([
    [words.store, words.accounts, words.held, words.withoutRole, words.proposed],
    ...surveys.map(({ source, accounts, held, withoutRole, proposed }) => [
      source,
      ...[accounts, held, withoutRole].map((count) => sayNumber(count, language)),
      proposed.join(" ") || "–",
    ]),
  ]);
}

export function dueText(view: RetentionView, language: Language): string {
  const words = purgesTextsOf(language);
  const telling = { language, zone: view.place.zone };
  const rows = view.purges.map((purge) => [
    purge.id,
    purge.clause,
    sayRuleInForce(view.rules, purge.rule, language),
    sayNumber(purge.persons, language),
    sayMoment(purge.actsAt, telling),
    sayState(purge, words),
  ]);
  const months = view.months
    .filter(({ persons }) => persons > 0)
    .map(({ month, persons }) => [month === "late" ? words.late : month, sayNumber(persons, language)]);
  const parts = [
    rows.length === 0 ? `${retentionTexts[language].nothingDue}\n` : alignedTable(rows),
    ...(months.length === 0 ? [] : [`\n${words.chartTitle}\n`, alignedTable(months)]),
  ];
  return parts.join("");
}

export function dueJson(view: RetentionView): string {
  const { controller, now, surveys, purges, done, months, notices, stores } = view;
  return `${JSON.stringify({ controller, at: now, surveys, purges, done, months, notices, stores })}\n`;
}

export function planText(view: PurgeView, language: Language): string {
  const [words, own] = [purgesTextsOf(language), retentionTexts[language]];
  const { purge, persons = [], plans } = view;
  const rows = persons.map(({ subject, verdict, decision }) => [
    subject,
    verdict.goes ? own.goes : `${own.stays} (${sayDrop(verdict.why, words)})`,
    decision?.day === undefined ? "–" : sayDay(decision.day, language),
    decision === undefined ? "–" : sayDecision(decision, language, view.dayOf),
  ]);
  const head = `${purge.id} · ${purge.clause} · ${sayState(purge, words)} · ${own.persons} ${sayNumber(view.waiting, language)}\n`;
  const dryRun = plans === undefined || plans instanceof PreauError ? "" : `\n${plansText(plans, language)}`;
  return `${head}${alignedTable(rows)}${dryRun}`;
}

export function planJson(view: PurgeView): string {
  const { purge, waiting, persons, dropped, plans } = view;
  const said = persons?.map(({ subject, verdict, decision }) => ({
    subject,
    goes: verdict.goes,
    ...(verdict.goes ? {} : { why: verdict.why }),
    dueAt: decision?.dueAt,
    by: decision?.by,
    rule: decision?.rule?.id,
    anchoredAt: decision?.anchoredAt,
    lost: decision?.lost.map(({ why, rule, hold, dueAt }) => ({ why, rule, hold: hold?.id, dueAt })),
  }));
  const dryRun =
    plans === undefined || plans instanceof PreauError
      ? { refused: plans === undefined ? undefined : { code: plans.code, place: plans.place } }
      : {
          plan: plans.map(({ source, tables, kept, notCovered, blocked }) => ({
            ...{ source, tables, kept, notCovered },
            blocked: blocked.length,
          })),
        };
  return `${JSON.stringify({ purge, waiting, persons: said, dropped, ...dryRun })}\n`;
}

export function holdsText(holds: readonly Hold[], language: Language): string {
  const words = purgesTextsOf(language);
  if (holds.length === 0) return `${words.holdsEmpty}\n`;
  return alignedTable(
    holds.map((hold) => [
      hold.id,
      hold.subject ?? hold.category ?? words.coversController,
      hold.lawful ? words.holdLawfulShort : words.holdOptional,
      hold.liftedAt === undefined ? (hold.until ?? words.holdNoEnd) : words.holdLifted,
      hold.basis,
    ]),
  );
}
