/** The account at work: takes mails, lets what was due to happen happen, and tells the webhooks. */
import { randomInt, randomUUID } from "node:crypto";
import type { Clock } from "@preau/kernel";
import {
  type AccountState,
  type BlockReason,
  type LogDeletion,
  type LoggedEvent,
  type Mail,
  nextNumber,
  type Recipient,
} from "./account-state.ts";
import { type Agenda, makeAgenda, type Task } from "./agenda.ts";
import { ApiError } from "./api-error.ts";
import { webhookCalls } from "./call-webhooks.ts";
import type { BrevoFaults } from "./defects.ts";
import type { EventName } from "./event-names.ts";
import { onBlocklist, outcomeOf, type Step, senderUnknown } from "./outcomes.ts";
import type { MailRequest } from "./read-mail.ts";
import { deleteLogged } from "./transactional-log.ts";

const KEY_COUNTS = 30 * 60; // seconds
const LOG_DELETION_TAKES = 36 * 3_600; // seconds; "24 to 48 hours"

const BLOCKS: Readonly<Partial<Record<EventName, BlockReason>>> = {
  hardBounce: "hardBounce",
  spam: "contactFlaggedAsSpam",
  unsubscribed: "unsubscribedViaEmail",
  blocked: "adminBlocked",
};

export interface BrevoAccount {
  readonly state: AccountState;
  readonly agenda: Agenda;
  readonly defects: BrevoFaults;
  /** Message ids, in the order of the versions. @throws ApiError */
  take(request: MailRequest): readonly string[];
  /** The process that will do it. */
  deleteLogs(deletion: Pick<LogDeletion, "identifier"> & Partial<LogDeletion>): number;
  stop(): Promise<void>;
}

export interface BrevoAccountOptions {
  readonly state: AccountState;
  readonly clock: Clock;
  /** Seconds that pass for each real one. */
  readonly speed: number;
  readonly defects: BrevoFaults;
}

export function brevoAccount({ state, clock, speed, defects }: BrevoAccountOptions): BrevoAccount {
  const agenda = makeAgenda({ clock, speed, perform: (task) => perform(task) });
  const calls = webhookCalls(state, () => agenda, defects);

  return {
    state,
    agenda,
    defects,
    take: (request) => {
      refuseRepeated(request.idempotencyKey);
      return request.mails.map((content) => {
        const { scheduledAt, batchId } = request;
        const mail: Mail = {
          ...content,
          messageId: newMessageId(agenda.now()),
          takenAt: agenda.now(),
          ...(scheduledAt === undefined ? {} : { scheduledAt }),
          ...(batchId === undefined ? {} : { batchId }),
          state: "queued",
        };
        if (request.sandbox) return mail.messageId;
        state.mails.set(mail.messageId, mail);
        if (scheduledAt === undefined) send(mail);
        else
          agenda.after((scheduledAt - agenda.now()) / 1_000, { kind: "release", messageId: mail.messageId });
        return mail.messageId;
      });
    },
    deleteLogs: ({ identifier, from = 0, until = agenda.now() }) => {
      const id = nextNumber(state);
      const logDeletion = { identifier, from, until: Math.min(until, agenda.now()) };
      state.processes.set(id, { id, name: "TRANSACTIONAL_LOG_DELETION", status: "queued", logDeletion });
      if (defects.get("log-deleted-at-once") > 0) deleteLog(id);
      else agenda.after(LOG_DELETION_TAKES, { kind: "deleteLog", process: id });
      return id;
    },
    stop: async () => {
      calls.stop();
      await agenda.stop();
    },
  };

  function perform(task: Task): void | Promise<void> {
    switch (task.kind) {
      case "event":
        happen(task);
        return;
      case "attempt":
        return calls.attempt(task.delivery);
      case "batch":
        calls.closeBatch(task.webhook);
        return;
      case "release": {
        const mail = state.mails.get(task.messageId);
        if (mail !== undefined) send(mail);
        return;
      }
      case "deleteLog":
        deleteLog(task.process);
    }
  }

  function deleteLog(id: number): void {
    const process = state.processes.get(id);
    if (process?.logDeletion === undefined || defects.get("log-kept") > 0) return;
    deleteLogged(state, process.logDeletion);
    process.status = "completed";
  }

  function refuseRepeated(key: string | undefined): void {
    if (key === undefined || defects.get("key-ignored") > 0) return;
    const now = agenda.now();
    if ((state.keys.get(key) ?? 0) > now) {
      const code = defects.get("duplicate-parameter") > 0 ? "duplicate_parameter" : "duplicate_request";
      throw new ApiError(code, "idempotencyKey was used already");
    }
    state.keys.set(key, now + KEY_COUNTS * 1_000);
  }

  function send(mail: Mail): void {
    mail.state = "processed";
    for (const { email } of [...mail.to, ...mail.cc, ...mail.bcc]) {
      const recipient: Recipient = {
        uuid: randomUUID(),
        messageId: mail.messageId,
        email,
        at: agenda.now(),
        events: [],
      };
      state.recipients.set(recipient.uuid, recipient);
      if (defects.get("contacts-from-mail") > 0) rememberContact(email);
      happen({ recipient: recipient.uuid, event: "request" });
      plan(recipient, stepsFor(email));
    }
  }

  function stepsFor(email: string): readonly Step[] {
    if (defects.get("sender-unknown") > 0) return senderUnknown;
    return state.blocked.has(email.toLowerCase()) ? onBlocklist : outcomeOf(email);
  }

  function plan({ uuid, email }: Recipient, steps: readonly Step[]): void {
    let wait = 0;
    for (const { after, event, reason } of steps) {
      wait += after;
      const quoted = reason === undefined ? {} : { reason: reason.replaceAll("{email}", email) };
      agenda.after(wait, { kind: "event", recipient: uuid, event, ...quoted });
    }
  }

  function happen(task: {
    readonly recipient: string;
    readonly event: EventName;
    readonly reason?: string;
  }): void {
    const recipient = state.recipients.get(task.recipient);
    const mail = state.mails.get(recipient?.messageId ?? "");
    if (recipient === undefined || mail === undefined) return; // deleted from the log meanwhile
    const at = agenda.now();
    const event: LoggedEvent = {
      name: task.event,
      at,
      ...(task.reason === undefined ? {} : { reason: task.reason }),
    };
    recipient.events.push(event);
    const reason = BLOCKS[task.event];
    const key = recipient.email.toLowerCase();
    if (reason !== undefined && !state.blocked.has(key)) {
      state.blocked.set(key, { email: recipient.email, senderEmail: mail.sender.email, reason, at });
    }
    calls.tell(mail, recipient, event);
  }

  function rememberContact(email: string): void {
    const known = [...state.contacts.values()].some((contact) => contact.email === email.toLowerCase());
    if (known) return;
    const [id, at] = [nextNumber(state), agenda.now()];
    state.contacts.set(id, {
      id,
      email: email.toLowerCase(),
      attributes: {},
      listIds: [],
      emailBlacklisted: false,
      smsBlacklisted: false,
      createdAt: at,
      modifiedAt: at,
    });
  }
}

function newMessageId(now: number): string {
  const minute = new Date(now).toISOString().slice(0, 16).replaceAll(/[-T:]/g, "");
  return `<${minute}.${randomInt(10 ** 10, 10 ** 11)}@smtp-relay.mailin.fr>`;
}
