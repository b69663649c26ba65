/** How long data is kept: the agreement's rules, and a controller's own periods within their ceilings. @figure D5, DD.8 */
import { type RetentionRule, retentionRules } from "@preau/agreement";
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
    cell(texts.thens[rule.then]),
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
    ],
    gaps: [],
  };
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

function keptBy({ store, generation }: RetentionRule, { language }: Source): Cell {
  const texts = documentTexts[language];
  const said = texts.stores[store];
  return cell(generation === undefined ? said : `${said} (${texts.generations[generation]})`);
}
