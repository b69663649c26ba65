/** The words of reports of inaccurate data (D10.3b). */
import type { RequestTexts } from "./fr.ts";

export const inaccuracyEn: Pick<RequestTexts, "inaccuracy"> = {
  inaccuracy: {
    title: "Inaccurate data",
    lead: "What the publisher learns to be inaccurate or outdated in a controller’s data is told to it without delay. The controller sees what must be done.",
    leadController:
      "What the publisher learnt to be inaccurate or outdated in your data. It is for you to see what must be done.",
    list: "Reports",
    empty: "No report.",
    report: "Report",
    place: "Where",
    controller: "Controller",
    learntAt: "Learnt",
    state: "State",
    states: {
      noted: "To be told to the controller",
      told: "Told to the controller",
      acknowledged: "Acknowledged by the controller",
    },
    new: "Report an inaccuracy",
    newLead:
      "You learnt that data is inaccurate or outdated: say where, and what is wrong. The controller is told at once.",
    chooseController: "Controller whose data it is",
    store: "Store",
    column: "Table and column",
    columnHint: "Like person.address. No value.",
    day: "Learnt on",
    time: "Time",
    subject: "Person",
    what: "What is wrong",
    whatHint: "Sealed, passed on to the controller alone, destroyed when it has acknowledged it.",
    continue: "Continue",
    send: "Report",
    acknowledge: "Confirm that I know of it",
    toldAt: "Told to the controller",
    openedAt: "Opened",
    acknowledgedAt: "Acknowledged",
    about: "Person",
    back: "Inaccurate data",
    byHand: "Write down that the controller knows of it",
  },
};
