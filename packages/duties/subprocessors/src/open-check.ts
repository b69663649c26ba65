/**
 * Keeps data away from a subprocessor until it is open for that controller: what its own annex C names, or a change that it
 * received, did not object to, and whose window is over. One read where annex C covers the flow, and one of the file; where a
 * change must, one read of what the controller was told, and one of its place. @clause D8.1, D8.2, D8.3, D9.1, D9.2, D9.3, DC
 */
import type { Agreement, Subprocessor } from "@preau/agreement";
import { dayIn, mainland, type Place } from "@preau/calendar";
import type { CheckAnswer, Flow, GateCheck, Unit } from "@preau/kernel";
import { type Annexes, annexesInMemory, type Baseline, baselineOf } from "./baseline.ts";
import type { Change } from "./change.ts";
import { shutBy } from "./findings.ts";
import type { Notice } from "./notice.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { refuseBaseline, refuseFinding, refuseStanding } from "./refusals.ts";
import { covers, sameDoor } from "./scope.ts";
import { type Standing, standingAt } from "./standing.ts";
import { readFacts } from "./store/facts.ts";
import { noticesAbout } from "./store/notices.ts";

type CheckPorts = Pick<SubprocessorPorts, "agreements" | "clock" | "contracts">;
interface Told {
  readonly notice: Notice;
  readonly change: Change;
  readonly standing: Standing;
}

export function openCheck(ports: CheckPorts): GateCheck {
  const annexes = annexesInMemory();
  return {
    id: "subprocessors.open",
    clause: "D8.3",
    // What is taken back is never kept where it is.
    concerns: (flow) => flow.operation !== "erase" && doorOf(ports, flow) !== undefined,
    check: async (flow, unit) => {
      const door = doorOf(ports, flow);
      if (door === undefined) return { allowed: true };
      const agreement = ports.agreements.of(flow.controller);
      const facts = (await readFacts(unit, door.recipient))?.facts;
      const today = dayIn(mainland.zone, ports.clock.now());
      const finding = shutBy({ entry: door, facts, agreement, today });
      return finding === undefined
        ? judge(unit, ports, annexes, { flow, door, agreement })
        : refuseFinding(finding);
    },
  };
}

/** Who the recipient is today: annex C in force says so, else what was announced. Undefined for a recipient of the house. */
function doorOf({ agreements }: CheckPorts, { controller, recipient }: Flow): Subprocessor | undefined {
  const isIt = (each: Subprocessor) => each.recipient === recipient;
  return agreements.of(controller).annexC.find(isIt) ?? agreements.announced.find(isIt);
}

interface Asked {
  readonly flow: Flow;
  readonly door: Subprocessor;
  readonly agreement: Agreement;
}

/** Each category is covered by what was signed or by what has opened; what neither covers is refused with its reason. */
async function judge(unit: Unit, ports: CheckPorts, annexes: Annexes, asked: Asked): Promise<CheckAnswer> {
  const { flow, door } = asked;
  const baseline = await baselineOf(unit, ports, annexes, flow);
  const beyond = flow.categories.filter((category) => !inBaseline(baseline, asked, category));
  if (beyond.length === 0) return { allowed: true };
  const told = await toldOf(unit, ports, asked);
  const about = told.filter(({ change }) => sameDoor(change.entry, door));
  const covering = (category: string) => about.filter(({ change }) => covers(change.entry, flow, category));
  for (const category of beyond) {
    const changes = covering(category);
    if (changes.some(({ standing }) => standing.is === "OPEN")) continue;
    const [nearest] = changes.toSorted((one, other) => rank(one.standing) - rank(other.standing));
    return nearest === undefined
      ? refuseBaseline(baseline)
      : refuseStanding(nearest.standing, nearest.change);
  }
  return { allowed: true };
}

/** Of several contracts that run for it, each must have accepted it. @clause D8.1 */
function inBaseline(baseline: Baseline, { flow, door }: Asked, category: string): boolean {
  return (
    baseline.is === "known" &&
    baseline.annexes.every((annex) =>
      annex.some((entry) => sameDoor(entry, door) && covers(entry, flow, category)),
    )
  );
}

async function toldOf(unit: Unit, ports: CheckPorts, { flow, agreement }: Asked): Promise<readonly Told[]> {
  const { controller, recipient } = flow;
  const known = await noticesAbout(unit, controller, recipient);
  if (known.length === 0) return [];
  const place: Place = await ports.contracts.placeOf(unit, controller);
  const now = ports.clock.now();
  return known.map(({ notice, change }) => {
    const { receipt, objectedAt, honoured } = notice;
    const terms = {
      honoured,
      ...(objectedAt === undefined ? {} : { objectedAt }),
      ...(receipt === undefined ? {} : { receivedAt: receipt.receivedAt }),
    };
    return { notice, change, standing: standingAt(now, { agreement, change, notice: terms, place }) };
  });
}

/** Of several changes that would cover it, the one that is nearest to opening gives the reason. */
function rank({ is }: Standing): number {
  return ["WINDOW_OPEN", "NOT_RECEIVED", "OBJECTED", "NO_WINDOW", "WITHDRAWN", "NOT_ANNOUNCED"].indexOf(is);
}
