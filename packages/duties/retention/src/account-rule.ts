/** The rules of an agreement that end accounts: what is left out of a rule limits nothing. */
import { type Agreement, type RetentionRule, retentionRules } from "@preau/agreement";

export interface AccountRule extends Omit<RetentionRule, "approval"> {
  readonly anchor: NonNullable<RetentionRule["anchor"]>;
  /** The controller has to agree. */
  readonly approval: boolean;
}

/** Rules about live data whose end is an erasure and whose event is named: one without an event never fires. */
export function accountRules(agreement: Agreement): readonly AccountRule[] {
  return retentionRules(agreement).flatMap((rule) => {
    const { anchor, approval } = rule;
    if (rule.store !== "live" || rule.then !== "erase" || anchor === undefined) return [];
    return [{ ...rule, anchor, approval: approval === "controller" }];
  });
}
