import type { PersonWords } from "./person-fr.ts";

/** The words of who asks for help. */
export const personEn: PersonWords = {
  title: "Support",
  lead: "A question about the product, something that does not work? Here is who helps you.",
  sent: "Your message has arrived",
  sentMore: "The answer will wait for you here. We ask for no address: come back when you like.",
  unread: (count) => (count === 1 ? "An answer waits for you" : `${count} answers wait for you`),
  unreadMore: "It stands below, first. It counts as read now.",
  deskTitle: "The support desk",
  deskLead:
    "You did not come through GAR: you may write to the support desk. It is a supplier of the publisher’s, named in the agreement with your school.",
  deskReaches: "What reaches it",
  deskReachesItems: [
    "what you write there, and what you give of yourself",
    "from us: nothing. Neither your name, nor your address, nor the page that you are on.",
  ],
  deskUnknown:
    "The link does not say who you are. You may be asked: say your school and what you do there, and name no pupil.",
  deskOpen: "Write to the support desk",
  deskNoLink: "The desk waits for you in the product: the chat icon, at the foot of its pages.",
  deskElsewhere: "Opens on another site.",
  formTitle: "Write to support",
  formLead:
    "What you write stays here, with the publisher: no service outside receives it. The answer will wait for you on this page, at your next sign-in.",
  formWhy: {
    OUTSIDE_GAR_ONLY: "You came through GAR: the outside support desk is not for you.",
    NO_DESK: "There is no outside support desk here.",
    other: "The outside support desk is not for you.",
  },
  text: "Your message",
  textHint:
    "Say what you were doing and what happened. Name nobody: names, addresses, numbers and birth dates are masked before anything is kept.",
  send: "Send",
  goOn: "Go on with the conversation",
  noneTitle: "Who helps you",
  noneLead:
    "The agreement with your school does not have the publisher receive your support requests. Ask your teacher or your school.",
  nobodyLead:
    "Your sign-in says neither the product nor your role. Sign in through your school again, or ask it.",
  rights: "Your rights over your data",
  rightsLead: "To see, correct or erase your data is asked elsewhere, and your school answers.",
  rightsLink: "Exercise a right",
  conversations: "What you have written",
  keptHint: "As it is kept: what told who is meant is masked.",
  you: "You",
  agent: "Support",
  isNew: "new",
  gone: "The text is erased.",
  held: "An answer waits: your school answers your request first.",
  removed: "Taken back.",
  closed: "Over. Write again if you need to: another conversation will begin.",
  files: (count) =>
    count === 1
      ? "A file that came with it was not kept."
      : `${count} files that came with it were not kept.`,
  right: "Passed on to your school as the exercise of a right.",
  rightFollow: "Follow my requests",
  rightOpen: "This looks like the exercise of a right: a person checks it, then your school answers.",
  refused: "Your message was not sent",
};
