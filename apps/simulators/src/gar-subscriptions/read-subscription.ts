/**
 * Bodies that clients send. Elements in the order of the service's schema, each once but for those that repeat, none
 * empty, none unknown; one namespace. The order is that of every client that was read, and of the service's own lists.
 *
 *   abonnement = idAbonnement commentaireAbonnement? … publicCible+ codeProjetRessource?
 *   filtres    = filtre* triPar? tri?      filtre = filtreNom filtreValeur
 */
import { DOMParser, type Element, onErrorStopParsing } from "@xmldom/xmldom";
import { refuse } from "./service-error.ts";

export const SUBSCRIPTION_NAMESPACE = "http://www.atosworldline.com/wsabonnement/v1.0/";

/** Name, longest text in characters, and whether it repeats. */
export const subscriptionFields = [
  { name: "idAbonnement", longest: 45 },
  { name: "commentaireAbonnement", longest: 255 },
  { name: "idDistributeurCom", longest: 26 },
  { name: "idRessource", longest: 1_024 },
  { name: "typeIdRessource", longest: 50 },
  { name: "libelleRessource", longest: 255 },
  { name: "debutValidite", longest: 45 },
  { name: "finValidite", longest: 45 },
  { name: "anneeFinValidite", longest: 45 },
  { name: "uaiEtab", longest: 45, repeats: true },
  { name: "codeNatureUAI", longest: 255 },
  { name: "categorieAffectation", longest: 45 },
  { name: "typeAffectation", longest: 45 },
  { name: "nbLicenceEnseignant", longest: 10 },
  { name: "nbLicenceEleve", longest: 10 },
  { name: "nbLicenceProfDoc", longest: 10 },
  { name: "nbLicenceAutrePersonnel", longest: 10 },
  { name: "nbLicenceGlobale", longest: 10 },
  { name: "publicCible", longest: 45, repeats: true },
  { name: "codeProjetRessource", longest: 50 },
] as const;
export type FieldName = (typeof subscriptionFields)[number]["name"];

/** The texts of each field that is there. */
export type Fields = Readonly<Partial<Record<FieldName, readonly string[]>>>;

/** @throws ServiceError 400 */
export function readSubscription(body: string): Fields {
  const found: Partial<Record<FieldName, string[]>> = {};
  let last = 0;
  for (const { name, text } of childrenOf(rootOf(body, "abonnement"))) {
    const at = subscriptionFields.findIndex((each) => each.name === name);
    const field = subscriptionFields[at];
    if (field === undefined) return refuse("SCHEMA", `element inconnu : ${name}`);
    if (at < last) refuse("SCHEMA", `l'element ${name} n'est pas a sa place`);
    if (found[field.name] !== undefined && !("repeats" in field)) refuse("SCHEMA", `${name} est repete`);
    if (text === "" || Array.from(text).length > field.longest) {
      refuse("SCHEMA", `${name} est vide, ou depasse ${field.longest} caracteres`);
    }
    found[field.name] = [...(found[field.name] ?? []), text];
    last = at;
  }
  return found;
}

const FILTERS = [
  "idDistributeurCom",
  "uaiEtab",
  "idAbonnement",
  "typeAffectation",
  "categorieAffectation",
  "publicCible",
  "codeProjetRessource",
] as const satisfies readonly FieldName[];

export interface Filters {
  /** All must hold. */
  readonly equal: readonly (readonly [FieldName, string])[];
  readonly by: FieldName;
  readonly descending: boolean;
}

/** @param body empty: everything, in the order of the identifiers. @throws ServiceError 400 */
export function readFilters(body: string): Filters {
  const equal: (readonly [FieldName, string])[] = [];
  let by: FieldName = "idAbonnement";
  let descending = false;
  if (body.trim() === "") return { equal, by, descending };
  for (const { name, text, element } of childrenOf(rootOf(body, "filtres"))) {
    if (name === "filtre") equal.push(readFilter(element));
    else if (name === "triPar") by = fieldNamed(text);
    else if (name === "tri" && ["ASC", "DSC"].includes(text)) descending = text === "DSC";
    else refuse("SCHEMA", `element ou valeur inconnus : ${name}`);
  }
  return { equal, by, descending };
}

function readFilter(element: Element): readonly [FieldName, string] {
  const [first, second, ...others] = childrenOf(element);
  const name = FILTERS.find((each) => each === first?.text);
  if (first?.name !== "filtreNom" || second?.name !== "filtreValeur" || others.length > 0) {
    return refuse("SCHEMA", "filtre attend filtreNom et filtreValeur");
  }
  return name === undefined ? refuse("FILTRE", "filtreNom inconnu") : [name, second.text];
}

function fieldNamed(text: string): FieldName {
  return subscriptionFields.find(({ name }) => name === text)?.name ?? refuse("FILTRE", "triPar inconnu");
}

function rootOf(body: string, name: string): Element {
  if (/<!DOCTYPE/i.test(body)) refuse("XML", "un document XML sans DOCTYPE est attendu");
  let root: Element | null = null;
  try {
    root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(body, "text/xml").documentElement;
  } catch {
    refuse("XML", "le corps n'est pas un document XML bien forme");
  }
  if (root?.localName !== name || root.namespaceURI !== SUBSCRIPTION_NAMESPACE) {
    return refuse("SCHEMA", `la racine ${name} de ${SUBSCRIPTION_NAMESPACE} est attendue`);
  }
  return root;
}

/** Elements in their order, with their trimmed text. */
function childrenOf(parent: Element) {
  return Array.from(parent.childNodes)
    .filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
    .map((element) => {
      if (element.namespaceURI !== SUBSCRIPTION_NAMESPACE) refuse("SCHEMA", "un autre espace de noms");
      return { element, name: element.localName ?? "", text: (element.textContent ?? "").trim() };
    });
}
