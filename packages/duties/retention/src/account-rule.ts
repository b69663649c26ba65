/** The rules of an agreement that end accounts, as this package reads them: what is left out of a rule limits nothing. */
import { type Agreement, type RetentionRule, retentionRules } from "@preau/agreement";
import type { Duration } from "@preau/calendar";
import type { Origin } from "@preau/kernel";

export interface AccountRule extends RetentionRule {
  readonly anchor: NonNullable<RetentionRule["anchor"]>;
  readonly roles?: readonly string[];
  readonly origins?: readonly Origin[];
  readonly products?: readonly string[];
  /** Of some categories alone: no account is erased by it, since an erasure leaves no part behind. */
  readonly categories?: readonly string[];
  /** The controller has to agree. */
  readonly approval?: boolean;
  /** How long before a big purge its notices are shown. */
  readonly notices?: readonly Duration[];
  /** Persons from which a purge is big. */
  readonly big?: number;
}

/** Rules about live data whose end is an erasure and whose event is named: one without an event never fires. */
export function accountRules(agreement: Agreement): readonly AccountRule[] {
  return retentionRules(agreement).flatMap((rule) =>
    rule.store === "live" && rule.then === "erase" && rule.anchor !== undefined
      ? [{ ...rule, anchor: rule.anchor }]
      : [],
  );
}

/** The day of the year on which the agreement's school year ends, `08-31`; undefined when it names none. */
export function schoolYearEnds(agreement: Agreement): string | undefined {
  const { schoolYear } = agreement as { readonly schoolYear?: { readonly ends?: string } };
  return schoolYear?.ends;
}
