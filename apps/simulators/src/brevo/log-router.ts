/**
 *   GET    /smtp/emails                one of email, messageId, templateId; the past 30 days, or a month that is given
 *   GET    /smtp/emails/{uuid}         with the preview
 *   GET    /smtp/statistics/events
 *   DELETE /smtp/log/{identifier}      of a message id 204, of an address a process; done a day or two later
 *   GET    /processes/{id}
 */
import { Router } from "express";
import type { LoggedEvent, Mail, Recipient } from "./account-state.ts";
import { ApiError } from "./api-error.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { eventNames, isOfStatistics, statisticsNames } from "./event-names.ts";
import { isoOf } from "./iso-time.ts";
import { isEmail } from "./read-addresses.ts";
import { countOf, daysOf, pageOf, type Query, textOf } from "./read-query.ts";
import { loggedRecipients } from "./transactional-log.ts";

const DAY = 86_400_000;
const MONTH = 31 * DAY;
const USUAL_PERIOD = 30 * DAY; // where no days are given, whatever is asked by
const MOST_DAYS = 90;
const USUAL_DAYS = 30;
const MESSAGE_ID = /^<[^<>\s]+@[^<>\s]+>$/;

export function logRouter(account: BrevoAccount): Router {
  const { state, agenda, defects } = account;
  const router = Router();

  router.get("/smtp/emails", (request, response) => {
    const query: Query = request.query;
    const [email, messageId] = [textOf(query, "email"), textOf(query, "messageId")];
    const template = countOf(query, "templateId");
    if (email === undefined && messageId === undefined && template === undefined)
      throw new ApiError("missing_parameter", "Either email, messageId or templateId is required");
    const days = daysOf(query);
    if ((days.until ?? 0) - (days.from ?? 0) > MONTH)
      throw new ApiError("invalid_parameter", "The period is longer than one month");
    const from = days.from ?? agenda.now() - USUAL_PERIOD;
    const found =
      template === undefined ? loggedRecipients(state, { email, messageId, from, until: days.until }) : [];
    const page = pageOf(query, found, { usual: 500, most: 1_000 });
    response.json({ count: found.length, transactionalEmails: page.map(line) });
  });

  router.get("/smtp/emails/:uuid", (request, response) => {
    const recipient = state.recipients.get(request.params.uuid);
    if (recipient === undefined) throw new ApiError("document_not_found", "Email not found");
    const mail = mailOf(recipient);
    const kept = defects.get("no-previews") === 0;
    response.json({
      email: recipient.email,
      subject: mail.subject,
      date: isoOf(recipient.at),
      events: recipient.events.map(({ name, at }) => ({
        name: eventNames[name].statistics,
        time: isoOf(at),
      })),
      body: kept ? (mail.htmlContent ?? mail.textContent ?? "") : "",
      attachmentCount: mail.attachments.length,
    });
  });

  router.get("/smtp/statistics/events", (request, response) => {
    const query: Query = request.query;
    const [name, tags] = [textOf(query, "event"), tagsOf(query)];
    if (name !== undefined && !statisticsNames.has(name))
      throw new ApiError("invalid_parameter", "event is not valid");
    const { from, until } = reportDays(query);
    const [email, messageId] = [textOf(query, "email"), textOf(query, "messageId")];
    const events = loggedRecipients(state, { email, messageId })
      .filter((recipient) => tags.every((tag) => mailOf(recipient).tags.includes(tag)))
      .flatMap((recipient) => recipient.events.map((event) => ({ recipient, event })))
      .filter(({ event: { at } }) => at >= from && at <= until)
      .filter(({ event }) => name === undefined || isOfStatistics(event.name, name))
      .sort((one, other) => one.event.at - other.event.at);
    const page =
      countOf(query, "templateId") === undefined ? pageOf(query, events, { usual: 2_500, most: 5_000 }) : [];
    response.json(page.length === 0 ? {} : { events: page.map(report) }); // no list at all where there is nothing
  });

  router.delete("/smtp/log/:identifier", (request, response) => {
    const { identifier } = request.params;
    const days = daysOf(request.query, { from: "from_date", until: "to_date" });
    if (MESSAGE_ID.test(identifier)) {
      if (loggedRecipients(state, { messageId: identifier }).length === 0)
        throw new ApiError("document_not_found", "Transactional log not found");
      account.deleteLogs({ identifier, ...days });
      response.status(204).end();
      return;
    }
    if (!isEmail(identifier)) throw new ApiError("invalid_parameter", "identifier is not valid");
    response.json({ process_id: account.deleteLogs({ identifier, ...days }) });
  });

  router.get("/processes/:id", (request, response) => {
    const process = state.processes.get(Number(request.params.id));
    if (process === undefined) throw new ApiError("document_not_found", "Process not found");
    const { id, name, status } = process;
    response.json({ id, name, status });
  });

  return router;

  function mailOf({ messageId }: Recipient): Mail {
    const mail = state.mails.get(messageId);
    if (mail === undefined) throw new ApiError("document_not_found", "Email not found");
    return mail;
  }

  function line(recipient: Recipient) {
    const { subject, sender, tags } = mailOf(recipient);
    const { email, messageId, uuid, at } = recipient;
    return { email, subject, messageId, uuid, date: isoOf(at), from: sender.email, tags };
  }

  function report({ recipient, event }: { recipient: Recipient; event: LoggedEvent }) {
    const { subject, sender, tags } = mailOf(recipient);
    return {
      email: recipient.email,
      date: isoOf(event.at),
      subject,
      messageId: recipient.messageId,
      event: eventNames[event.name].statistics,
      ...(event.reason === undefined ? {} : { reason: event.reason }),
      ...(tags[0] === undefined ? {} : { tag: tags[0] }),
      from: sender.email,
    };
  }

  /** Days back, today included, or two dates: not both. */
  function reportDays(query: Query): { readonly from: number; readonly until: number } {
    const days = countOf(query, "days");
    const { from, until } = daysOf(query);
    if (days !== undefined && from !== undefined)
      throw new ApiError("invalid_parameter", "days is not compatible with startDate and endDate");
    if (days === 0 || (days ?? 0) > MOST_DAYS) throw new ApiError("out_of_range", "days is not valid");
    const today = Math.floor(agenda.now() / DAY) * DAY;
    return { from: from ?? today - ((days ?? USUAL_DAYS) - 1) * DAY, until: until ?? agenda.now() };
  }
}

function tagsOf(query: Query): readonly string[] {
  const text = textOf(query, "tags");
  if (text === undefined) return [];
  try {
    const tags: unknown = JSON.parse(text);
    if (Array.isArray(tags)) return tags.map(String);
  } catch {
    // A plain word is taken as one tag.
  }
  return [text];
}
