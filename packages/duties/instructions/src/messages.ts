/** The messages of the duty: a subject that names nobody, one sentence, a link. What it is about is read behind the link. */
import type { Json, MessageTemplate } from "@preau/kernel";
import { noticeCategories } from "./notice.ts";
import { textsOf } from "./texts.ts";

function text(variables: Readonly<Record<string, Json>>, name: string): string {
  const value = variables[name];
  if (typeof value !== "string") throw new TypeError(`the message lacks ${name}`);
  return value;
}

export const flagged: MessageTemplate = {
  name: "instructions.flagged",
  clause: "D6.2a",
  subject: {
    en: "An instruction that seems to break the law",
    fr: "Une instruction qui paraît contraire au droit",
  },
  compose: (variables, language) => {
    const words = textsOf(language);
    return [
      words.mailFlagged,
      { facts: [[words.instruction, text(variables, "instruction")]] },
      { link: text(variables, "link"), label: words.mailFlaggedLink },
      words.mailNoReply,
    ];
  },
  example: { link: "/instructions/flagged/example", instruction: "ins_01kat2v6m0x3w8r5n9c4f7h1q2" },
};

export const observationAsked: MessageTemplate = {
  name: "instructions.observationAsked",
  clause: "S14",
  subject: {
    en: "A request to observe practices waits for your answer",
    fr: "Une demande d’observation des pratiques attend votre réponse",
  },
  compose: (variables, language) => {
    const words = textsOf(language);
    return [
      words.mailObservation,
      { link: text(variables, "link"), label: words.mailObservationLink },
      words.mailNoReply,
    ];
  },
  example: { link: "/instructions/observations/answer/example" },
};

export const noticed: MessageTemplate = {
  name: "instructions.noticed",
  clause: "D6.1d",
  subject: {
    en: "Information on compliance to be acknowledged",
    fr: "Une information sur la conformité attend votre accusé de réception",
  },
  compose: (variables, language) => {
    const words = textsOf(language);
    const category = noticeCategories.find((each) => each === variables["category"]) ?? "other";
    return [
      words.mailNotice,
      { facts: [[words.category, words.noticeCategories[category]]] },
      { link: text(variables, "link"), label: words.mailNoticeLink },
      words.mailNoReply,
    ];
  },
  example: { link: "/notices/acknowledge/example", category: "compliance" },
};

export const messages = [flagged, noticed, observationAsked] as const;
