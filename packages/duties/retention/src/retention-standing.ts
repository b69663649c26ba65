/** What decides for the accounts of one controller in one store, read anew each time: nothing of it is copied. */
import { schoolYearEndOf } from "@preau/agreement";
import type { Place } from "@preau/calendar";
import type { Contracts } from "@preau/contracts";
import type { ControllerId, Identifier, Instant, PersonalDataSource, SubjectId, Unit } from "@preau/kernel";
import { type AccountRule, accountRules } from "./account-rule.ts";
import { type Deciding, makeDeciding } from "./effective-rule.ts";
import { type Hold, isInForce } from "./hold.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { listHolds } from "./store/holds.ts";

export interface RetentionStanding extends Deciding {
  readonly place: Place;
  readonly now: Instant;
  readonly rules: readonly AccountRule[];
  /** Holds on the account of a subject: its own, its controller's, those on a category that the store keeps. */
  holdsOf(subject: SubjectId | undefined): readonly Hold[];
  /** The same by the store's own identifier, for those whom a hold names. */
  holdsOn(identifier: Identifier): readonly Hold[];
}

export type StandingPorts = Pick<RetentionPorts, "agreements" | "clock" | "subjects"> & {
  readonly contracts: Pick<Contracts, "placeOf" | "contracts" | "ownPeriods">;
};

/** @clause D5 */
export async function readStanding(
  unit: Unit,
  ports: StandingPorts,
  {
    controller,
    source,
  }: { readonly controller: ControllerId; readonly source: PersonalDataSource | undefined },
): Promise<RetentionStanding> {
  const { contracts, clock } = ports;
  const agreement = ports.agreements.of(controller);
  const place = await contracts.placeOf(unit, controller);
  const now = clock.now();
  const rules = accountRules(agreement);
  const deciding = makeDeciding({
    rules,
    ownPeriodsWithin: agreement.controllerPeriods?.within ?? "ceilings",
    ownPeriods: await contracts.ownPeriods(unit, controller),
    contracts: await contracts.contracts(unit, controller),
    schoolYearEnds: schoolYearEndOf(agreement),
    place,
    now,
  });
  const categories = new Set(source?.describe().categories);
  const holds = (await listHolds(unit, controller, "standing")).filter((hold) => isInForce(hold, now, place));
  const common = holds.filter(
    ({ covers, category }) =>
      covers === "controller" ||
      (covers === "category" && category !== undefined && categories.has(category)),
  );
  const ofPersons = holds.filter(({ covers }) => covers === "person");
  const named = new Map<string, readonly Hold[]>();
  for (const hold of ofPersons) {
    if (hold.subject === undefined) continue;
    for (const identifier of await ports.subjects.identifiers(unit, controller, hold.subject)) {
      const key = keyOf(identifier);
      named.set(key, [...(named.get(key) ?? common), hold]);
    }
  }
  return {
    ...deciding,
    place,
    now,
    rules,
    holdsOf: (subject) => [...common, ...ofPersons.filter((hold) => hold.subject === subject)],
    holdsOn: (identifier) => named.get(keyOf(identifier)) ?? common,
  };
}

function keyOf({ kind, value }: Identifier): string {
  return `${kind}\n${value}`;
}
