/** How long data is kept: the agreement's rules, and a controller's own periods within their ceilings. @figure D5, DD.8 */
import { type RetentionRule, retentionRules } from "@preau/agreement";
import { sayDuration } from "@preau/calendar";
import { rulesToSet } from "@preau/contracts";
import { cell, clause, note, period, soft, strong, table, unknown } from "./compose.ts";
import type { Block, Cell } from "./document.ts";
import { type ControllerSource, concernedContracts, type Section, type Source } from "./source.ts";
import { documentTexts } from "./texts.ts";

/** The rules, or those of some stores alone. */
export function retentionSection(source: Source, only?: RetentionRule["store"]): Section {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const rules = retentionRules(agreement).filter(({ store }) => only === undefined || store === only);
  const rows = rules.map((rule) => [
    keptBy(rule, source),
    cell(period(rule.after), ...(rule.ceiling ? [" ", soft(`(${texts.ceiling})`)] : [])),
    cell(rule.anchor === undefined ? unknown(texts.noAnchor) : texts.anchors[rule.anchor]),
    thenOf(rule, source),
    cell(clause(rule.clause)),
  ]);
  const titles = [texts.kept, texts.atMost, texts.countedFrom, texts.then, texts.clause] as const;
  return {
    blocks: [
      table(
        only === undefined ? texts.retention : texts.stores[only],
        titles,
        rows,
        only === undefined ? texts.noRetention : texts.noLogs,
      ),
      ...(only === undefined ? framing(source) : []),
    ],
    gaps: [],
  };
}

/** How big purges are announced, and when a school year ends, under their clauses. */
function framing({ agreement: { notices, schoolYear }, language }: Source): readonly Block[] {
  const texts = documentTexts[language];
  const ahead = (notices?.before ?? []).map((each) => sayDuration(each, language));
  return [
    ...(notices === undefined || ahead.length === 0
      ? []
      : [
          note(
            texts.purgesAnnounced(new Intl.ListFormat(language).format(ahead), notices.big),
            notices.clause,
          ),
        ]),
    ...(schoolYear === undefined
      ? []
      : [note(texts.schoolYearEnds(sayYearDay(schoolYear.endsOn, language)), schoolYear.clause)]),
  ];
}

/** « 31 août », “31 August”. */
function sayYearDay(yearDay: string, language: Source["language"]): string {
  const options = { day: "numeric", month: "long", timeZone: "UTC" } as const;
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  return new Intl.DateTimeFormat(locale, options).format(Date.parse(`2001-${yearDay}T00:00:00.000Z`));
}

function thenOf({ then, approval, condition }: RetentionRule, { language }: Source): Cell {
  const texts = documentTexts[language];
  const waits = [
    ...(approval === undefined ? [] : [texts.withApproval]),
    ...(condition === undefined ? [] : [texts.restoreTested]),
  ];
  return [[texts.thens[then]], ...waits.map((each) => [soft(each)])];
}

/** Ceilings of the agreement beside what each open contract has chosen. */
export function ownPeriodsBlocks(source: ControllerSource): readonly Block[] {
  const { agreement, language, file } = source;
  const texts = documentTexts[language];
  const rules = rulesToSet(agreement);
  const rows = concernedContracts(source).flatMap(({ id, reference }) =>
    rules.map((rule) => {
      const own = file.periods.find((each) => each.contract === id && each.rule === rule.id);
      return [
        cell(strong(reference)),
        keptBy(rule, source),
        cell(rule.anchor === undefined ? unknown(texts.noAnchor) : texts.anchors[rule.anchor]),
        cell(period(rule.after)),
        cell(own === undefined ? soft(texts.likeAgreement) : period(own.duration)),
        cell(clause(rule.clause)),
      ];
    }),
  );
  const titles = [
    texts.contract,
    texts.kept,
    texts.countedFrom,
    texts.ceilingOf,
    texts.ownPeriod,
    texts.clause,
  ] as const;
  return [
    table(texts.ownPeriods, titles, rows, rules.length === 0 ? texts.noOwnPeriods : texts.noBases),
    note(texts.ownPeriodsSay, agreement.controllerPeriods?.clause ?? agreement.frame.contract),
  ];
}

function keptBy(rule: RetentionRule, { agreement, language }: Source): Cell {
  const texts = documentTexts[language];
  const { store, generation, kinds, products, origins, roles, categories } = rule;
  const said = texts.stores[store];
  const named = (ids: readonly string[] | undefined, terms: readonly Term[]) =>
    (ids ?? []).map((id) => terms.find((term) => term.id === id)?.[language] ?? id);
  // Whom, or what, it is about alone; nothing when it is about everything.
  const narrowed = [
    (kinds ?? []).map((kind) => texts.evidenceKinds[kind]),
    named(products, agreement.products),
    (origins ?? []).map((origin) => texts.origins[origin]),
    named(roles, agreement.roles),
    named(categories, agreement.categories),
  ].filter((words) => words.length > 0);
  return [
    [generation === undefined ? said : `${said} (${texts.generations[generation]})`],
    ...narrowed.map((words) => [soft(words.join(", "))]),
  ];
}

type Term = { readonly id: string; readonly fr: string; readonly en: string };
