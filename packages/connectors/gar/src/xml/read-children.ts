import { refuse } from "../refusal.ts";
import { isBlank, type XmlElement } from "./parse-strict-xml.ts";

/** Reads the children of an element in the order of its schema; whatever is left over is refused. */
export interface ChildReader {
  one(namespace: string, name: string): XmlElement;
  optional(namespace: string, name: string): XmlElement | undefined;
  many(namespace: string, name: string): readonly XmlElement[];
  /** @throws GAR_SIGN_IN_REFUSED when a child was not read, or there is text instead */
  end(): void;
}

/** @throws GAR_SIGN_IN_REFUSED where a child is missing, is another one, or comes too often */
export function readChildren(parent: XmlElement): ChildReader {
  let next = 0;
  const optional = (namespace: string, name: string) => {
    const child = parent.children[next];
    if (child?.namespace !== namespace || child.name !== name) return undefined;
    next += 1;
    return child;
  };
  return {
    optional,
    one: (namespace, name) => optional(namespace, name) ?? refuse("unknownShape"),
    many: (namespace, name) => {
      const found: XmlElement[] = [];
      for (let child = optional(namespace, name); child !== undefined; child = optional(namespace, name)) {
        found.push(child);
      }
      return found;
    },
    end: () => {
      if (next !== parent.children.length || (next === 0 && !isBlank(parent.text))) refuse("unknownShape");
    },
  };
}

/**
 * An element has these attributes and no others: `x:ID` beside `ID` is one that a reader of local names takes for it.
 * @throws GAR_SIGN_IN_REFUSED
 */
export function onlyAttributes(element: XmlElement, ...names: readonly string[]): void {
  for (const name of element.attributes.keys()) if (!names.includes(name)) refuse("unknownShape");
}

/** The text of an element without children, without XML's space around it. @throws GAR_SIGN_IN_REFUSED when it has children */
export function textOf(element: XmlElement): string {
  if (element.children.length > 0) refuse("unknownShape");
  return element.text.replaceAll(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
}
