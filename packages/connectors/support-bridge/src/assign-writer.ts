/**
 * A person says who writes: somebody of a client outside the GAR, or a child, a parent, somebody of the GAR, for whom the desk is
 * not. The gate and the directory have the last word on the side. @clause DC
 */
import type { ControllerId, Origin, SubjectId, Unit } from "@preau/kernel";
import { recordCase } from "./case-journal.ts";
import { turnCase } from "./case-side.ts";
import { fault } from "./errors.ts";
import { lockCase, readCase } from "./store/cases.ts";
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
  if (!mayBeAssigned(found.line)) throw fault("SUPPORT_WRITER_KNOWN");
  const identity =
    "behindWall" in writer
      ? { judged: { side: "hub", reason: writersBehindWall[writer.behindWall], clause: "DC" } as const }
      : { person: writer, judged: await ports.support.wall.judge(unit, writer) };
  const isOnHubSide = found.line.side === "hub";
  const { line } = await turnCase(unit, ports, found, {
    ...identity,
    // What is kept from the desk stays kept from it, whoever is found to have written.
    ...(isOnHubSide
      ? { judged: { side: "hub", reason: found.line.reason ?? "", clause: found.line.clause ?? "DC" } }
      : {}),
  });
  await recordCase(unit, ports, line, {
    ...{ type: "support-bridge.assigned", by, payload: { reason: line.reason ?? "" } },
  });
  return line;
}

/** Whoever proved who writes is not told to be somebody else. */
export function mayBeAssigned({ subject, reason }: SupportCase): boolean {
  return subject === undefined && reason !== "SEVERAL_PERSONS";
}
