/** What could go on of a text to one person's controller, without the others: a proposal, which a person reads. @clause D10.1b */
import { mayNameOthers, namesAnyOf, redactNames } from "./relay-redact.ts";

export interface ProposedExtract {
  readonly text: string;
  /** False when somebody else may still stand in it: it is not offered as ready. */
  readonly looksClear: boolean;
}

export function proposeExtract(
  text: string,
  { own, others }: { readonly own: readonly string[]; readonly others: readonly string[] },
): ProposedExtract {
  const redacted = redactNames(text, own, others);
  return { text: redacted, looksClear: !namesAnyOf(redacted, others) && !mayNameOthers(redacted, own) };
}
