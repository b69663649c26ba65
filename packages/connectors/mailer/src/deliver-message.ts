/**
 * Messages leave: the gate is asked, the text is made, the transport takes it, and the end is written. Making ready and writing ends
 * is done for many in one unit. Between the transport's yes and its being written a process may die: then the message leaves again, under
 * the same Message-ID and key, and its line says so (`NO_ANSWER`). @clause DC, D4.1
 */
import type { AgreementsInForce } from "@preau/agreement";
import {
  type ControllerId,
  type Gate,
  type Ids,
  isFault,
  type Log,
  type MessageId,
  NotYet,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { fault } from "./errors.ts";
import { gather } from "./gather.ts";
import type { MessageLine, Settlement } from "./message-line.ts";
import type { MailerOptions } from "./options.ts";
import { makePlaces } from "./places.ts";
import type { Post } from "./post.ts";
import { type Readiness, type Ready, type ReadyPorts, readyMessages } from "./ready-messages.ts";
import { renderMessage } from "./render-message.ts";
import { type ForgetJobs, type SettlePorts, settleMessage, settleMessages } from "./settle-message.ts";
import { noteWaiting, unmarkLeaving } from "./store/leaving-messages.ts";
import { lockMessage, noteAttempt, noteHandedOver } from "./store/messages.ts";
import { suppressReturned } from "./suppress-returned.ts";
import type { MailTransport, OutgoingMail, Sent } from "./transports/transport.ts";

export interface DeliverPorts extends SettlePorts {
  readonly agreements: AgreementsInForce;
  readonly gate: Gate;
  readonly ids: Ids;
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
/** Messages in one unit: few enough for a page that waits for the same database. */
const GROUP = 60;
/**
 * Milliseconds that ends wait for others while so many are in hand: a process that dies in them has sent what nobody wrote down. Fewer
 * wait for nobody.
 */
const LINGER_MS = 40;
const CROWD = 20;
/** Milliseconds after which the gate's yes is too old for a message that waited for a place. */
const STALE_MS = 20_000;

interface Delivery {
  readonly controller: ControllerId;
  readonly id: MessageId;
  readonly attempt: number;
  readonly signal?: AbortSignal;
}

/** One try of one message. @throws MAIL_DEFERRED where it is to be tried again, NotYet where its moment has not come */
export type Deliver = (delivery: Delivery) => Promise<void>;

interface Left {
  readonly line: MessageLine;
  readonly settlement: Settlement;
}

/** The tries of one process: those of one moment share their transactions, and so many leave side by side. */
export function makeDeliver(ports: DeliverPorts, options: MailerOptions): Deliver {
  const forgetJobs: ForgetJobs = new Set();
  const readyPorts: ReadyPorts = { ...ports, forgetJobs };
  const { keepHours } = options;
  let inHand = 0;
  // One in the pipe of each connection, and one behind it.
  const places = makePlaces(options.connections * 2);
  const makeReady = gather(
    (deliveries: readonly Delivery[]) =>
      ports.unitOfWork.transaction((unit) => readyMessages(unit, readyPorts, options, deliveries)),
    { most: GROUP, lingerMs: () => 0 },
  );
  const settle = gather(
    async (ended: readonly Left[]) => {
      await ports.unitOfWork.transaction((unit) => settleOne(unit, ended));
      return ended.map(() => undefined);
    },
    { most: GROUP, lingerMs: () => (inHand < CROWD ? 0 : LINGER_MS) },
  );
  const settleOne = async (unit: Unit, ended: readonly Left[]) => {
    const [one] = ended;
    if (one !== undefined && ended.length === 1) await settleMessage(unit, ports, { ...one, keepHours });
    else await settleMessages(unit, ports, { ended, keepHours, known: forgetJobs });
    for (const {
      line,
      settlement: { reason },
    } of ended)
      await suppressReturned(unit, ports, options.suppress, { line, reason });
  };

  /** Undefined where nothing is to be sent any more. */
  const send = async (delivery: Delivery, transport: MailTransport) => {
    let ready = sendable(await makeReady(delivery));
    if (ready === undefined) return undefined;
    try {
      const giveBack = await places.take(delivery.signal);
      try {
        if (ports.clock.monotonic() - ready.since > STALE_MS) {
          const stale = ready;
          await ports.unitOfWork.transaction((unit) => unmarkLeaving(unit, stale.line, stale.at));
          ready = sendable(await makeReady(delivery));
        }
        if (ready === undefined) return undefined;
        delivery.signal?.throwIfAborted();
        const sent = await transport.send(outgoing(ports, options, ready), ready.permit, delivery.signal);
        return { line: ready.line, sent };
      } finally {
        giveBack();
      }
    } catch (error) {
      if (ready !== undefined && !mayHaveLeft(error)) await forgetLeaving(ports, ready, error);
      throw error;
    }
  };

  return async (delivery) => {
    const { transport } = ports.post;
    if (transport === undefined) throw fault("MAIL_BAD_OPTIONS", { place: "plugins.mailer.transport" });
    inHand += 1;
    try {
      const left = await send(delivery, transport);
      if (left === undefined) return;
      const settlement = settlementOf(left.line, left.sent, transport);
      await settle({ line: left.line, settlement }).catch((error: unknown) =>
        handOver(ports, left.line, settlement, error),
      );
    } catch (error) {
      if (error instanceof NotYet || delivery.signal?.aborted === true) throw error;
      if (await writeFailure(ports, options, delivery, error)) throw error;
    } finally {
      inHand -= 1;
    }
  };
}

/** @throws NotYet */
function sendable(readiness: Readiness): Ready | undefined {
  if (readiness instanceof NotYet) throw readiness;
  return readiness;
}

function settlementOf({ leftAt }: MessageLine, sent: Sent, { name: transport }: MailTransport): Settlement {
  if (sent.outcome === "bounced") return { state: "bounced", reason: sent.reason, transport };
  const { providerId } = sent;
  return {
    ...{ state: "accepted", transport },
    ...(providerId === undefined ? {} : { providerId }),
    // An earlier try had no answer: there may be two of it, under one key.
    ...(leftAt === undefined ? {} : { reason: "NO_ANSWER" }),
  };
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
  const { categories } = part.flow;
  return {
    ...{ id, to: part.to, language, categories, sender: publisher, template: line.template },
    ...(line.providerId === undefined ? {} : { before: line.providerId }),
    ...rendered,
  };
}

/** Somebody who listens failed. The next try tells them again; it sends nothing again. */
async function handOver(
  { unitOfWork }: DeliverPorts,
  line: MessageLine,
  { state, transport, providerId }: Settlement,
  error: unknown,
): Promise<never> {
  if (state === "accepted" && transport !== undefined)
    await unitOfWork.transaction((unit) => noteHandedOver(unit, line, { transport, providerId }));
  throw error;
}

/** It has not left: the next try is no second one. */
async function forgetLeaving(
  { unitOfWork }: DeliverPorts,
  { line, at }: Ready,
  error: unknown,
): Promise<void> {
  await unitOfWork.transaction(async (unit) => {
    await unmarkLeaving(unit, line, at);
    if (error instanceof NotYet) await noteWaiting(unit, [line], "RATE_LIMITED");
  });
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
      await noteAttempt(unit, line, { attempts: attempt, reason, unanswered: line.leftAt !== undefined });
      return true;
    }
    await settleMessage(unit, ports, { line, settlement: { state: "dead", reason }, keepHours });
    ports.log.error("mailer.givenUp", { message: id, reason });
    return false;
  });
}

/** The server had all of it and said nothing: perhaps it arrived. */
function mayHaveLeft(error: unknown): boolean {
  return isFault(error, "MAIL_DEFERRED") && error.detail.log?.["unanswered"] === true;
}

/** A code, or the server's number: never its words. */
function reasonOf(error: unknown): string {
  if (!isFault(error)) return error instanceof Error ? error.name.slice(0, 64) : "UNKNOWN";
  const { place } = error;
  return error.code === "MAIL_DEFERRED" && place !== undefined ? place.slice(0, 64) : error.code;
}
