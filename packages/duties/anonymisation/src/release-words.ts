/** Questions and figures as a data protection officer reads them. */
import type { Language } from "@preau/kernel";
import { textsOf } from "./texts.ts";
import type { Answer, Figure } from "./three-questions.ts";

/** The question with its answer: `Can a person be singled out? No.` */
export function sayQuestion(language: Language, { question, holds }: Answer): string {
  const words = textsOf(language);
  return `${words[question]} ${holds ? words.held : words.failed}`;
}

export interface SaidFigure {
  readonly name: string;
  readonly value: string;
  /** What it had to be; a dash for what is told and not judged. */
  readonly bound: string;
}

export function sayFigure(language: Language, figure: Figure, number: Intl.NumberFormat): SaidFigure {
  const words = textsOf(language);
  const { name, column, value, atLeast, atMost } = figure;
  const said = words[`figure_${name}`];
  return {
    name: column === undefined ? said : `${said} (${column})`,
    value: value === null ? words.noFigure : number.format(value),
    bound:
      atLeast !== undefined
        ? `≥ ${number.format(atLeast)}`
        : atMost !== undefined
          ? `≤ ${number.format(atMost)}`
          : words.noFigure,
  };
}
