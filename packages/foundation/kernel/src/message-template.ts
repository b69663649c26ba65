/**
 * A message as the plugin that sends it declares it: its subject without personal data, its text out of typed variables. The
 * mailer makes text and HTML of it. @clause DC
 */
import type { Json } from "./json.ts";
import type { Bilingual, Language } from "./language.ts";

/** A paragraph, a link alone on its line (a path of the hub, or a whole address), or facts in two columns. */
export type MessagePart =
  | string
  | { readonly link: string; readonly label: string }
  | { readonly facts: readonly (readonly [label: string, value: string])[] };

export interface MessageTemplate {
  /** `plugin.template`. */
  readonly name: string;
  /** Why it is sent. */
  readonly clause: string;
  /** The same for everybody. */
  readonly subject: Bilingual;
  /** Pure. What a variable lacks is an error of the caller's, and throws. */
  readonly compose: (variables: Readonly<Record<string, Json>>, language: Language) => readonly MessagePart[];
  /** Variables to show what it looks like. */
  readonly example: Readonly<Record<string, Json>>;
}
