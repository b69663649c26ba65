/** A contract's end as a terminal shows it: steps, counts, reasons. Nothing about whom. */
import type { Language } from "@preau/kernel";
import {
  type Advanced,
  type Certificate,
  type ContractEnd,
  contractEndTextsOf,
  type EndPlan,
} from "@preau/retention";
import { sayNumber } from "@preau/web";
import { alignedTable } from "./aligned-table.ts";
import { contractEndHelp } from "./contract-end-help.ts";
import { tableText } from "./erase-report.ts";

export function planText(plan: EndPlan, end: ContractEnd | undefined, language: Language): string {
  const [words, help] = [contractEndTextsOf(language), contractEndHelp[language]];
  const number = (value: number) => sayNumber(value, language);
  const stops = [plan.stop, end?.stopped].filter(
    (each, at, all) => each !== undefined && all.indexOf(each) === at,
  );
  const doors = plan.doors.map(({ source, mechanism, doors: stand }) => [
    source,
    mechanism?.[language] ?? words.noMechanism,
    stand === undefined ? "–" : stand === "open" ? words.open : words.closed,
  ]);
  const tables = plan.stores.flatMap(({ store, tables: own }) =>
    own.map((count) => ({ ...count, table: `${store} · ${count.table}` })),
  );
  return [
    `${words.plan} · ${words.planLead}\n`,
    ...stops.map((stop) => `${words.planStops}: ${stop === undefined ? "" : words.stops[stop]}\n`),
    doors.length === 0 ? "" : alignedTable(doors),
    alignedTable([
      [help.persons, number(plan.persons)],
      [help.held, number(plan.held)],
      [help.blocked, number(plan.blocked)],
    ]),
    `\n${words.planErases}\n${tableText(tables, language)}`,
    plan.notCovered.length === 0
      ? ""
      : `\n${words.notCovered}\n${plan.notCovered.map(({ what, why }) => `  ${what}: ${why}\n`).join("")}`,
  ].join("");
}

export function advancedText(
  { end, outcome, until }: Advanced,
  certificate: Certificate | undefined,
  written: readonly string[],
  language: Language,
): string {
  const [words, help] = [contractEndTextsOf(language), contractEndHelp[language]];
  const number = (value: number) => sayNumber(value, language);
  const { handBack } = end.facts;
  const lines = [
    `${end.id} · ${words.states[end.state]} · ${help[outcome]}${until === undefined ? "" : ` ${help.until} ${until}`}\n`,
  ];
  if (end.stopped !== undefined) lines.push(`${words.stops[end.stopped]}\n`);
  const rows: string[][] = [];
  if (handBack !== undefined)
    rows.push([words.handBack, `${number(handBack.rows)} ${words.rows.toLowerCase()}`, handBack.manifest]);
  if (certificate !== undefined) {
    const { verdict, erasure, lastCopy } = certificate;
    rows.push([words.certificate, verdict, words.verdicts[verdict]]);
    rows.push([words.persons, number(erasure.persons), `${words.left}: ${number(erasure.left)}`]);
    if (lastCopy !== null) rows.push([words.lastCopy, lastCopy.date, words.lastCopyBasis[lastCopy.basis]]);
  }
  if (rows.length > 0) lines.push(alignedTable(rows));
  return [...lines, ...written.map((file) => `${file}\n`)].join("");
}
