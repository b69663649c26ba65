/**
 * Messages whose turn has come are made ready together, in one unit: each is opened, held against the list of those not written
 * to and against the cap, and the gate is asked for each. What does not leave is written down here. @clause DC, D4.1
 */
import {
  addHours,
  type Clock,
  type ControllerId,
  type Flow,
  type Gate,
  type Instant,
  isFault,
  type MessageId,
  NotYet,
  type Permit,
  redeem,
  type Unit,
} from "@preau/kernel";
import type { KeyOf, KeyStore } from "@preau/keys";
import type { MessageLine, Settlement } from "./message-line.ts";
import type { MailerOptions } from "./options.ts";
import { nameOf, recipientCap } from "./recipient-cap.ts";
import { recipientMark } from "./recipient-mark.ts";
import { controllerScopeOf, openWith, type SealedPart, scopeOf } from "./seal-message.ts";
import { type ForgetJobs, type SettlePorts, settleMessages } from "./settle-message.ts";
import {
  lockMessages,
  type MessageName,
  markLeaving,
  noteWaiting,
  type Recipient,
  suppressedAmong,
  trafficTo,
} from "./store/leaving-messages.ts";
import { counts } from "./suppress-address.ts";
import { type SuppressionKind, suppressionReason } from "./suppression.ts";

export interface ReadyPorts extends SettlePorts {
  readonly clock: Clock;
  readonly gate: Gate;
  readonly vault: KeyStore;
  readonly forgetJobs: ForgetJobs;
}

/** It may leave now. */
export interface Ready {
  readonly line: MessageLine;
  readonly part: SealedPart;
  readonly permit: Permit;
  /** Since when it is leaving: by this moment it is known whether another has taken it up since. */
  readonly at: Instant;
  readonly since: number;
}

/** Undefined where there is nothing to send, which is written then. */
export type Readiness = Ready | NotYet | undefined;

interface Opened {
  readonly line: MessageLine;
  readonly part: SealedPart | undefined;
  readonly to: Recipient | undefined;
}

/** Their readiness, in their order. */
export async function readyMessages(
  unit: Unit,
  ports: ReadyPorts,
  options: Pick<MailerOptions, "capPerRecipient" | "keepHours" | "recipient" | "suppress">,
  names: readonly MessageName[],
): Promise<readonly Readiness[]> {
  const at = ports.clock.now();
  const since = ports.clock.monotonic();
  const ended: { readonly line: MessageLine; readonly settlement: Settlement }[] = [];
  const ready = new Map<MessageId, Ready>();
  const later = new Map<MessageId, NotYet>();

  const opened = await openQueued(unit, ports, names, ended);
  const recipients = oncePer(opened.flatMap(({ to }) => (to === undefined ? [] : [to])));
  const suppressed = await listedAs(unit, options.suppress, recipients, at);
  const traffic = options.capPerRecipient === 0 ? [] : await trafficTo(unit, recipients, addHours(at, -1));
  const cap = recipientCap(options.capPerRecipient, traffic, at);

  for (const { line, part, to } of opened) {
    if (part === undefined) {
      ended.push({ line, settlement: { state: "refused", reason: "ERASED", clause: "D12.2" } });
      continue;
    }
    const listed = to && suppressed.get(nameOf(to));
    if (listed !== undefined) {
      ended.push({ line, settlement: { state: "refused", reason: suppressionReason(listed) } });
      continue;
    }
    const wait = to && cap.wait(line, to);
    if (wait !== undefined) {
      later.set(line.id, new NotYet(wait));
      continue;
    }
    const permit = await permitOrRefusal(unit, ports.gate, part.flow, options.recipient);
    if ("state" in permit) ended.push({ line, settlement: permit });
    else ready.set(line.id, { line, part, permit, at, since });
  }

  await markLeaving(unit, namesOf(ready.values()), at);
  const waiting = opened.filter(({ line }) => later.has(line.id)).map(({ line }) => line);
  await noteWaiting(unit, waiting, "CAPPED");
  const { keepHours } = options;
  if (ended.length > 0) await settleMessages(unit, ports, { ended, keepHours, known: ports.forgetJobs });
  return names.map(({ id }) => ready.get(id) ?? later.get(id));
}

/** Those that wait for their turn and may be opened; whatever has left already ends here. */
async function openQueued(
  unit: Unit,
  { vault }: ReadyPorts,
  names: readonly MessageName[],
  ended: { readonly line: MessageLine; readonly settlement: Settlement }[],
): Promise<readonly Opened[]> {
  const found = await lockMessages(unit, names);
  const queued: { readonly line: MessageLine; readonly sealed: Buffer | null }[] = [];
  for (const { id } of names) {
    const each = found.get(id);
    if (each?.line.state !== "queued") continue;
    // It has left; what is missing is that somebody hears of it.
    if (each.line.transport !== undefined) ended.push({ line: each.line, settlement: { state: "accepted" } });
    else if (each.line.restrictedAt === undefined) queued.push(each);
  }
  const scopes = queued.flatMap(({ line }) => [scopeOf(line), controllerScopeOf(line)]);
  const open = (keyOf: KeyOf): readonly Opened[] =>
    queued.map(({ line, sealed }) => {
      const part = sealed === null ? undefined : openWith(keyOf, line, sealed);
      return { line, part, to: part && recipientOf(keyOf, line.controller, part.to.address) };
    });
  return queued.length === 0 ? [] : vault.withKeys(scopes, open, { create: false });
}

function recipientOf(keyOf: KeyOf, controller: ControllerId, address: string): Recipient | undefined {
  const key = keyOf(controllerScopeOf({ controller }));
  const mark = key && recipientMark(key, address);
  return mark === undefined ? undefined : { controller, mark };
}

/** As what each of them is on the list of those not written to, by `nameOf`. */
async function listedAs(
  unit: Unit,
  rules: MailerOptions["suppress"],
  recipients: readonly Recipient[],
  now: Instant,
): Promise<ReadonlyMap<string, SuppressionKind>> {
  const listed = new Map<string, SuppressionKind>();
  for (const row of await suppressedAmong(unit, recipients, now)) {
    const kind = row.kind as SuppressionKind;
    const name = nameOf({ controller: row.controller as ControllerId, mark: row.recipient });
    if (!listed.has(name) && counts(rules, kind, row.strikes)) listed.set(name, kind);
  }
  return listed;
}

async function permitOrRefusal(
  unit: Unit,
  gate: Gate,
  flow: SealedPart["flow"],
  carrier: string,
): Promise<Permit | Settlement> {
  try {
    return await permitFor(unit, gate, flow, carrier);
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    const { log, clause } = error.detail;
    const reason = String(log?.["reason"] ?? "GATE_REFUSED").slice(0, 64);
    return { state: "refused", reason, ...(clause === undefined ? {} : { clause }) };
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

function namesOf(ready: Iterable<Ready>): readonly MessageName[] {
  return [...ready].map(({ line }) => line);
}

function oncePer(recipients: readonly Recipient[]): readonly Recipient[] {
  return [...new Map(recipients.map((each) => [nameOf(each), each])).values()];
}
