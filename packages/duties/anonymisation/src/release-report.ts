/**
 * The report of a release, `preau.release-report/1`: what it is for, the three answers with their figures, what was lost and
 * what was left out. It goes beside the rows, so it names no controller: whoever has the rows is to learn no school by it.
 */
import type { Json, JsonObject, Language } from "@preau/kernel";
import type { ReleaseFigures } from "./ledger.ts";
import type { ReleasePlan } from "./release-plan.ts";
import { sayFigure, sayQuestion } from "./release-words.ts";
import { textsOf } from "./texts.ts";
import type { Answer } from "./three-questions.ts";

export interface Reported {
  readonly plan: ReleasePlan;
  readonly planHash: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly figures: ReleaseFigures;
}

export function reportOf({ plan, planHash, rowsIn, rowsOut, figures }: Reported): JsonObject {
  const { id, title, purpose, thresholds } = plan;
  return plainOf({
    ...{ schema: "preau.release-report/1", verdict: "anonymised", plan: id, planHash, title, purpose },
    ...{ recipient: "publisher", rowsIn, rowsOut, thresholds, ...figures },
  });
}

/** What JSON keeps of a value. */
export function plainOf(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as Json as JsonObject;
}

const STYLE =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}" +
  "table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ccc}" +
  "td.n{text-align:right;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600}code{word-break:break-all}";

/** One page without a script or a request, in French and then in English. */
export function htmlReportOf(reported: Reported): string {
  const title = escape(reported.plan.title.fr);
  return (
    `<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title}</title><style>${STYLE}</style></head><body><main>` +
    `${sectionOf("fr", reported)}<hr>${sectionOf("en", reported)}</main></body></html>\n`
  );
}

function sectionOf(language: Language, reported: Reported): string {
  const words = textsOf(language);
  const { plan, planHash, rowsIn, rowsOut, figures } = reported;
  const number = new Intl.NumberFormat(language === "fr" ? "fr-FR" : "en-GB", { maximumFractionDigits: 3 });
  const share = new Intl.NumberFormat(language === "fr" ? "fr-FR" : "en-GB", {
    ...{ style: "percent", maximumFractionDigits: 1 },
  });
  const facts = [
    [words.purpose, words[`purpose${capital(plan.purpose)}`]],
    [words.recipient, words.recipientPublisher],
    [words.rowsRead, number.format(rowsIn)],
    [words.rowsOut, number.format(rowsOut)],
    [words.rowsSuppressed, share.format(figures.loss?.suppressed ?? 0)],
    [words.plan, `${plan.id} ${planHash}`],
    ...(figures.leftOutColumns.length === 0
      ? []
      : [[words.leftOutColumns, figures.leftOutColumns.join(", ")]]),
  ] as const;
  const answers = figures.answers.map(
    (each) => `<h3>${escape(sayQuestion(language, each))}</h3>${figuresOf(language, each, number)}`,
  );
  const columns = (figures.loss?.columns ?? []).map(
    ({ column, level, levels, loss, valuesGone }) =>
      `<tr><th scope="row">${escape(column)}</th><td class="n">${level + 1}\u202f/\u202f${levels}</td>` +
      `<td class="n">${share.format(loss)}</td><td class="n">${number.format(valuesGone)}</td></tr>`,
  );
  return (
    `<section lang="${language}"><h1>${escape(plan.title[language])}</h1>` +
    `<table>${facts.map(([name, value]) => `<tr><th scope="row">${escape(name)}</th><td>${escape(value)}</td></tr>`).join("")}</table>` +
    `<h2>${escape(words.questionsTitle)}</h2><p>${escape(words.questionsLead)}</p>${answers.join("")}` +
    `<table><caption>${escape(words.lossTitle)}</caption><thead><tr><th scope="col">${escape(words.column)}</th>` +
    `<th scope="col">${escape(words.lossLevel)}</th><th scope="col">${escape(words.lossShare)}</th><th scope="col">${escape(words.valuesGone)}</th></tr></thead>` +
    `<tbody>${columns.join("")}</tbody></table></section>`
  );
}

function figuresOf(language: Language, { figures }: Answer, number: Intl.NumberFormat): string {
  const words = textsOf(language);
  const rows = figures.map((each) => {
    const { name, value, bound } = sayFigure(language, each, number);
    return `<tr><th scope="row">${escape(name)}</th><td class="n">${escape(value)}</td><td class="n">${escape(bound)}</td></tr>`;
  });
  return (
    `<table><thead><tr><th scope="col">${escape(words.figure)}</th><th scope="col">${escape(words.measured)}</th>` +
    `<th scope="col">${escape(words.bound)}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
  );
}

function capital<T extends string>(text: T): Capitalize<T> {
  return (text.slice(0, 1).toUpperCase() + text.slice(1)) as Capitalize<T>;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}
