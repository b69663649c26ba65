/** The figures of one clause in one language, held against the rules. */
import { type Amount, type Figure, keyOf, kindOf } from "./figure.ts";
import type { RuleFigure } from "./rule-figures.ts";

export interface Bound {
  /** How many figures ask for a rule. */
  readonly strong: number;
  /** Figures that no rule has, each with the rules that it was meant to be: the one of its unit that the clause does not say. */
  readonly differing: readonly { readonly figure: Figure; readonly rules: readonly RuleFigure[] }[];
  readonly unbound: readonly Figure[];
  readonly unsaid: readonly RuleFigure[];
  /** Figures whose words and digits are apart. */
  readonly doubled: readonly Figure[];
}

export type RulesByClause = ReadonlyMap<string | undefined, readonly RuleFigure[]>;

/** More figures without a rule than this in one clause are not paired any more: each is unbound. */
const MOST_PAIRED = 200;

export function bindClause(
  clause: string | undefined,
  figures: readonly Figure[],
  rules: RulesByClause,
): Bound {
  const own = rules.get(clause) ?? [];
  const strong = figures.filter(({ weak }) => !weak);
  const keys = new Set(own.map(keyOf));
  const left = strong.filter(
    (figure) => !readings(figure).some((reading) => keys.has(keyOf(reading))) && !restates(figure, rules),
  );
  const waiting = unsaidRules(own, figures, left);
  const counts = new Map<string, number>();
  for (const figure of strong) counts.set(keyOf(figure), (counts.get(keyOf(figure)) ?? 0) + 1);

  const differing: { figure: Figure; rules: readonly RuleFigure[] }[] = [];
  const unbound: Figure[] = left.slice(MOST_PAIRED);
  for (const figure of left.slice(0, MOST_PAIRED)) {
    const restated = figure.names.flatMap((name) => (name === clause ? [] : (rules.get(name) ?? [])));
    const meant =
      waitingFor(figure, waiting) ?? shortOf(figure, own, counts) ?? onlyOne(figure, own, restated);
    if (meant === undefined) unbound.push(figure);
    else differing.push({ figure, rules: meant });
    for (const rule of meant ?? []) if (waiting.includes(rule)) waiting.splice(waiting.indexOf(rule), 1);
  }
  return {
    strong: strong.length,
    differing,
    unbound,
    unsaid: waiting,
    doubled: strong.filter(({ beside }) => beside !== undefined),
  };
}

function readings(figure: Figure): readonly Amount[] {
  return figure.or === undefined ? [figure] : [figure, figure.or];
}

/** Whether a clause that the sentence names has this very figure. */
function restates(figure: Figure, rules: RulesByClause): boolean {
  const key = keyOf(figure);
  return figure.names.some((name) => rules.get(name)?.some((rule) => keyOf(rule) === key));
}

/**
 * The rules that a clause does not say. How often is said by `every week`, how long by a plain figure; one stands for the
 * other only while no figure of its unit is left that the rule could have been meant by.
 */
function unsaidRules(
  own: readonly RuleFigure[],
  figures: readonly Figure[],
  left: readonly Figure[],
): RuleFigure[] {
  const [often, long, any] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const figure of figures) {
    (figure.frequency ? often : long).add(keyOf(figure));
    if (figure.or !== undefined) often.add(keyOf(figure.or));
    if (!figure.weak) any.add(keyOf(figure));
  }
  const leftUnits = new Set(left.map(unitOf));
  return own.filter((rule) => {
    const key = keyOf(rule);
    if (!rule.required || (rule.frequency ? often : long).has(key)) return false;
    return rule.frequency || leftUnits.has(unitOf(rule)) || !any.has(key);
  });
}

/** A rule that the clause does not say: of the same unit first, then one that measures the same kind of thing. */
function waitingFor(figure: Figure, waiting: readonly RuleFigure[]): readonly RuleFigure[] | undefined {
  const same = waiting.find((rule) => unitOf(rule) === unitOf(figure) && rule.frequency === figure.frequency);
  const near = same ?? waiting.find((rule) => unitOf(rule) === unitOf(figure));
  const found = near ?? waiting.find((rule) => kindOf(rule) === kindOf(figure));
  return found === undefined ? undefined : [found];
}

/** Two rules of the same amount, and one figure left that says it: either was meant. */
function shortOf(
  figure: Figure,
  own: readonly RuleFigure[],
  counts: ReadonlyMap<string, number>,
): readonly RuleFigure[] | undefined {
  const withKey = (key: string) => own.filter((rule) => keyOf(rule) === key && !rule.frequency);
  const short = own.find((rule) => {
    const said = counts.get(keyOf(rule)) ?? 0;
    return unitOf(rule) === unitOf(figure) && said > 0 && withKey(keyOf(rule)).length > said;
  });
  return short === undefined ? undefined : withKey(keyOf(short));
}

/** The only rule of that unit, here or in the clause that the sentence names: said before, and now otherwise. */
function onlyOne(
  figure: Figure,
  own: readonly RuleFigure[],
  restated: readonly RuleFigure[],
): readonly RuleFigure[] | undefined {
  for (const rules of [own, restated]) {
    const found = rules.filter((rule) => unitOf(rule) === unitOf(figure) && !rule.frequency);
    if (found.length === 1) return found;
  }
  return undefined;
}

/** Months and years measure alike. */
function unitOf({ unit }: Amount): string {
  return unit === "years" ? "months" : unit;
}
