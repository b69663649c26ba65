/** What the agreement allows a contract to say. @clause D1, D3 */
import type { Agreement } from "@preau/agreement";
import type { ContractValues } from "./contract.ts";
import type { Issue } from "./issue.ts";

/**
 * Products are those of the agreement, at least one; the last day is not before the first; the choice for the end is one
 * that the agreement offers.
 */
export function issuesOfTerms(values: ContractValues, agreement: Agreement): readonly Issue[] {
  const issues: Issue[] = [];
  const { products, startsOn, endsOn, atEnd } = values;
  const known = new Set(agreement.products.map(({ id }) => id));
  if (products.length === 0) issues.push({ code: "CONTRACT_VALUE_MISSING", field: "products" });
  else if (products.some((product) => !known.has(product))) {
    const names = [...known].join(", ");
    issues.push({
      code: "CONTRACT_NO_SUCH_PRODUCT",
      field: "products",
      clause: agreement.frame.contract,
      remedy: { en: `The agreement names: ${names}.`, fr: `L’accord nomme : ${names}.` },
    });
  }
  if (endsOn !== undefined && endsOn < startsOn) {
    issues.push({ code: "CONTRACT_ENDS_BEFORE_START", field: "endsOn", clause: "D3" });
  }
  const end = agreement.endOfContract;
  if (atEnd !== undefined && end !== undefined && !end.choices.includes(atEnd)) {
    issues.push({ code: "CONTRACT_NO_SUCH_CHOICE", field: "atEnd", clause: end.clause });
  }
  return issues;
}
