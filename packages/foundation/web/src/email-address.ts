/** An e-mail address as a name to sign in with: one spelling of it, whatever the keyboard. */

const MOST = 254;
/** Not RFC 5322: what people have, without spaces, quotes and control characters. */
const SHAPE = /^[^\s@"<>(),:;[\]\\]+@[^\s@"<>(),:;[\]\\]+\.[^\s@"<>(),:;[\]\\.]+$/u;

/** The address in its one spelling; undefined for what is none. */
export function readEmail(text: string): string | undefined {
  const spelled = spellEmail(text);
  const clean = !/\p{C}/u.test(spelled);
  return clean && spelled.length <= MOST && SHAPE.test(spelled) ? spelled : undefined;
}

/** The one spelling, also of what is no address: an attempt with it is an attempt. */
export function spellEmail(text: string): string {
  return text
    .slice(0, 4 * MOST)
    .normalize("NFKC")
    .trim()
    .toLowerCase();
}

const MOST_NAME = 120;

/** A person's name: one line, no control character; undefined for what is none. */
export function readName(text: string): string | undefined {
  const name = text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
  return name !== "" && name.length <= MOST_NAME && !/[\p{C}<>]/u.test(name) ? name : undefined;
}
