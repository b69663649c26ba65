/**
 * Makes other documents of an honest one: elements moved, doubled, renamed, wrapped, exchanged for those of other documents;
 * attributes and texts changed; markup within text; bytes flipped, cut and repeated. A few changes leave the document as it
 * was in another spelling, so that some are accepted.
 */
import { elementsIn, readTree, type TreeElement, writeTree } from "./xml-tree.ts";

export interface Mutator {
  /** A number from 0 to below the limit. */
  readonly below: (limit: number) => number;
  readonly oneOf: <T>(list: readonly T[]) => T;
  /** Elements of documents that an attacker has: of other answers, forged, signed by a stranger. */
  readonly foreign: readonly TreeElement[];
  /** Texts and attribute values that an attacker would like to see. */
  readonly words: readonly string[];
}

type TreeChange = (root: TreeElement, by: Mutator) => void;
type TextChange = (xml: string, by: Mutator) => string;

/** @param chance numbers in [0, 1) */
export function makeMutator(
  chance: () => number,
  foreign: readonly TreeElement[],
  words: readonly string[],
): Mutator {
  const below = (limit: number) => Math.floor(chance() * limit);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return { below, oneOf, words, foreign };
}

/** What is longer is not read at all, and its connection may be cut. */
const MOST_CHARACTERS = 70_000;

/** One to three changes; in one of five documents the last is of bytes. */
export function mutate(xml: string, by: Mutator): string {
  const times = by.oneOf([1, 1, 1, 2, 2, 3]);
  const tree = readTree(xml);
  const ofBytes = by.below(5) === 0;
  for (let n = ofBytes ? 1 : 0; n < times; n += 1) by.oneOf(treeChanges)(tree, by);
  const written = writeTree(tree);
  return (ofBytes ? by.oneOf(textChanges)(written, by) : written).slice(0, MOST_CHARACTERS);
}

const PREFIXES = ["saml:", "samlp:", "ds:", "xenc:", "x:", ""];
const ATTRIBUTES = [
  ...[' ID="_x"', ' Id="_x"', ' id="_x"', ' xml:id="_x"', ' xmlns="urn:x"', ' xmlns:saml="urn:x"'],
  ...[' xmlns:x="urn:x"', ' xmlns:x="relative"', ' xml:base="https://evil.example/"', ' Version="1.1"'],
  ...[' xsi:nil="true"', ' samlp:ID="_x"', ' Consent="urn:x"', ' Name="IDO"', ' FriendlyName="IDO"'],
  ...[' NotBefore="2020-01-01T00:00:00Z"', ' Format="urn:x"', ' Algorithm="urn:x"', ' Value="urn:x"'],
];
const MARKUP = [
  "<!-- -->",
  "<?x y?>",
  "<![CDATA[x]]>",
  "<x/>",
  "&#0;",
  "&#x41;",
  "&amp;",
  "&x;",
  "\u0000",
  " ",
  "\n",
];
const TAGS = [
  ...[
    "saml:Assertion",
    "samlp:Response",
    "saml:Advice",
    "saml:EncryptedAssertion",
    "samlp:Extensions",
    "Object",
    "Signature",
    "SignedInfo",
  ],
  ...[
    "saml:Subject",
    "saml:Attribute",
    "saml:AttributeValue",
    "samlp:StatusDetail",
    "saml:Issuer",
    "Reference",
  ],
];

const anyElement = (root: TreeElement, by: Mutator) => by.oneOf(elementsIn(root));
const parentOf = (root: TreeElement, element: TreeElement) =>
  elementsIn(root).find(({ children }) => children.includes(element));
const copy = (element: TreeElement): TreeElement => structuredClone(element);

/** Where a child may come in. */
function insert(parent: TreeElement, child: TreeElement | string, by: Mutator): void {
  parent.children.splice(by.below(parent.children.length + 1), 0, child);
}

function replace(root: TreeElement, element: TreeElement, ...others: (TreeElement | string)[]): void {
  const parent = parentOf(root, element);
  if (parent !== undefined) parent.children.splice(parent.children.indexOf(element), 1, ...others);
}

function changeText(root: TreeElement, by: Mutator, change: (text: string) => string): void {
  const holders = elementsIn(root).filter(({ children }) =>
    children.some((child) => typeof child === "string"),
  );
  const element = by.oneOf(holders);
  if (holders.length === 0) return;
  const at = element.children.findIndex((child) => typeof child === "string");
  element.children[at] = change(element.children[at] as string);
}

function changeAttribute(root: TreeElement, by: Mutator, change: (attribute: string) => string): void {
  const element = anyElement(root, by);
  if (element.attributes.length === 0) return;
  const at = by.below(element.attributes.length);
  element.attributes[at] = change(element.attributes[at] as string);
}

