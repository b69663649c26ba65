export const duesFr = {
  proposal: "Dire si un message à l’assistance demande l’exercice d’un droit",
  stuck: "Effacer à la main une conversation du service d’assistance",
} as const satisfies Record<keyof typeof import("./dues-en.ts").duesEn, string>;
