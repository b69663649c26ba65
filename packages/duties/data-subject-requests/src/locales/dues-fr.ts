export const dueTitlesFr = {
  assign: "Dire à qui revient un message",
  unknown: "Un message nomme un établissement inconnu",
  forward: "Transmettre une demande",
  again: "Transmettre de nouveau une demande revenue",
  tell: "Signaler des données inexactes",
  answer: "Répondre à une demande",
} as const;
