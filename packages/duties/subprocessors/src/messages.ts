/** What is written to clients' officers. Nothing in it is about a data subject; the links in it die. @clause D8.2, D8.4 */
import type { Json, Language, MessagePart, MessageTemplate } from "@preau/kernel";
import { bad } from "./read-words.ts";
import { terminationText } from "./termination-text.ts";

export const NOTICE = "subprocessors.notice";
export const REMINDER = "subprocessors.reminder";
export const TAKEN_BACK = "subprocessors.takenBack";
export const OBJECTION_TAKEN_BACK = "subprocessors.objectionTakenBack";
export const LATE = "subprocessors.lateObjection";
export const TERMINATION = "subprocessors.termination";

/** Where the link of a notice leads; the page there is the web's. */
export function noticePath(token: string): string {
  return `/subprocessors/notice/${token}`;
}

export const RECEIVED = "subprocessors.received";

/** Where the link of an objection leads. */
export function objectionPath(token: string): string {
  return `/subprocessors/objection/${token}`;
}

type Variables = Readonly<Record<string, Json>>;

const EXAMPLE_FACTS = [
  ["Sous-traitant", "Nuage Exemple (12345678200010)"],
  ["Activité", "Hébergement de secours"],
];

const words = {
  fr: {
    hello: "Bonjour,",
    notice: [
      "L’accord de sous-traitance qui nous lie prévoit que tout changement parmi nos sous-traitants vous soit annoncé avant de prendre effet. Voici celui que nous prévoyons.",
      "Le délai pour vous opposer commence quand vous confirmez avoir reçu cette annonce. Tant que vous ne l’avez pas confirmé, rien ne s’ouvre\u202f: aucune donnée de votre établissement n’est confiée à ce sous-traitant dans ces conditions.",
    ],
    reminder: [
      "Nous vous avons annoncé un changement parmi nos sous-traitants, et personne n’a encore confirmé l’avoir reçu. Le délai d’opposition n’a donc pas commencé, et rien ne s’est ouvert pour vous.",
    ],
    press: "Lire l’annonce et confirmer sa réception",
    afterPress:
      "Ouvrir la page ne confirme rien\u202f; le bouton qui s’y trouve, si. La même page permet de vous opposer.",
    received: (name: string, receivedOn: string, lastDay: string) => [
      `La réception de notre annonce au sujet de ${name}, le ${receivedOn}, est inscrite. Vous pouvez vous opposer jusqu’au ${lastDay} inclus\u202f; d’ici là rien ne s’ouvre.`,
      "Si personne chez vous ne l’a reçue ce jour-là, dites-le-nous en réponse\u202f: nous corrigeons.",
    ],
    receivedOver: (name: string, receivedOn: string, lastDay: string) => [
      `Nous avons inscrit que vous aviez reçu le ${receivedOn} notre annonce au sujet de ${name}. Le délai pour vous opposer s’est achevé le ${lastDay}.`,
      "Si personne chez vous ne l’a reçue ce jour-là, dites-le-nous en réponse\u202f: nous corrigeons. Une opposition datée d’avant cette échéance compte toujours, même si elle nous parvient plus tard.",
    ],
    readNotice: "Voir l’annonce et ce qui est inscrit",
    objectionTakenBack: (name: string) => [
      `Nous avons inscrit que vous retirez votre opposition au sujet de ${name}, d’après un écrit de votre part. Si vous n’avez rien écrit de tel, dites-le-nous en réponse.`,
    ],
    object: "S’opposer",
    takenBack: (name: string) => [
      `Nous retirons le changement que nous vous avions annoncé au sujet de ${name}. Il n’aura pas lieu\u202f; vous n’avez rien à faire, et le lien que vous aviez reçu ne fonctionne plus.`,
    ],
    late: (datedAt: string, lastDay: string) => [
      `Nous avons bien reçu votre opposition. Elle est datée du ${datedAt}\u202f; le délai de l’accord s’achevait le ${lastDay}.`,
      "Elle est conservée et portée à la connaissance de notre délégué à la protection des données, mais elle ne ferme rien d’elle-même. Si vous avez envoyé un écrit dans le délai, répondez-nous en joignant sa date\u202f: elle compte, même arrivée plus tard.",
    ],
  },
  en: {
    hello: "Good day,",
    notice: [
      "The data-processing agreement between us says that any change among our subprocessors is announced to you before it takes effect. This is the one that we plan.",
      "The time in which you may object starts when you confirm that you received this announcement. Until then nothing opens: none of your institution’s data is given to this subprocessor on these terms.",
    ],
    reminder: [
      "We announced a change among our subprocessors to you, and nobody has confirmed its receipt yet. So the time to object has not begun, and nothing has opened for you.",
    ],
    press: "Read the announcement and confirm its receipt",
    afterPress: "Opening the page confirms nothing; the button on it does. On the same page you may object.",
    received: (name: string, receivedOn: string, lastDay: string) => [
      `Receipt of our announcement about ${name}, on ${receivedOn}, is recorded. You may object until ${lastDay}, that day included; nothing opens before.`,
      "If nobody of yours received it on that day, tell us by answering: we correct it.",
    ],
    receivedOver: (name: string, receivedOn: string, lastDay: string) => [
      `We recorded that you received our announcement about ${name} on ${receivedOn}. The time in which you could object ended on ${lastDay}.`,
      "If nobody of yours received it on that day, tell us by answering: we correct it. An objection dated before that end still counts, even though it arrives later.",
    ],
    readNotice: "See the announcement and what is recorded",
    objectionTakenBack: (name: string) => [
      `We recorded that you take back your objection about ${name}, after a writing of yours. If you wrote no such thing, tell us by answering.`,
    ],
    object: "Object",
    takenBack: (name: string) => [
      `We take back the change about ${name} that we announced to you. It will not happen; there is nothing for you to do, and the link that you received no longer works.`,
    ],
    late: (datedAt: string, lastDay: string) => [
      `We received your objection. It is dated ${datedAt}; the agreement’s time ended on ${lastDay}.`,
      "It is kept, and our data protection officer knows of it, but it shuts nothing by itself. If you sent a writing in time, answer us with its date: it counts even though it arrived later.",
    ],
  },
} as const;

