/** What an entry of annex C covers, and which entries speak of the same door. Pure. @clause D8.1, DC */
import { officerCorrespondence, type Subprocessor } from "@preau/agreement";
import { parseSiret, sirenOf } from "@preau/identifiers";
import type { Flow } from "@preau/kernel";

/** The company: its SIREN in France whatever the site, its register elsewhere. */
export function companyOf({ siret, register, name }: Subprocessor): string {
  const parsed = siret === undefined ? undefined : parseSiret(siret);
  return parsed === undefined ? (siret ?? register ?? name) : sirenOf(parsed);
}

/** The same company, whose data stays or goes alike: what was accepted of one is accepted of the other. */
export function sameDoor(one: Subprocessor, other: Subprocessor): boolean {
  return (
    one.recipient === other.recipient &&
    companyOf(one) === companyOf(other) &&
    transferKey(one) === transferKey(other)
  );
}

/** Does the entry take this category of the flow? A member that is absent bounds nothing. @clause DC */
export function covers(entry: Subprocessor, flow: Flow, category: string): boolean {
  if (entry.recipient !== flow.recipient || !entry.operations.includes(flow.operation)) return false;
  // An officer's address goes through the recipients that annex A names: that row bounds it, not the entry's purposes.
  if (flow.product === officerCorrespondence.product) return true;
  if (entry.origins === "outsideGarOnly" && flow.origin !== "outsideGar") return false;
  if (entry.purposes !== undefined && !entry.purposes.includes(flow.purpose)) return false;
  return entry.categories === undefined || entry.categories.includes(category);
}

/** Does one entry say all that another does? What is absent bounds nothing. */
export function says(one: Subprocessor, other: Subprocessor): boolean {
  const holds = (wide: readonly string[] | undefined, narrow: readonly string[] | undefined) =>
    wide === undefined || (narrow?.every((each) => wide.includes(each)) ?? false);
  return (
    sameDoor(one, other) &&
    (one.origins === "everyOrigin" || other.origins === "outsideGarOnly") &&
    holds(one.operations, other.operations) &&
    holds(one.purposes, other.purposes) &&
    holds(one.categories, other.categories)
  );
}

function transferKey({ transfers }: Subprocessor): string {
  return transfers === "none" ? "none" : `${transfers.country} ${transfers.mechanism}`;
}
