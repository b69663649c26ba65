/**
 * What a test asks of the simulator beside the API; none of it exists at Brevo, and no key is needed.
 *
 *   GET, DELETE /_mails     what was taken, with what became of it; forgets mails and calls
 *   GET /_deliveries        calls of webhooks, with their attempts
 *   POST /_advance          {"seconds":600}: the clock jumps; answers when all that came due is done
 */
import express, { Router } from "express";
import { z } from "zod";
import type { Mail, Recipient } from "./account-state.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { eventNames } from "./event-names.ts";
import { isoOf } from "./iso-time.ts";

const MOST_SECONDS = 90 * 86_400;
const advance = z.object({
  seconds: z.coerce.number().min(0).max(MOST_SECONDS),
  back: z.string().optional(),
});

export function controlRouter({ state, agenda }: BrevoAccount): Router {
  const router = Router();

  router.get("/_mails", (_request, response) => {
    const lines = new Map<string, Recipient[]>();
    for (const line of state.recipients.values()) {
      lines.set(line.messageId, [...(lines.get(line.messageId) ?? []), line]);
    }
    response.json({ mails: [...state.mails.values()].map((mail) => shown(mail, lines.get(mail.messageId))) });
  });

  router.delete("/_mails", (_request, response) => {
    const { mails, recipients, deliveries, batches, keys } = state;
    for (const each of [mails, recipients, deliveries, batches, keys]) each.clear();
    agenda.drop(({ kind }) => kind !== "deleteLog");
    response.status(204).end();
  });

  router.get("/_deliveries", (_request, response) => {
    const deliveries = [...state.deliveries.values()].map(({ attempts, ...rest }) => ({
      ...rest,
      attempts: attempts.map(({ at, ...answer }) => ({ at: isoOf(at), ...answer })),
    }));
    response.json({ deliveries });
  });

  const form = express.urlencoded({ extended: false, limit: "4kb" });
  router.post("/_advance", express.json({ limit: "4kb" }), form, async (request, response) => {
    const wanted = advance.safeParse(request.body ?? {});
    if (!wanted.success) {
      response.status(400).json({ message: `seconds: from 0 to ${MOST_SECONDS}` });
      return;
    }
    await agenda.advance(wanted.data.seconds);
    if (wanted.data.back === undefined) response.json({ now: isoOf(agenda.now()) });
    else response.redirect(303, "/");
  });

  return router;

  function shown(mail: Mail, recipients: readonly Recipient[] = []) {
    const { takenAt, scheduledAt, ...rest } = mail;
    return {
      ...rest,
      takenAt: isoOf(takenAt),
      ...(scheduledAt === undefined ? {} : { scheduledAt: isoOf(scheduledAt) }),
      recipients: recipients.map(({ uuid, email, events }) => ({
        uuid,
        email,
        events: events.map(({ name }) => eventNames[name].payload),
      })),
    };
  }
}
