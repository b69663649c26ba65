/**
 * One message leaves: the gate is asked, the text is made, the transport takes it, and the end is written. Between the last
 * two a process may die: then the message leaves again, under the same Message-ID. @clause DC, D4.1
 */
import type { AgreementsInForce } from "@preau/agreement";
import {
  type ControllerId,
  type Flow,
  type Gate,
  isFault,
  type Log,
  type MessageId,
  type Permit,
  redeem,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { fault } from "./errors.ts";
import type { MessageLine, Settlement } from "./message-line.ts";
import type { MailerOptions } from "./options.ts";
import type { Post } from "./post.ts";
import { renderMessage } from "./render-message.ts";
import { openMessage, type SealedPart } from "./seal-message.ts";
import { type SettlePorts, settleMessage } from "./settle-message.ts";
import { lockMessage, noteAttempt, noteHandedOver } from "./store/messages.ts";
import { suppressionOf } from "./suppress-address.ts";
import { suppressionReason } from "./suppression.ts";
import type { MailTransport, OutgoingMail, Sent } from "./transports/transport.ts";

export interface DeliverPorts extends SettlePorts {
  readonly agreements: AgreementsInForce;
  readonly gate: Gate;
  readonly log: Log;
  readonly post: Post;
  readonly unitOfWork: UnitOfWork;
  readonly vault: KeyStore;
}

/**
 * Tries of one message: about two days of them (the worker's backoff), after which it is given up and whoever waits for it is
 * told that it came back.
 */
export const TRIES = 30;

interface Ready {
  readonly line: MessageLine;
  readonly part: SealedPart;
  readonly permit: Permit;
}

export interface Delivery {
  readonly controller: ControllerId;
  readonly id: MessageId;
  readonly attempt: number;
  readonly signal?: AbortSignal;
}

export async function deliverMessage(
  ports: DeliverPorts,
  options: MailerOptions,
  delivery: Delivery,
): Promise<void> {
  const { transport } = ports.post;
  if (transport === undefined) throw fault("MAIL_BAD_OPTIONS", { place: "plugins.mailer.transport" });
  try {
    const ready = await ports.unitOfWork.transaction((unit) => makeReady(unit, ports, options, delivery));
    if (ready === undefined) return;
    delivery.signal?.throwIfAborted();
    const sent = await transport.send(outgoing(ports, options, ready), ready.permit, delivery.signal);
    await writeEnd(ports, options, { line: ready.line, sent, transport });
  } catch (error) {
    if (delivery.signal?.aborted === true) throw error;
    if (await writeFailure(ports, options, delivery, error)) throw error;
  }
}

/** Undefined where there is nothing to send now, which is then written. */
async function makeReady(
  unit: Unit,
  ports: DeliverPorts,
  options: MailerOptions,
  { controller, id }: Delivery,
): Promise<Ready | undefined> {
  const found = await lockMessage(unit, controller, id);
  if (found === undefined || found.line.state !== "queued") return undefined;
  const { line, sealed } = found;
  const end = async (settlement: Settlement) => {
    await settleMessage(unit, ports, { line, settlement, keepHours: options.keepHours });
    return undefined;
  };
  // It has left; what is missing is that somebody hears of it.
  if (line.transport !== undefined) return end({ state: "accepted" });
  if (line.restrictedAt !== undefined) return undefined;
  const part = sealed === null ? undefined : await openMessage(ports.vault, line, sealed);
  if (part === undefined) return end({ state: "refused", reason: "ERASED", clause: "D12.2" });
  const { address } = part.to;
  const suppressed = await suppressionOf(unit, ports, options.suppress, { controller, address });
  if (suppressed !== undefined) return end({ state: "refused", reason: suppressionReason(suppressed.kind) });
  try {
    return { line, part, permit: await permitFor(unit, ports.gate, part.flow, options.recipient) };
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    const { log, clause } = error.detail;
    return end({
      state: "refused",
      reason: String(log?.["reason"] ?? "GATE_REFUSED").slice(0, 64),
      ...(clause === undefined ? {} : { clause }),
    });
  }
}

/**
 * The gate is asked for what the message is, and for the way that it takes: whoever carries our mail is a recipient too.
 * @throws GATE_REFUSED
 * @clause DC, D4.1
 */
async function permitFor(unit: Unit, gate: Gate, flow: SealedPart["flow"], carrier: string): Promise<Permit> {
  const own = await gate.permit(flow, unit);
  if (flow.recipient === carrier && flow.operation === "send") return own;
  const { operation, recipient, categories } = flow;
  redeem(own, { operation, recipient, categories });
  // The instruction was for what the message is, and was held to that: it says nothing of who carries it.
  const { instruction: _instruction, ...carriage } = flow;
  const carried: Flow = { ...carriage, operation: "send", recipient: carrier };
  return gate.permit(carried, unit);
}

function outgoing(
  { agreements, post }: DeliverPorts,
  { publicUrl }: MailerOptions,
  { line, part }: Ready,
): OutgoingMail {
  const { id, controller, language } = line;
  const template = post.templates.get(line.template);
  if (template === undefined) throw fault("MAIL_NO_TEMPLATE", { place: line.template });
  const publisher = agreements.of(controller).annexA.processor.name;
  const rendered = renderMessage({ template, variables: part.variables, language, publisher, publicUrl });
  return { id, to: part.to, language, categories: part.flow.categories, sender: publisher, ...rendered };
}

async function writeEnd(
  ports: DeliverPorts,
  { keepHours }: MailerOptions,
  {
    line,
    sent,
    transport,
  }: { readonly line: MessageLine; readonly sent: Sent; readonly transport: MailTransport },
): Promise<void> {
  const settlement: Settlement = {
    state: sent.outcome,
    ...("reason" in sent ? { reason: sent.reason } : {}),
    transport: transport.name,
  };
  try {
    await ports.unitOfWork.transaction((unit) => settleMessage(unit, ports, { line, settlement, keepHours }));
  } catch (error) {
    // Somebody who listens failed. The next try tells them again; it sends nothing again.
    if (sent.outcome === "accepted")
      await ports.unitOfWork.transaction((unit) => noteHandedOver(unit, line, transport.name));
    throw error;
  }
}

/** Writes why it waits; after the last try, that it was given up. True where it is to be tried again. */
async function writeFailure(
  ports: DeliverPorts,
  { keepHours }: MailerOptions,
  { controller, id, attempt }: Delivery,
  error: unknown,
): Promise<boolean> {
  const reason = reasonOf(error);
  return ports.unitOfWork.transaction(async (unit) => {
    const found = await lockMessage(unit, controller, id);
    if (found === undefined || found.line.state !== "queued") return true;
    const { line } = found;
    if (attempt < TRIES || line.transport !== undefined) {
      await noteAttempt(unit, line, { attempts: attempt, reason });
      return true;
    }
    await settleMessage(unit, ports, { line, settlement: { state: "dead", reason }, keepHours });
    ports.log.error("mailer.givenUp", { message: id, reason });
    return false;
  });
}

/** A code, or the server's number: never its words. */
function reasonOf(error: unknown): string {
  if (!isFault(error)) return error instanceof Error ? error.name.slice(0, 64) : "UNKNOWN";
  const { place } = error;
  return error.code === "MAIL_DEFERRED" && place !== undefined ? place.slice(0, 64) : error.code;
}
