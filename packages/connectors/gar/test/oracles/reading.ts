/** What a service provider reads in a response that it accepts. Two that agree read the same. */
import { parseStrictXml, type XmlElement } from "../../src/xml/parse-strict-xml.ts";

export interface Reading {
  readonly nameId: string | undefined;
  /** By name, in the order of their names. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** The assertion that it verified, in one spelling, without its signature. */
  readonly signedPart: string;
}

interface Asked {
  /** In base64. */
  readonly document: string;
  /** ID of the request that is pending. */
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Another service provider: what it reads in a document, or undefined where it refuses it. */
export interface Oracle {
  readonly name: string;
  readonly read: (asked: Asked) => Promise<Reading | undefined>;
  readonly close: () => Promise<void>;
}

export interface Parties {
  /** Entity id of the identity provider, and its certificate (PEM). */
  readonly issuer: string;
  readonly certificate: string;
  /** Our entity id, and the address of our consumer. */
  readonly audience: string;
  readonly consumer: string;
  /** Our private key, which opens what is encrypted for us, and its certificate (PEM). */
  readonly ownKey: string;
  readonly ownCertificate: string;
}

export function sortedAttributes(
  attributes: Iterable<readonly [string, readonly string[]]>,
): Reading["attributes"] {
  return Object.fromEntries([...attributes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One spelling of an assertion: names with their namespaces, attributes in order, no Signature, no prefixes. */
export function oneSpelling(assertion: string): string {
  const caps = { characters: 1e6, elements: 5_000, depth: 50 };
  const most = { attributes: 20_000, attributesOfElement: 1_000, namespaces: 1_000 };
  return JSON.stringify(spelt(parseStrictXml(assertion, { ...caps, ...most })));
}

function spelt({ namespace, name, attributes, children, text }: XmlElement): unknown {
  const kept = children.filter((child) => child.name !== "Signature");
  return [namespace, name, [...attributes].sort(), kept.length === 0 ? text : kept.map(spelt)];
}
