/** The mailer over the hub's database: a message is queued with the change that it belongs to. @clause DC */
import { inUnit } from "@preau/database";
import {
  type Clock,
  type ControllerId,
  type Ids,
  isFault,
  type Job,
  type Jobs,
  type Mailer,
  type Message,
  type MessageId,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { fault } from "./errors.ts";
import { recipientMark } from "./recipient-mark.ts";
import { controllerScopeOf, scopeOf, sealedText, sealWith } from "./seal-message.ts";
import { insertMessages, messageOfKey, type NewMessage, statementRows } from "./store/messages.ts";

export interface MakeMailerOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly vault: KeyStore;
}

export interface DatabaseMailer extends Mailer {
  sendMany(unit: Unit, messages: readonly Message[]): Promise<readonly MessageId[]>;
}

/** The job that lets one message out. */
export const DELIVER = "mailer.deliver";
const DEFAULT_PRIORITY = 100;
const KEY = /^[\x21-\x7e]{1,191}$/;

type Prepared = Omit<NewMessage, "sealed" | "recipient"> & {
  readonly text: Buffer;
  readonly address: string;
  readonly flow: Message["flow"];
};

/**
 * A queue in the caller's unit. Address, variables and flow are sealed before they rest; the gate is asked when the message
 * leaves. Towards DC.
 */
export function makeMailer({ clock, ids, jobs, vault }: MakeMailerOptions): DatabaseMailer {
  /** Copied before anything waits: what the caller does to its object meanwhile changes nothing. */
  const prepare = (message: Message): Prepared => {
    const { template, language, flow, key, priority = DEFAULT_PRIORITY } = message;
    if (!KEY.test(key)) throw fault("MAIL_BAD", { place: "key" });
    return {
      id: ids.next("msg"),
      ...{ template, language, flow: { ...flow }, key, priority },
      controller: flow.controller,
      ...(flow.subject === undefined ? {} : { subject: flow.subject }),
      queuedAt: clock.now(),
      text: sealedText(message),
      address: message.to.address,
    };
  };

  const seal = (messages: readonly Prepared[]): Promise<readonly NewMessage[]> => {
    const scopes = messages.flatMap(({ flow }) => [scopeOf(flow), controllerScopeOf(flow)]);
    return vault.withKeys(scopes, (keyOf) =>
      messages.map(({ text, address, flow, ...rest }) => {
        const key = keyOf(controllerScopeOf(flow));
        return {
          ...rest,
          sealed: sealWith(keyOf, scopeOf(flow), text, rest.id),
          recipient: key && recipientMark(key, address),
        };
      }),
    );
  };

  const jobOf = ({ controller, id, priority }: NewMessage): Job => ({
    ...{ name: DELIVER, controller, payload: { message: id }, key: id, priority },
  });

  const queueOne = async (unit: Unit, message: NewMessage): Promise<MessageId> => {
    try {
      await insertMessages(unit, [message]);
    } catch (error) {
      if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
      const twin = await messageOfKey(unit, message.controller, message.key);
      if (twin === undefined) throw error;
      return twin;
    }
    await jobs.enqueue(unit, jobOf(message));
    return message.id;
  };

  /** In one statement; one by one where one of the keys stands already: a statement that meets it writes nothing. */
  const queueSome = async (unit: Unit, messages: readonly NewMessage[]): Promise<readonly MessageId[]> => {
    try {
      await insertMessages(unit, messages);
    } catch (error) {
      if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
      const queued: MessageId[] = [];
      for (const message of messages) queued.push(await queueOne(unit, message));
      return queued;
    }
    if (jobs.enqueueMany !== undefined) await jobs.enqueueMany(unit, messages.map(jobOf));
    else for (const message of messages) await jobs.enqueue(unit, jobOf(message));
    return messages.map(({ id }) => id);
  };

  const sendMany = async (unit: Unit, messages: readonly Message[]): Promise<readonly MessageId[]> => {
    inUnit(unit); // a unit that has ended makes no key
    const fresh = new Map<string, Prepared>();
    for (const message of messages) {
      const name = nameOf(message.flow.controller, message.key);
      if (!fresh.has(name)) fresh.set(name, prepare(message));
    }
    const made = new Map<string, MessageId>();
    const prepared = [...fresh.values()];
    for (let at = 0; at < prepared.length; at += statementRows) {
      const sealed = await seal(prepared.slice(at, at + statementRows));
      const queued = await queueSome(unit, sealed);
      for (const [index, { controller, key }] of sealed.entries())
        made.set(nameOf(controller, key), queued[index] as MessageId);
    }
    return messages.map(({ flow, key }) => made.get(nameOf(flow.controller, key)) as MessageId);
  };

  return {
    sendMany,
    send: async (unit, message) => {
      const [id] = await sendMany(unit, [message]);
      if (id === undefined) throw new TypeError("no message was given");
      return id;
    },
  };
}

function nameOf(controller: ControllerId, key: string): string {
  return `${controller} ${key}`;
}
