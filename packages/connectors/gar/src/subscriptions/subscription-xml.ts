/**
 * Subscriptions on the wire: XML in one namespace, its elements in the order of the service's schema (see
 * `subscription.ts`). Written from a checked subscription; read strictly as XML, but with whatever values the service
 * holds: those that its own platform made break its rules (both ends, `ARK` in capitals).
 *
 *   abonnements = abonnement*
 *   filtres     = filtre* triPar? tri?        filtre = filtreNom filtreValeur
 *   error       = any element with Code and Message in it
 */

import { fault } from "../errors.ts";
import { parseStrictXml, StrictXmlError, type XmlElement } from "../xml/parse-strict-xml.ts";
import { audienceLicences, type Subscription } from "./subscription.ts";

const NAMESPACE = "http://www.atosworldline.com/wsabonnement/v1.0/";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The order of the schema. */
const order = [
  "idAbonnement",
  "commentaireAbonnement",
  "idDistributeurCom",
  "idRessource",
  "typeIdRessource",
  "libelleRessource",
  "debutValidite",
  "finValidite",
  "anneeFinValidite",
  "uaiEtab",
  "codeNatureUAI",
  "categorieAffectation",
  "typeAffectation",
  ...audienceLicences,
  "nbLicenceGlobale",
  "publicCible",
  "codeProjetRessource",
] as const satisfies readonly (keyof Subscription)[];

/** Fields that come more than once. */
const repeated = ["uaiEtab", "publicCible"] as const;
type Repeated = (typeof repeated)[number];

/** A subscription as the service holds it: texts, as received. */
export interface ListedSubscription
  extends Readonly<Partial<Record<Exclude<keyof Subscription, Repeated | "idAbonnement">, string>>> {
  readonly idAbonnement: string;
  readonly uaiEtab: readonly string[];
  readonly publicCible: readonly string[];
}

/** `filtreNom`: what a list can be narrowed by; the value must be equal. */
export const filterNames = [
  "idDistributeurCom",
  "uaiEtab",
  "idAbonnement",
  "typeAffectation",
  "categorieAffectation",
  "publicCible",
  "codeProjetRessource",
] as const;
export type SubscriptionFilters = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;

/** What the service says when it refuses. */
export interface ServiceError {
  readonly code: string | undefined;
  /** May name a school: for the person who asked, never for a log. */
  readonly message: string | undefined;
}

/** The body of a creation. */
export function writeSubscription(subscription: Subscription): string {
  return written(subscription, order);
}

/**
 * The body of an update: no schools, which an update cannot change.
 * @param started the `debutValidite` that the service holds, as it wrote it
 */
export function writeUpdate(subscription: Subscription, started: string): string {
  const changeable = order.filter((field) => field !== "uaiEtab");
  return written({ ...subscription, debutValidite: started }, changeable);
}

/** The body of a list, sorted by identifier. */
export function writeFilters(filters: SubscriptionFilters): string {
  const lines = filterNames.flatMap((name) => {
    const value = filters[name];
    const parts = value === undefined ? "" : element("filtreNom", name) + element("filtreValeur", value);
    return parts === "" ? [] : [`<filtre>${parts}</filtre>`];
  });
  return document("filtres", [...lines, element("triPar", "idAbonnement"), element("tri", "ASC")]);
}

/** A list of some thousand schools is some megabytes. */
const listCaps = {
  characters: 33_554_432,
  elements: 1_000_000,
  depth: 3,
  attributes: 100_000,
  attributesOfElement: 8,
  namespaces: 8,
};

/** @throws GAR_SUBSCRIPTION_ANSWER_UNREADABLE */
export function readSubscriptions(text: string): readonly ListedSubscription[] {
  const root = parsed(text);
  if (root.namespace !== NAMESPACE || root.name !== "abonnements")
    throw unreadable("no list of subscriptions");
  return root.children.map(readSubscription);
}

const errorCaps = {
  characters: 65_536,
  elements: 100,
  depth: 8,
  attributes: 100,
  attributesOfElement: 16,
  namespaces: 16,
};

/** What an error's body says; undefined when it is no XML with a Code or a Message in it. */
export function readServiceError(text: string): ServiceError | undefined {
  try {
    const root = parseStrictXml(text, errorCaps);
    const code = textNamed(root, "code");
    const message = textNamed(root, "message");
    return code === undefined && message === undefined ? undefined : { code, message };
  } catch {
    return undefined; // it need not be XML: a gateway answers in HTML
  }
}

function readSubscription(node: XmlElement): ListedSubscription {
  if (node.namespace !== NAMESPACE || node.name !== "abonnement") throw unreadable("no subscription");
  const texts = new Map<string, string[]>();
  for (const child of node.children) {
    if (child.namespace !== NAMESPACE || child.children.length > 0) throw unreadable("an unknown element");
    const values = texts.get(child.name) ?? [];
    if (values.push(child.text.trim()) === 1) texts.set(child.name, values);
  }
  const single = (name: string): string | undefined => {
    const [value, ...others] = texts.get(name) ?? [];
    if (others.length > 0) throw unreadable(`${name} comes twice`);
    return value === "" ? undefined : value;
  };
  const idAbonnement = single("idAbonnement");
  if (idAbonnement === undefined) throw unreadable("a subscription without identifier");
  const many = (name: Repeated) => (texts.get(name) ?? []).filter((value) => value !== "");
  const singles = order.flatMap((name) => {
    const value = (repeated as readonly string[]).includes(name) ? undefined : single(name);
    return value === undefined ? [] : [[name, value]];
  });
  const read = Object.fromEntries(singles) as Partial<ListedSubscription>;
  return { ...read, idAbonnement, uaiEtab: many("uaiEtab"), publicCible: many("publicCible") };
}

function parsed(text: string): XmlElement {
  try {
    return parseStrictXml(text, listCaps);
  } catch (cause) {
    throw unreadable(cause instanceof StrictXmlError ? cause.message : "not XML", cause);
  }
}

/** @param why words of ours, never of the answer */
function unreadable(why: string, cause?: unknown) {
  return fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place: why, cause });
}

function textNamed(node: XmlElement, name: string): string | undefined {
  if (node.name.toLowerCase() === name && node.children.length === 0) return node.text.trim() || undefined;
  for (const child of node.children) {
    const found = textNamed(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function written(subscription: Subscription, fields: readonly (typeof order)[number][]): string {
  const lines = fields.flatMap((name) => {
    const value = subscription[name];
    if (name === "codeNatureUAI" && Array.isArray(value)) return [element(name, value.join(","))];
    const values = value === undefined ? [] : [value].flat();
    return values.map((each) => element(name, String(each)));
  });
  return document("abonnement", lines);
}

function document(root: string, lines: readonly string[]): string {
  const body = lines.map((line) => `  ${line}\n`).join("");
  return `${DECLARATION}<${root} xmlns="${NAMESPACE}">\n${body}</${root}>\n`;
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A carriage return that is not escaped is read as a line feed (XML 1.0 §2.11). */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? "&#13;");
}