const splitAt = (text: string, by: Mutator, what: string) => {
  const at = by.below(text.length + 1);
  return text.slice(0, at) + what + text.slice(at);
};
const otherSign = (text: string, by: Mutator) => {
  const at = by.below(text.length);
  return (
    text.slice(0, at) + String.fromCharCode(33 + by.below(90)).replaceAll(/[<&]/g, "e") + text.slice(at + 1)
  );
};
const valued = (attribute: string, value: string) => attribute.replace(/="[^"]*"/, () => `="${value}"`);

/** Other spellings of the same: a few of these are enough, for each is accepted and costs the oracles' time. */
const respellings: readonly TreeChange[] = [
  (root, by) => void anyElement(root, by).attributes.reverse(),
  (root, by) => changeAttribute(root, by, (attribute) => attribute.replaceAll('"', "'")),
  (root, by) => changeAttribute(root, by, (attribute) => `\n ${attribute}`),
  (root, by) =>
    changeText(root, by, (text) => text.replace(/^[A-Za-z]/, (sign) => `&#${sign.charCodeAt(0)};`)),
  (root, by) => insert(root, "\n  ", by),
];

const treeChanges: readonly TreeChange[] = [
  // elements
  (root, by) => replace(root, anyElement(root, by)),
  (root, by) => {
    const element = anyElement(root, by);
    replace(root, element, element, copy(element));
  },
  (root, by) => {
    const element = anyElement(root, by);
    replace(root, element);
    insert(anyElement(root, by), copy(element), by);
  },
  (root, by) => insert(anyElement(root, by), copy(anyElement(root, by)), by),
  (root, by) => {
    const [one, other] = [anyElement(root, by), anyElement(root, by)];
    const [first, second] = [copy(one), copy(other)];
    replace(root, one, second);
    replace(root, other, first);
  },
  (root, by) => {
    const element = anyElement(root, by);
    element.name = by.oneOf(TAGS);
  },
  (root, by) => {
    const element = anyElement(root, by);
    element.name = by.oneOf(PREFIXES) + element.name.replace(/^.*:/, "");
  },
  (root, by) => {
    const element = anyElement(root, by);
    replace(root, element, { name: by.oneOf(TAGS), attributes: [], children: [copy(element)] });
  },
  (root, by) => {
    const element = anyElement(root, by);
    replace(root, element, ...element.children);
  },
  (root, by) => insert(anyElement(root, by), copy(by.oneOf(by.foreign)), by),
  (root, by) => replace(root, anyElement(root, by), copy(by.oneOf(by.foreign))),
  (root, by) => {
    const foreign = by.oneOf(by.foreign);
    const same = elementsIn(root).filter(({ name }) => name === foreign.name);
    if (same.length > 0) replace(root, by.oneOf(same), copy(foreign));
  },
  // text and attributes
  (root, by) => changeText(root, by, (text) => otherSign(text, by)),
  (root, by) => changeText(root, by, () => by.oneOf(by.words)),
  (root, by) => changeText(root, by, (text) => text.slice(0, by.below(text.length))),
  (root, by) => changeText(root, by, (text) => splitAt(text, by, by.oneOf(MARKUP))),
  (root, by) => insert(anyElement(root, by), by.oneOf(MARKUP), by),
  (root, by) => changeAttribute(root, by, (attribute) => otherSign(attribute, by)),
  (root, by) => changeAttribute(root, by, (attribute) => valued(attribute, by.oneOf(by.words))),
  (root, by) => changeAttribute(root, by, () => ""),
  (root, by) => changeAttribute(root, by, (attribute) => attribute + attribute),
  (root, by) => void anyElement(root, by).attributes.push(by.oneOf(ATTRIBUTES)),
  (root, by) => {
    const [one, other] = [anyElement(root, by), anyElement(root, by)];
    [one.attributes, other.attributes] = [other.attributes, one.attributes];
  },
  (root, by) => by.oneOf(respellings)(root, by),
];

const textChanges: readonly TextChange[] = [
  (xml, by) => otherSign(xml, by),
  (xml, by) => {
    const at = by.below(xml.length);
    return xml.slice(0, at) + xml.slice(at + 1 + by.below(8));
  },
  (xml, by) => splitAt(xml, by, by.oneOf([...MARKUP, "<", ">", "&", '"', "'", "]]>", "-->", "\uFEFF"])),
  (xml, by) => {
    const at = by.below(xml.length);
    return splitAt(xml, by, xml.slice(at, at + by.below(400)));
  },
  (xml, by) => xml.slice(0, by.below(xml.length)),
  (xml, by) => xml + xml.slice(by.below(xml.length)),
  (xml, by) =>
    by.oneOf(["\uFEFF", " ", "\n", '<?xml version="1.0"?>', "<!DOCTYPE x>", "<!-- -->", "x"]) + xml,
  (xml, by) =>
    xml.replaceAll(by.oneOf(["saml:", "samlp:", "SAML:2.0", "Assertion", "ID="]), () =>
      by.oneOf(["x:", "SAML:1.0", "Id=", "Response"]),
    ),
];
