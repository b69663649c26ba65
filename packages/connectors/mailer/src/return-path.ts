/** Where a message comes back to, and which message came back: its id stands in the address and in its Message-ID. */
import type { MessageId } from "@preau/kernel";

/** `msg_` and what `Ids` make of time and chance. */
const ID = "msg_[0-9a-hjkmnp-tv-z]{26}";

/** `mailbox+msg_…@domain`. */
export function returnPath(mailbox: string, id: MessageId): string {
  const at = mailbox.lastIndexOf("@");
  return `${mailbox.slice(0, at)}+${id}${mailbox.slice(at)}`;
}

/** The same at every try: whoever gets a message twice sees that it is one. */
export function messageIdOf(mailbox: string, id: MessageId): string {
  return `<${id}${mailbox.slice(mailbox.lastIndexOf("@"))}>`;
}

/** The message that a return path or a Message-ID of ours names, anywhere in a text; the first one. */
export function messageNamedIn(text: string): MessageId | undefined {
  const found = new RegExp(`(?<![0-9A-Za-z_])(${ID})@`, "i").exec(text)?.[1];
  return found?.toLowerCase() as MessageId | undefined;
}
