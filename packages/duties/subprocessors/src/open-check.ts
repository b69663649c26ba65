/**
 * Keeps data away from a subprocessor until it is open for that controller: what its own annex C names, or a change that it
 * received, did not object to, and whose window is over. Two reads by an index where annex C covers the flow: the contracts, and
 * the file. Where a change must, two more: what the controller was told, and its place.
 * @clause D8.1, D8.2, D8.3, D9.1, D9.2, D9.3, DC
 */
import type { Agreement, Subprocessor } from "@preau/agreement";
import { dayIn, mainland } from "@preau/calendar";
import type { CheckAnswer, Flow, GateCheck, Unit } from "@preau/kernel";
import { annexesInMemory, type Baseline, baselineOf, termsSigned } from "./baseline.ts";
import type { Change } from "./change.ts";
import { shutBy } from "./findings.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { refuseBaseline, refuseFinding, refuseStanding } from "./refusals.ts";
import { covers, sameDoor } from "./scope.ts";
import { type Standing, standingAt } from "./standing.ts";
import { readFacts } from "./store/facts.ts";
import { noticesAbout } from "./store/notices-about.ts";

type CheckPorts = Pick<SubprocessorPorts, "agreements" | "clock" | "contracts">;

export function openCheck(ports: CheckPorts): GateCheck {
  const { agreements } = ports;
  const annexes = annexesInMemory();
  return {
    id: "subprocessors.open",
    clause: "D8.3",
    // What is taken back is never kept where it is.
    concerns: ({ operation, controller, recipient }) =>
      operation !== "erase" &&
      [...agreements.of(controller).annexC, ...agreements.announced].some(
        (each) => each.recipient === recipient,
      ),
    check: async (flow, unit) => {
      const agreement = agreements.of(flow.controller);
      const inForce = agreement.annexC.find(({ recipient }) => recipient === flow.recipient);
      const baseline = await baselineOf(unit, ports, annexes, flow);
      const asked = { flow, agreement, inForce };
      const beyond = flow.categories.filter((category) => !inBaseline(baseline, asked, category));
      const opened: Subprocessor[] = beyond.length < flow.categories.length && inForce ? [inForce] : [];
      if (beyond.length > 0) {
        const told = await toldOf(unit, ports, asked, baseline.signed);
        for (const category of beyond) {
          const found = openedFor(told, asked, category) ?? refuseBaseline(baseline);
          if ("allowed" in found) return found;
          opened.push(found);
        }
      }
      return refuseFiles(unit, ports, asked, opened);
    },
  };
}

interface Asked {
  readonly flow: Flow;
  readonly agreement: Agreement;
  /** Who the recipient is by annex C in force. */
  readonly inForce: Subprocessor | undefined;
}

/** Of several contracts that run for it, each must have accepted it: the same company, whose data stays or goes alike. @clause D8.1 */
function inBaseline(baseline: Baseline, { flow, inForce }: Asked, category: string): boolean {
  return (
    baseline.is === "known" &&
    inForce !== undefined &&
    baseline.annexes.every((annex) =>
      annex.some((entry) => sameDoor(entry, inForce) && covers(entry, flow, category)),
    )
  );
}

interface Told {
  readonly change: Change;
  readonly standing: Standing;
}

/** What this controller was told of who the recipient is, each as it stands now. */
async function toldOf(
  unit: Unit,
  ports: CheckPorts,
  { flow, inForce }: Asked,
  signed: readonly string[],
): Promise<readonly Told[]> {
  const { controller, recipient } = flow;
  const known = (await noticesAbout(unit, controller, recipient)).filter(
    ({ change }) => inForce === undefined || sameDoor(change.entry, inForce),
  );
  if (known.length === 0) return [];
  const place = await ports.contracts.placeOf(unit, controller);
  const now = ports.clock.now();
  const windows = await termsSigned(unit, ports, controller, signed);
  return known.map(({ notice, change }) => {
    const { receipt, objectedAt, honoured } = notice;
    const terms = {
      honoured,
      ...(objectedAt === undefined ? {} : { objectedAt }),
      ...(receipt === undefined ? {} : { receivedAt: receipt.receivedAt }),
    };
    return { change, standing: standingAt(now, { terms: windows, change, notice: terms, place }) };
  });
}

/** The entry that is open for it; else why the nearest to opening is not; undefined when none would cover it. @clause D8.3, D9.3 */
function openedFor(
  told: readonly Told[],
  { flow }: Asked,
  category: string,
): Subprocessor | CheckAnswer | undefined {
  const [nearest] = told
    .filter(({ change }) => covers(change.entry, flow, category))
    .toSorted((one, other) => rank(one.standing) - rank(other.standing));
  if (nearest === undefined) return undefined;
  const { change, standing } = nearest;
  return standing.is === "OPEN" ? change.entry : refuseStanding(standing, change);
}

function rank({ is }: Standing): number {
  const nearestFirst: readonly Standing["is"][] = [
    ...(["OPEN", "WINDOW_OPEN", "NOT_RECEIVED", "OBJECTED", "NO_WINDOW", "WITHDRAWN"] as const),
    "NOT_ANNOUNCED",
  ];
  return nearestFirst.indexOf(is);
}

/** A transfer without its mechanism on file is refused, whoever accepted it. @clause D9.1, D9.2 */
async function refuseFiles(
  unit: Unit,
  { clock }: CheckPorts,
  { flow, agreement }: Asked,
  opened: readonly Subprocessor[],
): Promise<CheckAnswer> {
  const facts = (await readFacts(unit, flow.recipient))?.facts;
  const today = dayIn(mainland.zone, clock.now());
  for (const entry of new Set(opened)) {
    const finding = shutBy({ entry, facts, agreement, today });
    if (finding !== undefined) return refuseFinding(finding);
  }
  return { allowed: true };
}
