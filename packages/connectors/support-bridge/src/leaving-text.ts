/**
 * What a desk is about to be told, as it will read it: a JSON body by its values, so that the escape before a name is no letter of the
 * name. What is no JSON is read as it stands. @clause DC
 */
import { textOf } from "@preau/identifiers";

/** One value a line. */
export function leavingText(bytes: Uint8Array): string {
  const text = textOf(bytes);
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    const said: string[] = [];
    collect(JSON.parse(text), said);
    return said.join("\n");
  } catch {
    return text;
  }
}

/** What a request is made of, and what of it is not somebody's to say. */
export interface LeavingParts {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly at: string;
  readonly own: readonly string[];
}

/** Words of the desks' own interfaces: names of members, of routes, of kinds. Who is called so is named by none of them. */
const WORDS = new Set([
  ...[
    "website",
    "conversation",
    "people",
    "profile",
    "message",
    "visitor",
    "type",
    "timestamp",
    "data",
    "id",
  ],
  ...[
    "installation",
    "author",
    "agent",
    "operator",
    "from",
    "origin",
    "urn:preau",
    "content",
    "text",
    "fingerprint",
  ],
  ...[
    "conversation.message.create",
    "conversation.read",
    "conversation.delete",
    "visitor.read",
    "visitor.delete",
  ],
]);
/** A reference, a moment, a number: one word, without what a sentence is made of. */
const OWN = /^[A-Za-z0-9_.:@-]{1,191}$/;

/**
 * What is to be searched of a request, value by value: without the address as it is configured, the words of the desk's interface, and
 * values that are nothing but a reference of its own. What only holds one of them is searched whole; a body that is no JSON is one value.
 */
export function leavingWords({ url, headers, body, at, own }: LeavingParts): readonly string[] {
  const known = new Set([...WORDS, ...own.filter((each) => OWN.test(each))]);
  const path = pathAfter(url, at);
  const said = [...path.split("/").map(decoded), url.search, url.hash, ...Object.entries(headers).flat()];
  if (body !== undefined) said.push(...valuesOf(body));
  return said.filter((each) => each !== "" && !known.has(each));
}

/** Without the configured address where the request stays under it; the whole of it elsewhere. */
function pathAfter(url: URL, at: string): string {
  const whole = `${url.origin}${url.pathname}`;
  if (!URL.canParse(at)) return whole;
  const { origin, pathname } = new URL(at);
  const base = `${origin}${pathname.replace(/\/$/, "")}`;
  return whole === base || whole.startsWith(`${base}/`) ? whole.slice(base.length) : whole;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function valuesOf(body: string): readonly string[] {
  try {
    const said: string[] = [];
    collect(JSON.parse(body), said);
    return said;
  } catch {
    return [body];
  }
}

/** Names of members too: whoever writes them wrote them. */
function collect(value: unknown, said: string[]): void {
  if (typeof value !== "object" || value === null) said.push(String(value));
  else
    for (const [name, member] of Object.entries(value)) {
      if (!Array.isArray(value)) said.push(name);
      collect(member, said);
    }
}
