export const duesFr = {
  proposal: "Dire si un message à l’assistance demande l’exercice d’un droit",
  failed: "Lire au service d’assistance ce qui n’a pas pu être repris\u202f: un droit y est peut-être exercé",
  stuck: "Effacer à la main une conversation du service d’assistance",
} as const satisfies Record<keyof typeof import("./dues-en.ts").duesEn, string>;
