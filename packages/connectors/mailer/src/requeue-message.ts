/** A person puts a message back into the queue, or notes that it came back. @clause DC */
import type { ControllerId, Jobs, MessageId, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import { DELIVER } from "./make-mailer.ts";
import type { MessageLine } from "./message-line.ts";
import { type SettlePorts, settleMessage } from "./settle-message.ts";
import { lockMessage, readMessage, requeue } from "./store/messages.ts";

/**
 * Asks the gate again when its turn comes, whatever it said before.
 * @throws MAIL_NO_MESSAGE, MAIL_NOTHING_LEFT for one that has left or whose text is destroyed
 */
export async function requeueMessage(
  unit: Unit,
  { jobs }: { readonly jobs: Jobs },
  scope: ControllerId | "all",
  id: MessageId,
): Promise<MessageLine> {
  const line = await lockIn(unit, scope, id);
  if (!(await requeue(unit, line))) throw fault("MAIL_NOTHING_LEFT");
  const { controller, priority } = line;
  await jobs.enqueue(unit, { name: DELIVER, controller, payload: { message: id }, key: id, priority });
  return line;
}

/**
 * It came back, by a report or by a person's word. Twice is once. A report may come before the server's yes was written down.
 * @throws MAIL_NO_MESSAGE, also for one that has never left
 */
export async function returnMessage(
  unit: Unit,
  ports: SettlePorts,
  {
    scope,
    id,
    reason,
    keepHours,
  }: {
    readonly scope: ControllerId | "all";
    readonly id: MessageId;
    /** `BY_HAND`, or `DSN_…` of a report. */
    readonly reason: string;
    readonly keepHours: number;
  },
): Promise<{ readonly line: MessageLine; readonly changed: boolean }> {
  const line = await lockIn(unit, scope, id);
  const settlement = { state: "bounced", reason } as const;
  const from = reason.startsWith("DSN_") ? (["accepted", "queued"] as const) : (["accepted"] as const);
  const changed = await settleMessage(unit, ports, { line, settlement, keepHours, from });
  if (!changed && line.state !== "bounced") throw fault("MAIL_NO_MESSAGE");
  return { line, changed };
}

async function lockIn(unit: Unit, scope: ControllerId | "all", id: MessageId): Promise<MessageLine> {
  const known = await readMessage(unit, scope, id);
  const found = known && (await lockMessage(unit, known.line.controller, id));
  if (found === undefined) throw fault("MAIL_NO_MESSAGE");
  return found.line;
}