export const messages: readonly MessageTemplate[] = [
  {
    name: NOTICE,
    clause: "D8.2",
    subject: {
      en: "A change among our subprocessors: please confirm receipt",
      fr: "Changement parmi nos sous-traitants\u202f: merci d’en confirmer la réception",
    },
    compose: (variables, language) => announcement(variables, language, words[language].notice),
    example: { path: noticePath("x".repeat(43)), facts: EXAMPLE_FACTS },
  },
  {
    name: REMINDER,
    clause: "D8.2",
    subject: {
      en: "Reminder: a change among our subprocessors awaits your confirmation",
      fr: "Rappel\u202f: un changement parmi nos sous-traitants attend votre confirmation",
    },
    compose: (variables, language) => announcement(variables, language, words[language].reminder),
    example: { path: noticePath("x".repeat(43)), facts: EXAMPLE_FACTS },
  },
  {
    name: RECEIVED,
    clause: "D8.3",
    subject: {
      en: "Receipt recorded: until when you may object",
      fr: "Réception inscrite\u202f: jusqu’à quand vous opposer",
    },
    compose: (variables, language) => {
      const said = words[language];
      const over = variables["over"] === true;
      const say = over ? said.receivedOver : said.received;
      return [
        said.hello,
        ...say(textIn(variables, "name"), textIn(variables, "receivedOn"), textIn(variables, "lastDay")),
        { link: textIn(variables, "path"), label: over ? said.readNotice : said.object },
      ];
    },
    example: {
      ...{ name: "Nuage Exemple", receivedOn: "27 mars 2026", lastDay: "8 avril 2026", over: false },
      path: objectionPath("x".repeat(43)),
    },
  },
  {
    name: OBJECTION_TAKEN_BACK,
    clause: "D8.3",
    subject: {
      en: "Your objection is recorded as taken back",
      fr: "Votre opposition est inscrite comme retirée",
    },
    compose: (variables, language) => [
      words[language].hello,
      ...words[language].objectionTakenBack(textIn(variables, "name")),
      { link: textIn(variables, "path"), label: words[language].readNotice },
    ],
    example: { name: "Nuage Exemple", path: "/subprocessors/notices/spn_x" },
  },
  {
    name: TAKEN_BACK,
    clause: "D8.2",
    subject: {
      en: "A change among our subprocessors is taken back",
      fr: "Un changement parmi nos sous-traitants est retiré",
    },
    compose: (variables, language) => [
      words[language].hello,
      ...words[language].takenBack(textIn(variables, "name")),
    ],
    example: { name: "Nuage Exemple" },
  },
  {
    name: LATE,
    clause: "D8.3",
    subject: {
      en: "Your objection reached us after the agreement’s time",
      fr: "Votre opposition est datée après le délai de l’accord",
    },
    compose: (variables, language) => [
      words[language].hello,
      ...words[language].late(textIn(variables, "datedOn"), textIn(variables, "lastDay")),
    ],
    example: { datedOn: "9 avril 2026", lastDay: "8 avril 2026" },
  },
  {
    name: TERMINATION,
    clause: "D8.4",
    subject: {
      en: "End of the contract after your objection",
      fr: "Fin du contrat à la suite de votre opposition",
    },
    compose: (variables, language) =>
      terminationText(
        {
          reference: textIn(variables, "reference"),
          name: textIn(variables, "name"),
          endsOn: textIn(variables, "endsOn"),
        },
        language,
      ),
    example: { reference: "C-2026-17", name: "Nuage Exemple", endsOn: "31 août 2026" },
  },
];

function announcement(
  variables: Variables,
  language: Language,
  paragraphs: readonly string[],
): readonly MessagePart[] {
  const { hello, press, afterPress } = words[language];
  return [
    hello,
    ...paragraphs,
    { facts: factsIn(variables) },
    { link: textIn(variables, "path"), label: press },
    afterPress,
  ];
}

/** @throws SUBPROCESSORS_BAD */
function textIn(variables: Variables, name: string): string {
  const value = variables[name];
  if (typeof value !== "string") throw bad(name);
  return value;
}

/** @throws SUBPROCESSORS_BAD */
function factsIn(variables: Variables): readonly (readonly [string, string])[] {
  const { facts } = variables;
  if (!Array.isArray(facts)) throw bad("facts");
  return facts.map((each: Json) => {
    const pair: readonly unknown[] = Array.isArray(each) ? each : [];
    const [label, value] = pair;
    if (typeof label !== "string" || typeof value !== "string") throw bad("facts");
    return [label, value];
  });
}
