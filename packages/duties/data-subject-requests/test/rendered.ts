/** A mail as its template composes it, in both languages, without the words around it. */
import { deskMessages } from "../src/messages.ts";
import type { Posted } from "./desk-house.ts";

export function renderedForTest(mail: Posted | undefined): string {
  const template = deskMessages.find(({ name }) => name === mail?.template);
  if (mail === undefined || template === undefined) throw new TypeError("no such mail");
  return JSON.stringify([
    template.subject,
    ...(["fr", "en"] as const).map((each) => template.compose(mail.variables, each)),
  ]);
}
