/**
 * Attributes of a CAS answer under flat names. The GAR writes them side by side; ENT servers nest them and put values
 * into XML attributes. The name of a value is its path below `cas:attributes`:
 *
 *   <cas:UAI>0999999F</cas:UAI>                                       UAI
 *   <cas:schools><cas:school externalId="0999999F"/></cas:schools>    schools.school@externalId
 *   <cas:attribute name="sn">Durand</cas:attribute>                   sn
 *
 * `cas:attributes` and `cas:userAttributes` add nothing to a path, whether one is inside the other or missing. A name that ends
 * in `##` asks for attribute and text of one element as one pair of the GAR's grammar: `classes.classe@externalId##` reads
 * `<cas:classe externalId="c1$CM2">CM2</cas:classe>` as `c1$CM2##CM2`. Namespaced XML attributes are markup, not data.
 */
import type { ReceivedAttributes } from "../attributes.ts";
import { refuse } from "../refusal.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import { CAS } from "./read-service-response.ts";

const NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil";
const WRAPPER = /^(?:user)?attributes$/i;
const PAIR = "##";
/** About the sign-in, not about the person (CAS 3.0 §2.5.7). */
const PROTOCOL = ["authenticationDate", "longTermAuthenticationRequestTokenUsed", "isFromNewLogin"];
/** Each that is dropped stands in the journal by its name. */
const MOST_NAMES = 100;

/**
 * @param elements those beside `cas:user`
 * @param wanted names that the provider's configuration maps; those that end in `##` are made
 * @throws GAR_SIGN_IN_REFUSED for an element of another namespace, or more names than anybody has
 */
export function flattenAttributes(
  elements: readonly XmlElement[],
  wanted: ReadonlySet<string> = new Set(),
): ReceivedAttributes {
  const found = new Map<string, string[]>();
  const add = (name: string, value: string) => {
    const values = found.get(name);
    if (values === undefined) found.set(name, [value]);
    else values.push(value);
  };

  const leaf = (path: string, element: XmlElement) => {
    const text = element.text.trim();
    const own = ownAttributes(element);
    const paired = own.filter(([name]) => wanted.has(`${path}@${name}${PAIR}`));
    for (const [name, value] of paired) add(`${path}@${name}${PAIR}`, pairOf(value, text));
    if (paired.length > 0) return;
    for (const [name, value] of own) add(`${path}@${name}`, value);
    add(path, text);
  };

  const walk = (element: XmlElement, above: string) => {
    if (element.namespace !== CAS) refuse("unknownShape");
    if (isNil(element)) return;
    if (above === "" && WRAPPER.test(element.name)) {
      for (const child of element.children) walk(child, above);
      return;
    }
    const named = element.name === "attribute" ? element.attributes.get("name") : undefined;
    if (named !== undefined && element.children.length === 0) {
      add(pathOf(above, named), element.text.trim());
      return;
    }
    const path = pathOf(above, element.name);
    if (element.children.length === 0) {
      leaf(path, element);
      return;
    }
    for (const [name, value] of ownAttributes(element)) add(`${path}@${name}`, value);
    for (const child of element.children) walk(child, path);
  };

  for (const element of elements) walk(element, "");
  for (const name of PROTOCOL) if (!wanted.has(name)) found.delete(name);
  return found.size > MOST_NAMES ? refuse("unknownShape") : found;
}

function pathOf(above: string, name: string): string {
  return above === "" ? name : `${above}.${name}`;
}

/** A code that its own separator would cut is left out: the value is then malformed, and named as such. */
function pairOf(code: string, label: string): string {
  return `${code.includes(PAIR) ? "" : code}${PAIR}${label}`;
}

function ownAttributes({ attributes }: XmlElement): readonly (readonly [string, string])[] {
  return [...attributes].filter(([name]) => !name.startsWith("{"));
}

function isNil({ attributes }: XmlElement): boolean {
  return ["true", "1"].includes(attributes.get(NIL) ?? "");
}
