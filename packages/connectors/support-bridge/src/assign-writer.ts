/**
 * A person says who writes: somebody of a client outside the GAR, or a child, a parent, somebody of the GAR, for whom the desk is
 * not. The gate and the directory have the last word on the side. @clause DC
 */
import type { ControllerId, Origin, SubjectId, Unit } from "@preau/kernel";
import { isAnother, leavesAtOnce, standing } from "./case-identity.ts";
import { recordCase } from "./case-journal.ts";
import { wayOut } from "./case-leave.ts";
import { keepRestricted, turnCase } from "./case-side.ts";
import { fault } from "./errors.ts";
import { lockCase, readCase, updateCase } from "./store/cases.ts";
import type { SupportCase } from "./support-case.ts";
import type { SupportActor, SupportPorts } from "./support-ports.ts";

/** Words for whom the desk is not, whoever it is. */
export const writersBehindWall = { child: "CHILD", parent: "PARENT", gar: "OUTSIDE_GAR_ONLY" } as const;
export type WriterBehindWall = keyof typeof writersBehindWall;

export type Writer =
  | {
      readonly controller: ControllerId;
      readonly product: string;
      readonly origin: Origin;
      readonly role: string;
      readonly subject: SubjectId;
    }
  /** Nobody in particular: the case stays the publisher's own. */
  | { readonly behindWall: WriterBehindWall };

export interface Assignment {
  readonly scope: ControllerId | "all";
  readonly case: string;
  readonly writer: Writer;
  readonly by: SupportActor;
}

/** As it is then. @throws SUPPORT_NO_CASE, SUPPORT_WRITER_KNOWN, SUPPORT_CASE_CLOSED */
export async function assignWriter(
  unit: Unit,
  ports: SupportPorts,
  { scope, writer, by, ...assigned }: Assignment,
): Promise<SupportCase> {
  const shown = await readCase(unit, scope, assigned.case);
  const found = shown && (await lockCase(unit, shown.line.controller, shown.line.id));
  if (found === undefined) throw fault("SUPPORT_NO_CASE");
  if (found.line.textGoneAt !== undefined) throw fault("SUPPORT_CASE_CLOSED");
  const person = "behindWall" in writer ? undefined : writer;
  // Whose words the case holds is known, where their newest came without a token: it is that person, or nobody for the desk.
  if (!mayBeAssigned(found.line) || isAnother(found.line, person)) throw fault("SUPPORT_WRITER_KNOWN");
  const judged =
    "behindWall" in writer
      ? ({ side: "hub", reason: writersBehindWall[writer.behindWall], clause: "DC" } as const)
      : await ports.support.wall.judge(unit, writer);
  const isOnHubSide = found.line.side === "hub";
  const turned = await turnCase(unit, ports, found, {
    ...(person === undefined ? {} : { person }),
    // What is kept from the desk stays kept from it, whoever is found to have written.
    judged: isOnHubSide
      ? { side: "hub", reason: found.line.reason ?? "", clause: found.line.clause ?? "DC" }
      : standing(judged),
  });
  if (judged.isPassing && judged.reason === "RESTRICTED")
    await keepRestricted(unit, turned, ports.clock.now());
  const { line } = turned;
  // A person has looked: what a visitor merely said waits no longer.
  if (line.side === "hub" && !leavesAtOnce(line) && line.desk === "there") {
    await updateCase(unit, line, { desk: "leaving" });
    await ports.jobs.enqueue(unit, wayOut(line));
  }
  await recordCase(unit, ports, line, {
    ...{ type: "support-bridge.assigned", by, payload: { reason: line.reason ?? "" } },
  });
  return (await lockCase(unit, line.controller, line.id))?.line ?? line;
}

/** Whoever proved who writes is not told to be somebody else. */
export function mayBeAssigned({ side, subject, reason }: SupportCase): boolean {
  return (subject === undefined || side === "unknown") && reason !== "SEVERAL_PERSONS";
}
