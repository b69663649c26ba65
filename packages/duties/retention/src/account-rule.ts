/** The rules of an agreement that end accounts, as this package reads them: what is left out of a rule limits nothing. */
import { type Agreement, type RetentionRule, retentionRules, schoolYearEndOf } from "@preau/agreement";

export interface AccountRule extends Omit<RetentionRule, "approval"> {
  readonly anchor: NonNullable<RetentionRule["anchor"]>;
  /** The controller has to agree. */
  readonly approval?: boolean;
}

/** Rules about live data whose end is an erasure and whose event is named: one without an event never fires. */
export function accountRules(agreement: Agreement): readonly AccountRule[] {
  return retentionRules(agreement).flatMap(({ approval, ...rule }) =>
    rule.store === "live" && rule.then === "erase" && rule.anchor !== undefined
      ? [{ ...rule, anchor: rule.anchor, ...(approval === undefined ? {} : { approval: true }) }]
      : [],
  );
}

/** The day of the year on which the agreement's school year ends, `08-31`; undefined when it names none. */
export function schoolYearEnds(agreement: Agreement): string | undefined {
  return schoolYearEndOf(agreement);
}
