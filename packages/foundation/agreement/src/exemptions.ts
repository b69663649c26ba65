/** Figures that the agreement lists under `exempt`: they bind nobody, and it says why. */
import type { Agreement } from "./agreement.ts";
import type { Figure } from "./figure.ts";
import type { ReadSection } from "./figures.ts";
import type { Stretch, VisibleText } from "./visible-text.ts";
import { visibleText } from "./visible-text.ts";

export interface Exemptions {
  readonly isExempt: (figure: Figure) => boolean;
  /** Indexes of the entries that no figure is in. */
  unused(): readonly number[];
}

/** An entry exempts the figures that stand inside its words, wherever its clause has them; `texts` is every language. */
export function exemptions({ exempt }: Agreement, texts: readonly (readonly ReadSection[])[]): Exemptions {
  const exempted = new Set<Figure>();
  const used = new Set<number>();
  for (const section of texts.flat()) {
    if (section.figures.length === 0) continue;
    for (const [index, { clause, says }] of exempt.entries()) {
      if (clause !== section.clause) continue;
      const found = occurrences(section.visible, says);
      let next = 0; // both are in the order of the text
      for (const figure of section.figures) {
        while ((found[next]?.to ?? Number.POSITIVE_INFINITY) <= figure.span.from) next += 1;
        if ((found[next]?.from ?? Number.POSITIVE_INFINITY) >= figure.span.to) continue;
        exempted.add(figure);
        used.add(index);
      }
    }
  }
  return {
    isExempt: (figure) => exempted.has(figure),
    unused: () => [...exempt.keys()].filter((index) => !used.has(index)),
  };
}

/** Where the words stand, whole: `8 heures` is not in `48 heures`. */
function occurrences({ lower }: VisibleText, says: string): readonly Stretch[] {
  const wanted = visibleText([{ line: 1, text: says }])
    .lower.trim()
    .replace(/ +/g, " ");
  if (wanted === "") return [];
  const escaped = wanted.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&").replaceAll(" ", " +");
  const pattern = new RegExp(`(?<![\\p{L}\\d])${escaped}(?![\\p{L}\\d])`, "gu");
  return [...lower.matchAll(pattern)].map(({ index, 0: text }) => ({ from: index, to: index + text.length }));
}
