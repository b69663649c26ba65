export const dueTitlesEn = {
  assign: "Say whose a message is",
  unknown: "A message names a school that nobody knows",
  forward: "Pass a request on",
  again: "Pass a request on again: it came back",
  tell: "Report inaccurate data",
  answer: "Answer a request",
} as const;
