/** A message that tests send: of a template of their own, to the ministry or a school. */
import type { ControllerId, Message, MessageTemplate } from "@preau/kernel";

export const relay: MessageTemplate = {
  name: "test.relay",
  clause: "D10.1b",
  subject: { fr: "Une demande vous est transmise", en: "A request is passed on to you" },
  compose: ({ path = "" }, language) => [
    language === "fr"
      ? "Une personne concernée a écrit à l’éditeur, qui ne lui répond pas\u202f: sa demande vous revient. Elle vous attend derrière ce lien, qui meurt dès qu’il a servi."
      : "A data subject wrote to the publisher, who does not answer: the request is yours. It waits behind this link, which dies once it is used.",
    {
      link: typeof path === "string" ? path : "",
      label: language === "fr" ? "Ouvrir la demande" : "Open the request",
    },
    {
      facts: [
        [language === "fr" ? "Reçue le" : "Received", "27/11/2026 09:12"],
        [language === "fr" ? "À traiter avant le" : "Due by", "27/12/2026"],
      ],
    },
  ],
  example: { path: "/desk/example" },
};

export function message(controller: ControllerId, key: string, change: Partial<Message> = {}): Message {
  return {
    ...{ template: relay.name, language: "fr", variables: { path: "/agreement" }, key },
    to: { name: "Solveig Amaury-Kern", address: "dpo@ministere.example" },
    flow: {
      ...{ controller, product: "_agreement", operation: "send", origin: "outsideGar", role: "officer" },
      ...{ categories: ["officerContact"], purpose: "correspondence", recipient: "mailer" },
    },
    ...change,
  };
}
