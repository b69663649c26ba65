/** An agent opens a client's cases with a reason, once a session: a choice of words, which can name nobody. @clause DD.6, DD.7 */
import { addHours, type Unit } from "@preau/kernel";
import { recordCase } from "./case-journal.ts";
import { fault } from "./errors.ts";
import { deleteAccesses, hasAccess, insertAccess } from "./store/accesses.ts";
import type { SupportCase } from "./support-case.ts";
import type { SupportActor, SupportPorts } from "./support-ports.ts";

export const accessReasons = ["answer", "rights", "wall", "fault", "check"] as const;
export type AccessReason = (typeof accessReasons)[number];

/** Longer than any session. */
const KEPT_HOURS = 48;

export interface CaseReader {
  /** Undefined at the terminal, where each command says why. */
  readonly session?: string;
  readonly by: SupportActor;
}

export async function isOpened(unit: Unit, line: SupportCase, { session }: CaseReader): Promise<boolean> {
  return session !== undefined && hasAccess(unit, { controller: line.controller, session });
}

/** @throws SUPPORT_OPEN_FIRST */
export async function requireOpened(unit: Unit, line: SupportCase, reader: CaseReader): Promise<void> {
  if (!(await isOpened(unit, line, reader))) throw fault("SUPPORT_OPEN_FIRST", { clause: "DD.6" });
}

/** Twice in one session is once. */
export async function openCases(
  unit: Unit,
  ports: Pick<SupportPorts, "clock" | "journal">,
  line: SupportCase,
  { session, by, reason }: CaseReader & { readonly reason: AccessReason },
): Promise<void> {
  const at = ports.clock.now();
  if (session !== undefined) {
    await deleteAccesses(unit, addHours(at, -KEPT_HOURS));
    if (!(await insertAccess(unit, { controller: line.controller, session, reason, at }))) return;
  }
  await recordCase(unit, ports, line, {
    ...{ type: "support-bridge.accessed", clause: "DD.6", by, payload: { reason } },
  });
}
