/** The rules of `agreement.yaml` that cite one clause. */
import { type Agreement, type RetentionRule, retentionRules } from "@preau/agreement";

export interface ClauseRules {
  readonly periods: Agreement["periods"];
  /** Periods that each contract sets. */
  readonly choices: Agreement["choices"];
  readonly retention: readonly RetentionRule[];
  readonly counts: Agreement["counts"];
  /** Annex B: the rows of the clause, or those of the product whose purposes it gives. */
  readonly dataRows: Agreement["annexB"];
  readonly product: Agreement["products"][number] | undefined;
  readonly recipients: Agreement["recipients"];
  readonly subprocessors: Agreement["annexC"];
  readonly measures: Agreement["measures"];
}

export function rulesOf(agreement: Agreement, clause: string): ClauseRules {
  const cites = (rule: { readonly clause: string }) => rule.clause === clause;
  const product = agreement.products.find(cites);
  return {
    periods: agreement.periods.filter(cites),
    choices: agreement.choices.filter(cites),
    retention: retentionRules(agreement).filter(cites),
    counts: agreement.counts.filter(cites),
    dataRows: agreement.annexB.filter((row) => cites(row) || row.product === product?.id),
    product,
    recipients: agreement.recipients.filter(cites),
    subprocessors: agreement.annexC.filter(cites),
    measures: agreement.measures.filter(cites),
  };
}

type Period = Agreement["periods"][number];
export type Start = NonNullable<Period["from"]>;

/**
 * The events from which a period runs: its own, the anchors of the retention rules that use it, and those of the periods
 * that it stands in for at one recipient.
 */
export function startsOf(agreement: Agreement, period: Period): readonly Start[] {
  const instead = agreement.periods.filter(({ exceptions }) =>
    exceptions?.some((exception) => exception.period === period.id),
  );
  const starts = [period, ...instead].flatMap(({ id, from }) => [
    ...(from === undefined ? [] : [from]),
    ...agreement.retention.filter((rule) => rule.period === id).flatMap((rule) => rule.anchor ?? []),
  ]);
  return [...new Set<Start>(starts)];
}
