/** The registry: annex C in force and what was announced since, with what is on file of each and what is missing. @clause D8.5 */
import type { Subprocessor } from "@preau/agreement";
import { dayIn, mainland } from "@preau/calendar";
import { type Actor, PUBLISHER } from "@preau/contracts";
import type { JsonObject, Unit } from "@preau/kernel";
import { officers, recordAct, requireRole } from "./act.ts";
import { fault } from "./errors.ts";
import { findingsOf } from "./findings.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { readFactsGiven } from "./read-facts.ts";
import { listChanges } from "./store/changes.ts";
import { listFacts, readFacts, writeFacts } from "./store/facts.ts";
import type { Facts, RegisteredSubprocessor } from "./subprocessor.ts";

type RegistryPorts = Pick<SubprocessorPorts, "agreements" | "clock">;

/** Every recipient of annex C in force, then those that a change announced or prepares. */
export async function readRegistry(
  unit: Unit,
  ports: RegistryPorts,
): Promise<readonly RegisteredSubprocessor[]> {
  const agreement = ports.agreements.of(PUBLISHER);
  const files = new Map((await listFacts(unit)).map((each) => [each.recipient, each]));
  const today = dayIn(mainland.zone, ports.clock.now());
  return (await entriesInSight(unit, ports)).map(({ entry, from }) => {
    const file = files.get(entry.recipient);
    return {
      ...{ recipient: entry.recipient, entry, from },
      facts: file?.facts ?? { subprocessors: [] },
      version: file?.version ?? 0,
      ...(file === undefined ? {} : { completedAt: file.completedAt }),
      findings: findingsOf({ entry, facts: file?.facts, agreement, today }),
    };
  });
}

async function entriesInSight(
  unit: Unit,
  { agreements }: RegistryPorts,
): Promise<readonly { readonly entry: Subprocessor; readonly from: RegisteredSubprocessor["from"] }[]> {
  const { annexC } = agreements.of(PUBLISHER);
  const seen = new Set(annexC.map(({ recipient }) => recipient));
  const found: { readonly entry: Subprocessor; readonly from: RegisteredSubprocessor["from"] }[] = annexC.map(
    (entry) => ({ entry, from: "annexC" }),
  );
  for (const { entry, state } of await listChanges(unit, ["announced", "draft"])) {
    if (seen.has(entry.recipient)) continue;
    seen.add(entry.recipient);
    found.push({ entry, from: state === "announced" ? "announced" : "draft" });
  }
  return found;
}

/**
 * Puts on file what is known of a recipient: contract, review, places, transfer. What stood there before stays in the journal.
 * @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NO_SUBPROCESSOR, SUBPROCESSORS_BAD naming the field, SUBPROCESSORS_CHANGED_MEANWHILE
 * @clause D8.5
 */
export async function changeFacts(
  unit: Unit,
  ports: RegistryPorts & Pick<SubprocessorPorts, "journal">,
  given: {
    readonly recipient: string;
    readonly facts: Facts;
    /** The version that was seen; 0 while nobody has completed it. */
    readonly version: number;
    readonly by: Actor;
  },
): Promise<void> {
  const { recipient, version, by } = given;
  requireRole(by, officers);
  const known = (await entriesInSight(unit, ports)).some(({ entry }) => entry.recipient === recipient);
  if (!known) throw fault("SUBPROCESSORS_NO_SUBPROCESSOR");
  const facts = readFactsGiven(given.facts, ports.agreements.of(PUBLISHER));
  const before = (await readFacts(unit, recipient))?.facts;
  const kept = { recipient, facts, version, completedAt: ports.clock.now() };
  if (!(await writeFacts(unit, kept))) throw fault("SUBPROCESSORS_CHANGED_MEANWHILE");
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.factsChanged", clause: "D8.5", by },
    payload: { recipient, before: jsonOf(before), after: jsonOf(facts) },
  });
}

function jsonOf(facts: Facts | undefined): JsonObject {
  return JSON.parse(JSON.stringify(facts ?? {})) as JsonObject;
}
