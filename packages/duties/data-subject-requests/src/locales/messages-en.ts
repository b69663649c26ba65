import type { MessageTexts } from "./messages-fr.ts";

export const messagesEn: MessageTexts = {
  number: "Number",
  receivedAt: "Reached us",
  dueAt: "Your time to answer ends",
  forwardDueAt: "To be passed on before",
  relaySubject: "A person exercises their rights over data that you are responsible for",
  relay:
    "Good day. A person wrote to us to exercise their rights over data that we process for you. The request is yours; here it is, behind this link.",
  relayLink: "Open the request",
  relayOnce:
    "The link opens once, and opening it is receiving the request. After that it is read from your account. If it was opened already, or is over, ask us for a new one.",
  weDoNotAnswer:
    "We do not answer the person in your place. If you want us to act, give us your instruction on the request’s page.",
  reportSubject: "Data that you are responsible for seems inaccurate",
  report:
    "Good day. We learnt that data that we process for you is inaccurate or outdated. The agreement between us wants us to tell you without delay. The details are behind this link.",
  reportLink: "Read the report",
  reminderSubject: "A request waits for your answer",
  reminder: "Good day. A request that we passed on to you is not closed, and your time is running out.",
  reminderLink: "See the request",
  escalationSubject: "A request has not been passed on yet",
  escalation: "A data subject’s request has not been passed on to its controller yet, and time runs out.",
  escalationLink: "See the request",
  causes: {
    bounced:
      "The message by which a request was passed on has come back. The request is open again, and its time still runs.",
    notAccepted:
      "The message by which a request was to be passed on could not leave. Time runs: hand it over by hand, or mend what keeps it here.",
    noOfficer:
      "A request cannot be passed on by mail: nobody can be reached that way at its controller. Hand it over by hand, and write that down.",
  },
};
