/**
 * A message out of its template: text for every reader, HTML for those who show it, and the words around it: who writes,
 * under which clause. Nothing is fetched by it, and its subject is the same for everybody. @clause DC
 */
import type { Json, Language, MessagePart, MessageTemplate } from "@preau/kernel";
import { fault } from "./errors.ts";
import { htmlOf } from "./render-html.ts";
import { textOf } from "./render-text.ts";
import { messageWordsOf } from "./texts.ts";

export interface Rendering {
  readonly template: MessageTemplate;
  readonly variables: Readonly<Record<string, Json>>;
  readonly language: Language;
  /** Name of the publisher, as the agreement has it. */
  readonly publisher: string;
  /** Where the hub's paths are found. */
  readonly publicUrl: string;
}

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message with whole links, and the words around it. */
export interface Composed {
  readonly language: Language;
  readonly subject: string;
  readonly parts: readonly MessagePart[];
  readonly footer: readonly string[];
}

/** @throws MAIL_BAD for a link that is none; what the template throws where a variable is missing */
export function renderMessage(rendering: Rendering): Rendered {
  const { template, variables, language, publisher, publicUrl } = rendering;
  const words = messageWordsOf(language);
  const composed: Composed = {
    language,
    subject: oneLine(template.subject[language]),
    parts: template.compose(variables, language).map((part) => withWholeLink(part, publicUrl)),
    footer: [words.writes(publisher, template.clause), words.automatic],
  };
  return { subject: composed.subject, text: textOf(composed), html: htmlOf(composed) };
}

function withWholeLink(part: MessagePart, publicUrl: string): MessagePart {
  if (typeof part === "string" || !("link" in part)) return part;
  return { ...part, link: wholeLink(part.link, publicUrl) };
}

/** A path of the hub, or a whole address over HTTP: nothing that would run. */
function wholeLink(link: string, publicUrl: string): string {
  const isPath = /^\/(?![/\\])/.test(link);
  const whole = isPath ? `${publicUrl}${link}` : link;
  if (/[\s\p{C}<>"\\^`{|}]/u.test(whole) || !/^https?:\/\/[^/]/i.test(whole) || !URL.canParse(whole))
    throw fault("MAIL_BAD", { place: "link" });
  return whole;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{C}\s]+/gu, (gap) => (/^[\u00a0\u202f]$/.test(gap) ? gap : " ")).trim();
}
