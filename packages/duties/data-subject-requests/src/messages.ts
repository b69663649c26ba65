/** What is written to officers: a link and the number of the case. Nothing about the person, and nothing of what was written. */
import type { Json, Language, MessagePart, MessageTemplate } from "@preau/kernel";
import { messagesEn } from "./locales/messages-en.ts";
import { type MessageTexts, messagesFr } from "./locales/messages-fr.ts";

export const REQUEST_RELAY = "data-subject-requests.relay";
export const REPORT_RELAY = "data-subject-requests.inaccuracy";
export const REMINDER = "data-subject-requests.reminder";
export const ESCALATION = "data-subject-requests.escalation";

type Variables = Readonly<Record<string, Json>>;

const TEXTS: Readonly<Record<Language, MessageTexts>> = { en: messagesEn, fr: messagesFr };

function given(variables: Variables, name: string): string {
  const value = variables[name];
  if (typeof value !== "string") throw new TypeError(`the message lacks ${name}`);
  return value;
}

function optional(variables: Variables, name: string): string | undefined {
  const value = variables[name];
  return typeof value === "string" ? value : undefined;
}

const REQUEST = "rqs_01kat2v6m0x3w8r5n9c4f7h1q2";
const REPORT = "inx_01kat2v6m0x3w8r5n9c4f7h1q2";
const TOKEN = "A".repeat(43);

const requestRelay: MessageTemplate = {
  name: REQUEST_RELAY,
  clause: "D10.1b",
  subject: { en: messagesEn.relaySubject, fr: messagesFr.relaySubject },
  compose: (variables, language): readonly MessagePart[] => {
    const words = TEXTS[language];
    const receivedAt = optional(variables, "receivedAt");
    const dueAt = optional(variables, "dueAt");
    return [
      words.relay,
      { link: given(variables, "link"), label: words.relayLink },
      words.relayOnce,
      {
        facts: [
          [words.number, given(variables, "thing")],
          ...(receivedAt === undefined ? [] : [[words.receivedAt, receivedAt] as const]),
          ...(dueAt === undefined ? [] : [[words.dueAt, dueAt] as const]),
        ],
      },
      words.weDoNotAnswer,
    ];
  },
  example: {
    ...{ link: `/requests/relay/${TOKEN}`, thing: REQUEST },
    ...{ receivedAt: "lundi 23 novembre 2026 à 9 h 15", dueAt: "mercredi 23 décembre 2026 à 9 h 15" },
  },
};

const reportRelay: MessageTemplate = {
  name: REPORT_RELAY,
  clause: "D10.3b",
  subject: { en: messagesEn.reportSubject, fr: messagesFr.reportSubject },
  compose: (variables, language): readonly MessagePart[] => {
    const words = TEXTS[language];
    return [
      words.report,
      { link: given(variables, "link"), label: words.reportLink },
      words.relayOnce,
      { facts: [[words.number, given(variables, "thing")]] },
    ];
  },
  example: { link: `/requests/relay/${TOKEN}`, thing: REPORT },
};

const reminder: MessageTemplate = {
  name: REMINDER,
  clause: "D10.1c",
  subject: { en: messagesEn.reminderSubject, fr: messagesFr.reminderSubject },
  compose: (variables, language): readonly MessagePart[] => {
    const words = TEXTS[language];
    return [
      words.reminder,
      {
        facts: [
          [words.number, given(variables, "thing")],
          [words.dueAt, given(variables, "dueAt")],
        ],
      },
      { link: given(variables, "link"), label: words.reminderLink },
      words.weDoNotAnswer,
    ];
  },
  example: {
    ...{ link: `/requests/${REQUEST}`, thing: REQUEST },
    dueAt: "mercredi 23 décembre 2026 à 9 h 15",
  },
};

const escalation: MessageTemplate = {
  name: ESCALATION,
  clause: "D10.1b",
  subject: { en: messagesEn.escalationSubject, fr: messagesFr.escalationSubject },
  compose: (variables, language): readonly MessagePart[] => {
    const words = TEXTS[language];
    const request = given(variables, "request");
    const cause = given(variables, "cause");
    return [
      words.causes[cause] ?? words.escalation,
      {
        facts: [
          [words.number, request],
          [words.forwardDueAt, given(variables, "dueAt")],
        ],
      },
      { link: `/requests/${request}`, label: words.escalationLink },
    ];
  },
  example: { request: REQUEST, dueAt: "mercredi 25 novembre 2026 à 9 h 15", cause: "time", level: 1 },
};

export const deskMessages = [requestRelay, reportRelay, reminder, escalation] as const;
