/** The words of the desk: of its lists, and of every state. */
import { caseEn } from "./case-en.ts";
import type { RequestTexts } from "./fr.ts";

type DeskWords =
  | "states"
  | "inquiryStates"
  | "channels"
  | "identities"
  | "authorities"
  | "outcomes"
  | "reasons"
  | "relayStates"
  | "desk"
  | "entry";

const words: Pick<RequestTexts, DeskWords> = {
  states: {
    open: "To be passed on",
    overdue: "To be passed on, late",
    forwarded: "Passed on",
    received: "Opened by the controller",
    inProgress: "With the controller",
    closed: "Closed",
  },
  inquiryStates: {
    new: "To be read",
    unknownController: "Unknown school",
    assigned: "Requests opened",
    noRequest: "Not a request",
    closed: "Closed",
  },
  channels: { page: "Page of the site", api: "Software of the school", mail: "Mail", support: "Support" },
  identities: {
    signedIn: "known: the person was signed in",
    unverified: "for the controller to check",
    asked: "asked for by the controller",
    verified: "verified by the controller",
    failed: "not established",
  },
  authorities: {
    self: "for themselves",
    guardianStated: "says to be the parent or guardian, to be checked",
    guardianVerified: "parent or guardian, verified",
    unstated: "not said",
  },
  outcomes: {
    answered: "The controller answered",
    executed: "Done here, on the controller’s instruction",
    refused: "Refused by the controller",
    withdrawn: "Taken back by the person",
  },
  reasons: {
    need_user_verification: "identity to be verified",
    suspected_fraud: "suspected fraud",
    insuf_verification: "identity not established",
    no_match: "person not found",
    claim_not_covered: "right that does not apply here",
    outside_jurisdiction: "outside the scope of the law",
    too_many_requests: "excessive requests",
    other: "another reason",
  },
  relayStates: {
    queued: "leaving",
    accepted: "taken by the mail server",
    handed: "handed over by hand",
    opened: "opened",
    bounced: "came back",
    refused: "kept here: the agreement does not allow it",
    superseded: "replaced by a newer link",
  },
  desk: {
    title: "Data subjects’ requests",
    lead: "What people ask about their data. The publisher passes it on within the time of the agreement, does not answer itself, and acts on a written instruction of the controller alone.",
    leadController:
      "What people of your school ask about their data. You answer: the publisher passes the requests on to you, and does what you order.",
    overdue: (count, said) =>
      count < 2 ? "One request was not passed on in time" : `${said} requests were not passed on in time`,
    overdueMore: "The alarm stands in the journal. Pass on now, by link or by hand.",
    overdueMoreController: "The publisher should have passed it on to you. The alarm stands in the journal.",
    enter: "Write down a request that came another way",
    requests: "Requests",
    views: "Where requests stand",
    viewNames: { toForward: "To be passed on", withController: "With the controller", closed: "Closed" },
    empties: {
      toForward: "Nothing waits to be passed on.",
      withController: "No request is with a controller.",
      closed: "No request is closed.",
    },
    request: "Request",
    matter: "Right",
    anyMatter: "All",
    filter: "Filter",
    controller: "Controller",
    state: "State",
    received: "Received",
    forwardBy: "To be passed on",
    answerBy: "The controller’s answer",
    closedAt: "Closed",
    bounced: "The link came back",
    textHeld: "text held back, the facts are passed on",
    inquiries: "Messages to read",
    inquiriesLead:
      "A person says whose each message is, and what is asked in it. The time runs since its receipt.",
    inquiriesWaiting: (count, said) =>
      count === 0 ? "Messages" : count === 1 ? "One message waits" : `${said} messages wait`,
    inquiriesEmpty: "No message waits.",
    message: "Message",
    asked: "What seems to be asked",
    pages: "Pages",
    previous: "Previous page",
    next: "Next page",
  },
  entry: {
    title: "Write down a request",
    lead: "A request that came by telephone, letter, mail or through support. Its time runs since it reached us, not since you write it down.",
    channel: "It came",
    channels: { support: "through support", mail: "by mail or letter" },
    day: "Day of receipt",
    time: "Time of receipt",
    timeHint: "Optional, like 14:05. Without it, the time runs since the beginning of the day.",
    momentError: "This is no day or time, or that moment has not come yet.",
    send: "Write down",
    done: "Request written down",
    doneMore: "It waits to be read by the publisher’s data protection officer.",
    read: "Read the message, and say whose it is",
  },
};

export const deskEn = { ...words, ...caseEn };
