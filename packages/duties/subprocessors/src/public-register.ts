/** What anybody may read: who the subprocessors are, who is to come, and what has changed since. Nothing of any controller. */
import type { Subprocessor } from "@preau/agreement";
import { PUBLISHER } from "@preau/contracts";
import type { Instant, Unit } from "@preau/kernel";
import type { Change } from "./change.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { readRegistry } from "./registry.ts";
import { companyOf, says } from "./scope.ts";
import { annexesInForce, type KnownAnnex } from "./store/annexes.ts";
import { listChanges } from "./store/changes.ts";
import type { Places, RegisteredSubprocessor, SubSubprocessor } from "./subprocessor.ts";

export interface PublicSubprocessor {
  readonly entry: Subprocessor;
  readonly places?: Places;
  readonly contact?: string;
  readonly subprocessors: readonly SubSubprocessor[];
}

export type HistoryEvent =
  /** Annex C of an agreement that came into force names it, and the one before did not; or no longer. */
  | { readonly at: Instant; readonly is: "named" | "gone"; readonly entry: Subprocessor }
  | { readonly at: Instant; readonly is: "announced" | "takenBack"; readonly change: Change };

export interface PublicRegister {
  /** Those of annex C in force. */
  readonly current: readonly PublicSubprocessor[];
  /** Announced, and not in annex C yet. */
  readonly announced: readonly (PublicSubprocessor & { readonly change: Change })[];
  /** Newest first. */
  readonly history: readonly HistoryEvent[];
}

export async function publicRegister(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "agreements" | "clock">,
): Promise<PublicRegister> {
  const { annexC } = ports.agreements.of(PUBLISHER);
  const registry = await readRegistry(unit, ports);
  const changes = await listChanges(unit, ["announced", "withdrawn"]);
  const fileOf = new Map(registry.map((each) => [each.recipient, each]));
  return {
    current: ports.agreements
      .of(PUBLISHER)
      .annexC.map((entry) => publish(entry, fileOf.get(entry.recipient))),
    announced: changes
      .filter(({ state, entry }) => state === "announced" && !annexC.some((each) => says(each, entry)))
      .map((change) => ({ ...publish(change.entry, fileOf.get(change.entry.recipient)), change })),
    history: [...historyOf(await annexesInForce(unit)), ...changes.flatMap(eventsOf)].sort(newestFirst),
  };
}

function newestFirst(one: HistoryEvent, other: HistoryEvent): number {
  if (one.at === other.at) return 0;
  return one.at < other.at ? 1 : -1;
}

function publish(entry: Subprocessor, file: RegisteredSubprocessor | undefined): PublicSubprocessor {
  const { places, contact, subprocessors = [] } = file?.facts ?? {};
  return {
    ...{ entry, subprocessors },
    ...(places === undefined ? {} : { places }),
    ...(contact === undefined ? {} : { contact }),
  };
}

function eventsOf(change: Change): readonly HistoryEvent[] {
  const { announcedAt, withdrawnAt } = change;
  return [
    ...(announcedAt === undefined ? [] : [{ at: announcedAt, is: "announced" as const, change }]),
    ...(withdrawnAt === undefined ? [] : [{ at: withdrawnAt, is: "takenBack" as const, change }]),
  ];
}

/** From one annex to the next: who came, who went. The first names everybody. */
function historyOf(annexes: readonly KnownAnnex[]): readonly HistoryEvent[] {
  const keyOf = (entry: Subprocessor) => `${entry.recipient} ${companyOf(entry)}`;
  let before: readonly Subprocessor[] = [];
  return annexes.flatMap(({ entries, inForceAt: at }) => {
    const [had, has] = [new Set(before.map(keyOf)), new Set(entries.map(keyOf))];
    const came = entries.filter((entry) => !had.has(keyOf(entry)));
    const went = before.filter((entry) => !has.has(keyOf(entry)));
    before = entries;
    return [
      ...came.map((entry): HistoryEvent => ({ at, is: "named", entry })),
      ...went.map((entry): HistoryEvent => ({ at, is: "gone", entry })),
    ];
  });
}
