/** Answers of `serviceValidate` (CAS 3.0 §2.5), as XML or JSON. What stands in a success depends on the server. */

import type { GarPerson } from "../gar/people.ts";
import { escapeMarkup } from "../html.ts";
import type { FailureCode } from "./tickets.ts";

/** What is said of a person: an element with its children, in order. */
export interface CasElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly CasElement[];
}

export interface CasPerson {
  readonly user: string;
  /** What follows `cas:user`. */
  readonly elements: readonly CasElement[];
}

/** How a server describes a person to a service; `attributes` when it is asked by `/p3`. */
export type Describe = (person: GarPerson, service: string, attributes: boolean) => CasPerson;

export const CAS_NAMESPACE = "http://www.yale.edu/tp/cas";

export function successXml({ user, elements }: CasPerson): string {
  const content = [{ name: "user", content: user }, ...elements].map(elementXml).join("");
  return `<cas:authenticationSuccess>${content}</cas:authenticationSuccess>`;
}

export function failureXml(code: FailureCode, inside = ""): string {
  return `<cas:authenticationFailure code="${code}">${inside === "" ? reasons[code] : inside}</cas:authenticationFailure>`;
}

export function responseXml(...contents: readonly string[]): string {
  return `<cas:serviceResponse xmlns:cas="${CAS_NAMESPACE}">${contents.join("")}</cas:serviceResponse>\n`;
}

export function successJson({ user, elements }: CasPerson): unknown {
  return { serviceResponse: { authenticationSuccess: { user, ...jsonOf(elements) } } };
}

export function failureJson(code: FailureCode): unknown {
  return { serviceResponse: { authenticationFailure: { code, description: reasons[code] } } };
}

const reasons: Readonly<Record<FailureCode, string>> = {
  INVALID_REQUEST: "service et ticket sont tous deux nécessaires",
  INVALID_TICKET: "ce ticket n'est pas reconnu",
  INVALID_SERVICE: "ce ticket a été donné pour un autre service",
};

function elementXml({ name, attributes = {}, content }: CasElement): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeMarkup(value)}"`);
  const inside = typeof content === "string" ? escapeMarkup(content) : content.map(elementXml).join("");
  return `<cas:${name}${written.join("")}>${inside}</cas:${name}>`;
}

/** One value is itself, several are a list. */
function jsonOf(elements: readonly CasElement[]): Record<string, unknown> {
  const found = new Map<string, unknown[]>();
  for (const { name, attributes, content } of elements) {
    const value = typeof content === "string" ? content : jsonOf(content);
    const whole = attributes === undefined ? value : { ...attributes, value };
    found.set(name, [...(found.get(name) ?? []), whole]);
  }
  return Object.fromEntries(
    [...found].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}
