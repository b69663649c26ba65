/** The mailer's jobs: one message leaves; texts of messages that have ended are destroyed. */
import { addHours, type Job, type JobDefinition, type MessageId } from "@preau/kernel";
import { type DeliverPorts, makeDeliver, TRIES } from "../deliver-message.ts";
import { fault } from "../errors.ts";
import { DELIVER } from "../make-mailer.ts";
import type { MailerOptions } from "../options.ts";
import { FORGET } from "../settle-message.ts";
import { destroyTexts } from "../store/ended-messages.ts";

/** Messages in hand: groups of them share a transaction, and few of them leave at one time. */
const SIDE_BY_SIDE = 200;

/** Without a transport nobody takes `mailer.deliver`: messages wait in the queue until a process has one. */
export function mailJobs(ports: DeliverPorts, options: MailerOptions): readonly JobDefinition[] {
  const forget: JobDefinition = {
    name: FORGET,
    handler: async ({ controller }) => {
      const until = addHours(ports.clock.now(), -options.keepHours);
      const gone = await ports.unitOfWork.transaction((unit) => destroyTexts(unit, controller, until));
      if (gone > 0) ports.log.info("mailer.textsDestroyed", { messages: gone });
    },
    attempts: 50,
  };
  if (ports.post.transport === undefined) return [forget];
  const deliver = makeDeliver(ports, options);
  const leave: JobDefinition = {
    name: DELIVER,
    handler: (job, { attempt, signal }) =>
      deliver({ controller: job.controller, id: messageIn(job), attempt, signal }),
    attempts: TRIES,
    sideBySide: SIDE_BY_SIDE,
  };
  return [forget, leave];
}

/** @throws MAIL_NO_MESSAGE */
function messageIn({ payload }: Job): MessageId {
  const id = payload["message"];
  if (typeof id !== "string") throw fault("MAIL_NO_MESSAGE");
  return id as MessageId;
}
