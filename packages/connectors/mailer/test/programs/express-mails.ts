import { controllerId, type Message, type MessageTemplate } from "@preau/kernel";

export const invitation: MessageTemplate = {
  name: "app.invitation",
  clause: "DC",
  subject: { fr: "Votre espace est ouvert", en: "Your space is open" },
  compose: ({ link }, language) => [
    language === "fr" ? "Bienvenue." : "Welcome.",
    { link: typeof link === "string" ? link : "", label: language === "fr" ? "Ouvrir" : "Open" },
  ],
  example: { link: "https://app.marelle.example/" },
};

export function toOfficer(school: string): Message {
  return {
    template: invitation.name,
    language: "fr",
    to: { name: "Solveig Amaury-Kern", address: "dpo@acacias.example" },
    variables: { link: "https://app.marelle.example/" },
    flow: {
      ...{ controller: controllerId(school), product: "_agreement", operation: "send", origin: "outsideGar" },
      ...{
        role: "officer",
        categories: ["officerContact"],
        purpose: "correspondence",
        recipient: "controller",
      },
    },
    key: `invitation/${school}`,
  };
}
