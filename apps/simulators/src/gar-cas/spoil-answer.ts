/** An answer of `serviceValidate` about a ticket, as honest or as wrong as the switches say. */

import { type GarPerson, garPeople } from "../gar/people.ts";
import { escapeMarkup } from "../html.ts";
import {
  CAS_NAMESPACE,
  type CasPerson,
  type Describe,
  failureXml,
  responseXml,
  successXml,
} from "./cas-answer.ts";
import type { CasDefects } from "./defects.ts";
import type { Ticket } from "./tickets.ts";

/** Somebody else than the one whom the ticket is for. */
function anotherThan(person: GarPerson): GarPerson {
  return garPeople.find((each) => each.ido !== person.ido) ?? person;
}

/** The person whom the answer describes: with the switch, under the user of the ticket, the attributes of another. */
export function describedPerson(
  ticket: Ticket,
  describe: Describe,
  attributes: boolean,
  on: CasDefects,
): CasPerson {
  const honest = describe(ticket.person, ticket.service, attributes);
  if (on.get("cas-other-person") === 0) return honest;
  return { ...describe(anotherThan(ticket.person), ticket.service, attributes), user: honest.user };
}

/** The whole document. */
export function spoiltXml(ticket: Ticket, describe: Describe, attributes: boolean, on: CasDefects): string {
  const person = describedPerson(ticket, describe, attributes, on);
  const other = describe(anotherThan(ticket.person), ticket.service, attributes);
  const huge = "x".repeat(on.get("cas-huge") * 1_048_576);
  const success = spoiltSuccess(successXml(person), person, other, on);
  const document = responseXml(...contents(success, successXml(other), on), huge);
  return spoiltDocument(document, other, on);
}

function contents(success: string, other: string, on: CasDefects): readonly string[] {
  const failure = failureXml("INVALID_TICKET");
  if (on.get("cas-two-successes") > 0) return [success, other];
  if (on.get("cas-nested-success") > 0) return [failureXml("INVALID_TICKET", success)];
  const both = on.get("cas-success-and-failure");
  if (both > 0) return both === 1 ? [success, failure] : [failure, success];
  return [success];
}

/** What identifies the person: the user, and the IDO where there is one. */
function identifiers({ user, elements }: CasPerson): readonly string[] {
  const nested = elements.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  const ido = nested.find(({ name }) => name === "IDO")?.content;
  return typeof ido === "string" ? [user, ido] : [user];
}

function spoiltSuccess(xml: string, person: CasPerson, other: CasPerson, on: CasDefects): string {
  const others = identifiers(other);
  return identifiers(person).reduce((text, value, index) => {
    const whole = new RegExp(`<cas:(user|IDO)>${value}</cas:\\1>`);
    const middle = Math.floor(value.length / 2);
    const split = (by: string) => `${value.slice(0, middle)}${by}${value.slice(middle)}`;
    const replaced = (by: string) => text.replace(value, by);
    if (on.get("cas-two-identifiers") > 0) {
      return text.replace(whole, (element) => element + element.replace(value, others[index] ?? ""));
    }
    if (on.get("cas-comment") > 0) return replaced(split("<!-- -->"));
    if (on.get("cas-processing-instruction") > 0) return replaced(split("<?php ?>"));
    if (on.get("cas-cdata") > 0) return replaced(`<![CDATA[${value}]]>`);
    return on.get("cas-entities") > 0 ? replaced(`&other${index};`) : text;
  }, xml);
}

function spoiltDocument(document: string, other: CasPerson, on: CasDefects): string {
  if (on.get("cas-entities") > 0) {
    const entities = identifiers(other).map(
      (value, index) => `<!ENTITY other${index} "${escapeMarkup(value)}">`,
    );
    return `<!DOCTYPE cas:serviceResponse [${entities.join("")}]>${document}`;
  }
  if (on.get("cas-doctype") > 0) return `<!DOCTYPE cas:serviceResponse>${document}`;
  if (on.get("cas-other-namespace") > 0)
    return document.replace(CAS_NAMESPACE, "http://elsewhere.example/cas");
  if (on.get("cas-no-namespace") > 0) {
    return document.replace(` xmlns:cas="${CAS_NAMESPACE}"`, "").replaceAll(/(<\/?)cas:/g, "$1");
  }
  return document;
}
