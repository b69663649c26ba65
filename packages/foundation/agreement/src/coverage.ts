/**
 * Coverage: every figure of the text is bound to a rule of the same clause, and every rule's figure is said by its
 * clause, in each language. Unit and amount bind, and a figure may be said twice. What binds nobody is listed under
 * `exempt`; a figure that another clause sets may be repeated where the same sentence names that clause.
 */
import type { Language } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import { literalsOf } from "./agreement-literals.ts";
import { type Bound, bindClause, type RulesByClause } from "./bind-clause.ts";
import {
  exemptionWithoutEffect,
  figureDiffers,
  figureUnbound,
  figureUnsaid,
  textsDiffer,
  writtenTwice,
} from "./coverage-words.ts";
import { type Diagnostic, inOrder } from "./diagnostic.ts";
import { exemptions } from "./exemptions.ts";
import { type Figure, keyOf } from "./figure.ts";
import { type ReadSection, readSections } from "./figures.ts";
import { singular } from "./read-figures.ts";
import { type RuleFigure, ruleFigures } from "./rule-figures.ts";
import { textFileOf } from "./text-files.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Past this many, further figures without a rule are only counted. */
const MOST_DIAGNOSTICS = 500;

export interface Coverage {
  readonly diagnostics: readonly Diagnostic[];
  /** Figures of all texts that ask for a rule, and those that have one. */
  readonly figures: number;
  readonly bound: number;
  /** Figures that `exempt` lists. */
  readonly exempt: number;
  /** Figures of the rules, and those that every text says. */
  readonly rules: number;
  readonly said: number;
}

/** What is wrong between the texts and the rules. */
export function checkCoverage(
  agreement: Agreement,
  source: YamlSource,
  texts: Agreement["texts"] = agreement.texts,
): readonly Diagnostic[] {
  return coverageOf(agreement, source, texts).diagnostics;
}

/** The same, counted. */
export function coverageOf(
  agreement: Agreement,
  source: YamlSource,
  texts: Agreement["texts"] = agreement.texts,
): Coverage {
  const rules = ruleFigures(agreement);
  const ofClause: RulesByClause = grouped(rules, ({ clause }) => clause);
  const ofKey = grouped(rules, keyOf);
  const read = readTexts(agreement, texts);
  const exempting = exemptions(
    agreement,
    read.map(({ sections }) => sections),
  );
  const diagnostics: Diagnostic[] = [];
  const unsaid = new Map<RuleFigure, string[]>();
  const troubled = new Set<string | undefined>();
  const counted = { figures: 0, bound: 0, exempt: 0 };
  const inError = new Set<RuleFigure>();

  for (const { language, sections } of read) {
    const file = textFileOf(language);
    for (const [clause, figures] of byClause(sections, exempting.isExempt, rules)) {
      const bound = bindClause(clause, figures, ofClause);
      count(counted, bound);
      for (const figure of bound.doubled) diagnostics.push(writtenTwice(file, figure));
      for (const { figure, rules: differing } of bound.differing) {
        diagnostics.push(figureDiffers(file, figure, { rules: differing, source }));
        for (const rule of differing) inError.add(rule);
      }
      for (const figure of bound.unbound.slice(0, Math.max(0, MOST_DIAGNOSTICS - diagnostics.length))) {
        diagnostics.push(figureUnbound(file, figure, { clause, elsewhere: ofKey.get(keyOf(figure)) ?? [] }));
      }
      for (const rule of bound.unsaid) unsaid.set(rule, [...(unsaid.get(rule) ?? []), file]);
      if (bound.differing.length + bound.unbound.length + bound.unsaid.length > 0) troubled.add(clause);
    }
    counted.exempt += sections.flatMap(({ figures }) => figures.filter(exempting.isExempt)).length;
  }
  for (const [rule, files] of unsaid) {
    diagnostics.push(figureUnsaid(rule, { files, source, clauses: clausesThatSay(rule, read) }));
  }
  diagnostics.push(...apart(read, troubled));
  diagnostics.push(...exempting.unused().map((index) => exemptionWithoutEffect(agreement, source, index)));
  const required = rules.filter((rule) => rule.required);
  return {
    diagnostics: inOrder(diagnostics),
    ...counted,
    rules: required.length,
    said: required.filter((rule) => !unsaid.has(rule) && !inError.has(rule)).length,
  };
}

function grouped(
  rules: readonly RuleFigure[],
  by: (rule: RuleFigure) => string,
): ReadonlyMap<string | undefined, readonly RuleFigure[]> {
  const groups = new Map<string | undefined, RuleFigure[]>();
  for (const rule of rules) groups.set(by(rule), [...(groups.get(by(rule)) ?? []), rule]);
  return groups;
}

interface ReadText {
  readonly language: Language;
  readonly sections: readonly ReadSection[];
}

function readTexts(agreement: Agreement, texts: Agreement["texts"]): readonly ReadText[] {
  const nouns = new Set(agreement.counts.flatMap(({ fr, en }) => [fr, en].map(firstNoun)));
  const literals = literalsOf(agreement);
  return (["fr", "en"] as const).flatMap((language) => {
    const text = texts[language];
    return text === undefined
      ? []
      : [{ language, sections: readSections(text, language, { nouns, literals }) }];
  });
}

function firstNoun(label: string): string {
  return singular(/\p{L}+/u.exec(label.toLowerCase())?.[0] ?? "");
}

/** The figures by clause, and the clauses of rules that have none. */
function byClause(
  sections: readonly ReadSection[],
  isExempt: (figure: Figure) => boolean,
  rules: readonly RuleFigure[],
): ReadonlyMap<string | undefined, readonly Figure[]> {
  const found = new Map<string | undefined, Figure[]>();
  for (const { clause, figures } of sections) {
    const here = found.get(clause) ?? [];
    here.push(...figures.filter((figure) => !isExempt(figure)));
    found.set(clause, here);
  }
  for (const { clause } of rules) if (!found.has(clause)) found.set(clause, []);
  return found;
}

function count(counted: { figures: number; bound: number }, { strong, differing, unbound }: Bound): void {
  counted.figures += strong;
  counted.bound += strong - differing.length - unbound.length;
}

/** Clauses in which a text says the figure that a rule's own clause does not say. */
function clausesThatSay(rule: RuleFigure, read: readonly ReadText[]): readonly string[] {
  const all = read.flatMap(({ sections }) => sections.flatMap(({ figures }) => figures));
  const saying = all.filter((figure) => !figure.weak && keyOf(figure) === keyOf(rule));
  return [...new Set(saying.flatMap(({ clause }) => clause ?? []))].filter(
    (clause) => clause !== rule.clause,
  );
}

/** Clauses whose two texts say different figures although each of them is in order by itself. */
function apart(read: readonly ReadText[], troubled: ReadonlySet<string | undefined>): readonly Diagnostic[] {
  const [french, english] = read;
  if (french === undefined || english === undefined) return [];
  return french.sections.flatMap(({ clause, figures }) => {
    const other = english.sections.find((section) => section.clause === clause);
    if (clause === undefined || other === undefined || troubled.has(clause)) return [];
    const missing = (all: readonly Figure[], from: readonly Figure[]) => {
      const keys = new Set(from.map(keyOf));
      return all.filter((figure) => !figure.weak && !keys.has(keyOf(figure)));
    };
    const [onlyFrench, onlyEnglish] = [missing(figures, other.figures), missing(other.figures, figures)];
    if (onlyFrench.length + onlyEnglish.length === 0) return [];
    return [textsDiffer({ clause, heading: other.line, onlyFrench, onlyEnglish })];
  });
}
