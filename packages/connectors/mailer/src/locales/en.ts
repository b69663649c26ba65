/** The words of this package: those of its pages, and those around every message. */
import type { MailTexts, MessageWords } from "./fr.ts";

export const en: MailTexts = {
  title: "Messages",
  lead: "The technical messages that the service sends: announcements, requests passed on, reminders. The agreement is asked when a message leaves; addresses and texts are sealed, then destroyed.",
  list: "Latest messages",
  empty: "No message yet.",
  message: "Message",
  unknownTemplate: "Unknown template",
  client: "Client",
  state: "State",
  states: {
    queued: "Waiting",
    accepted: "Sent",
    bounced: "Came back",
    refused: "Refused by the agreement",
    dead: "Given up",
  },
  queuedAt: "Asked for",
  settledAt: "Ended",
  reason: "Reason",
  clause: "Clause",
  attempts: "Tries",
  transport: "Way",
  transports: { smtp: "mail server", catcher: "none, the message is kept here" },
  purpose: "Under",
  key: "Reference",
  about: "Person concerned",
  to: "To",
  language: "Language",
  languages: { fr: "French", en: "English" },
  filter: "Show",
  filters: {
    all: "everything",
    queued: "waiting",
    accepted: "sent",
    bounced: "came back",
    refused: "refused",
    dead: "given up",
  },
  show: "Show",
  noTransport: "Nothing leaves: no transport is configured",
  noTransportMore:
    "Messages wait here and nothing is lost. Name a mail server in preau.yaml (plugins.mailer) and they will leave.",
  caught: "Kept here",
  catcher: "Nothing leaves this machine",
  catcherMore: "Every message that would leave can be read here, with its links.",
  trouble: (n) => (n === 1 ? "One message did not arrive" : `${n} messages did not arrive`),
  troubleMore:
    "A message that came back, or was given up after its tries, can be queued again as long as its text stands.",
  reasons: {
    BAD_ADDRESS: "the address is none",
    BY_HAND: "noted by a person",
    ERASED: "the person was erased",
    MAIL_NO_TEMPLATE: "its template is gone",
    ECONNECTION: "the server hung up",
    ETIMEDOUT: "the server does not answer",
    ESOCKET: "the server does not answer",
    EDNS: "the server is not found",
    EAUTH: "the server refuses our credentials",
    ETLS: "the connection cannot be encrypted",
  },
  server: (code) => `the server answered ${code}`,
  report: (code) => `report of return ${code}`,
  restricted: "The processing of this person’s data is restricted: the message waits.",
  destroyed: "Text and address have been destroyed; this line is left.",
  sealed: "Text and address are sealed: nobody reads them here. This is the template, with example values.",
  exampleTitle: "What such a message looks like",
  contentTitle: "What would leave",
  asHtml: "Layout",
  asText: "Text alone",
  frame: "The message as a mail program shows it",
  links: "Its links",
  returned: "This message came back",
  returnedHint:
    "To note where the notice of return arrives elsewhere: whoever waits for this message is told.",
  again: "Queue again",
  againHint: "The agreement is asked again when it leaves.",
  dueNone: (n) =>
    n === 1
      ? "One message waits: no transport is configured"
      : `${n} messages wait: no transport is configured`,
};

export const messageWords: MessageWords = {
  writes: (publisher, clause) =>
    `${publisher} writes to you under clause ${clause} of the data-processing agreement.`,
  automatic: "This message is sent automatically.",
};
