/**
 * Exclusive Canonical XML 1.0 without comments (W3C, 18 July 2002) of an element of a strictly read tree, which has no
 * document type, comment, processing instruction or `xml:` default. It stands in front of the library, never in its place:
 * where the two differ a message is refused.
 */
import type { XmlAttribute, XmlElement } from "./parse-strict-xml.ts";

export interface CanonicalOptions {
  /** The one descendant that the enveloped-signature transform takes out. */
  readonly without?: XmlElement | undefined;
  /** PrefixList of InclusiveNamespaces: these are rendered where they come into scope; `""` is `#default`. */
  readonly inclusive?: ReadonlySet<string> | undefined;
  /** Namespaces in scope around the element, by prefix. */
  readonly inScope?: ReadonlyMap<string, string> | undefined;
  /** Spell it as a DOM serializes what it read in the canonical form: `<x/>`, and more escapes in values. */
  readonly serialized?: boolean | undefined;
}

type Namespaces = ReadonlyMap<string, string>;

/** The canonical form, as text. */
export function canonicalize(element: XmlElement, options: CanonicalOptions = {}): string {
  const parts: string[] = [];
  render(element, { inScope: options.inScope ?? new Map(), rendered: new Map() }, options, parts);
  return parts.join("");
}

interface Around {
  readonly inScope: Namespaces;
  /** By the nearest ancestors in the output. */
  readonly rendered: Namespaces;
}

function render(element: XmlElement, around: Around, options: CanonicalOptions, parts: string[]): void {
  const inScope =
    element.declared.size === 0 ? around.inScope : new Map([...around.inScope, ...element.declared]);
  const fresh = newNamespaces(element, inScope, around.rendered, options.inclusive);
  const rendered = fresh.length === 0 ? around.rendered : new Map([...around.rendered, ...fresh]);
  const name = qualified(element.prefix, element.name);
  const escape = options.serialized === true ? escapeSerialized : escapeValue;
  parts.push("<", name);
  for (const [prefix, uri] of fresh)
    parts.push(prefix === "" ? " xmlns" : ` xmlns:${prefix}`, '="', escape(uri), '"');
  for (const each of sorted(element.written))
    parts.push(" ", qualified(each.prefix, each.name), '="', escape(each.value), '"');
  const content =
    options.without === undefined ? element.content : element.content.filter(isKept(options.without));
  if (options.serialized === true && content.length === 0) {
    parts.push("/>");
    return;
  }
  parts.push(">");
  for (const each of content) {
    if (typeof each === "string") parts.push(escapeText(each));
    else render(each, { inScope, rendered }, options, parts);
  }
  parts.push("</", name, ">");
}

/** Visibly utilized namespaces, and those of the PrefixList, that no ancestor in the output has rendered so; by prefix. */
function newNamespaces(
  element: XmlElement,
  inScope: Namespaces,
  rendered: Namespaces,
  inclusive: ReadonlySet<string> | undefined,
): readonly (readonly [prefix: string, uri: string])[] {
  const used = new Map([[element.prefix, element.namespace]]);
  for (const { prefix, namespace } of element.written) if (prefix !== "") used.set(prefix, namespace);
  for (const prefix of inclusive ?? []) {
    const uri = inScope.get(prefix);
    if (uri !== undefined) used.set(prefix, uri);
  }
  used.delete("xml");
  const fresh = [...used].filter(([prefix, uri]) => (rendered.get(prefix) ?? "") !== uri);
  return fresh.length < 2 ? fresh : fresh.sort(([a], [b]) => compare(a, b));
}

/** By namespace, then by local name; those without prefix first. */
function sorted(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (attributes.length < 2) return attributes;
  return attributes.toSorted((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function qualified(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}:${name}`;
}

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

function escapeText(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (character) => ESCAPED[character] ?? character);
}

function escapeValue(text: string): string {
  return text.replaceAll(/[&<"\t\n\r]/g, (character) => ESCAPED[character] ?? character);
}

function escapeSerialized(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPED[character] ?? character);
}

function isKept(without: XmlElement) {
  return (each: string | XmlElement) => each !== without;
}
