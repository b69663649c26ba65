/**
 * Annex C with one entry a recipient: what several entries of one recipient say, taken together. The widest of each member
 * counts, since a member that is absent bounds nothing.
 */
import type { Subprocessor } from "./agreement.ts";

export function widenSubprocessors(entries: readonly Subprocessor[]): readonly Subprocessor[] {
  const byRecipient = new Map<string, Subprocessor>();
  for (const entry of entries) {
    const known = byRecipient.get(entry.recipient);
    byRecipient.set(entry.recipient, known === undefined ? entry : widen(known, entry));
  }
  return [...byRecipient.values()];
}

function widen(one: Subprocessor, other: Subprocessor): Subprocessor {
  const { purposes: _, categories: __, ...rest } = one;
  const purposes = unionOf(one.purposes, other.purposes);
  const categories = unionOf(one.categories, other.categories);
  return {
    ...rest,
    operations: unionOf(one.operations, other.operations) ?? [],
    ...(purposes === undefined ? {} : { purposes }),
    ...(categories === undefined ? {} : { categories }),
    origins:
      one.origins === "outsideGarOnly" && other.origins === "outsideGarOnly"
        ? "outsideGarOnly"
        : "everyOrigin",
  };
}

function unionOf<T extends string>(
  one: readonly T[] | undefined,
  other: readonly T[] | undefined,
): readonly T[] | undefined {
  return one === undefined || other === undefined ? undefined : [...new Set([...one, ...other])];
}
