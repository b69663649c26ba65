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

  const meant = new Map<Figure, readonly RuleFigure[]>();
  /** A figure said twice was meant by one rule both times. */
  const paired = new Map<string, readonly RuleFigure[]>();
  const pair = (choose: (figure: Figure) => readonly RuleFigure[] | undefined) => {
    for (const figure of left.slice(0, MOST_PAIRED)) {
      const chosen = meant.has(figure) ? undefined : (paired.get(keyOf(figure)) ?? choose(figure));
      if (chosen === undefined) continue;
      meant.set(figure, chosen);
      paired.set(keyOf(figure), chosen);
      for (const rule of chosen) if (waiting.includes(rule)) waiting.splice(waiting.indexOf(rule), 1);
    }
  };
  pair((figure) => ofSameUnit(figure, waiting) ?? shortOf(figure, own, counts));
  pair((figure) => onlyOne(figure, restatedBy(figure, clause, rules)));
  pair((figure) => ofSameKind(figure, waiting));
  return {
    strong: strong.length,
    differing: [...meant].map(([figure, chosen]) => ({ figure, rules: chosen })),
    unbound: left.filter((figure) => !meant.has(figure)),
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
    if (rule.orOften === true && often.has(key)) return false;
    return rule.frequency || leftUnits.has(unitOf(rule)) || !any.has(key);
  });
}

/** A rule of the same unit that the clause does not say. */
function ofSameUnit(figure: Figure, waiting: readonly RuleFigure[]): readonly RuleFigure[] | undefined {
  const same = waiting.filter((rule) => unitOf(rule) === unitOf(figure));
  const found = same.find(({ frequency }) => frequency === figure.frequency) ?? same[0];
  return found === undefined ? undefined : [found];
}

/** A rule that the clause does not say, and that measures the same kind of thing: hours and days. */
function ofSameKind(figure: Figure, waiting: readonly RuleFigure[]): readonly RuleFigure[] | undefined {
  const found = waiting.find((rule) => kindOf(rule) === kindOf(figure));
  return found === undefined ? undefined : [found];
}

/** Rules of the other clauses that the figure's sentence names. */
function restatedBy(figure: Figure, clause: string | undefined, rules: RulesByClause) {
  return figure.names.flatMap((name) => (name === clause ? [] : (rules.get(name) ?? [])));
}

/** A figure that the clause should say more often than it does: two rules have it, or two ways to keep data. */
function shortOf(
  figure: Figure,
  own: readonly RuleFigure[],
  counts: ReadonlyMap<string, number>,
): readonly RuleFigure[] | undefined {
  const withKey = (key: string) => own.filter((rule) => keyOf(rule) === key && !rule.frequency);
  const short = own.find((rule) => {
    const said = counts.get(keyOf(rule)) ?? 0;
    const wanted = withKey(keyOf(rule)).reduce((sum, { times }) => sum + times, 0);
    return unitOf(rule) === unitOf(figure) && said > 0 && wanted > said;
  });
  return short === undefined ? undefined : withKey(keyOf(short));
}

/** The only rule of that unit in the clause that the sentence names: repeated, and now otherwise. */
function onlyOne(figure: Figure, restated: readonly RuleFigure[]): readonly RuleFigure[] | undefined {
  const found = restated.filter((rule) => unitOf(rule) === unitOf(figure) && !rule.frequency);
  return found.length === 1 ? found : undefined;
}

/** Months and years measure alike. */
function unitOf({ unit }: Amount): string {
  return unit === "years" ? "months" : unit;
}
