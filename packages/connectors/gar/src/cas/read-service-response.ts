/**
 * The answer of a CAS server about a ticket (CAS 3.0 protocol, §2.5 and appendix A): one `serviceResponse` that holds one
 * `authenticationSuccess` or one `authenticationFailure`, and nothing else. @clause D4.1
 */
import { refuse } from "../refusal.ts";
import { parseStrictXml, type XmlCaps, type XmlElement } from "../xml/parse-strict-xml.ts";
import { textOf } from "../xml/read-children.ts";
import { MOST_BYTES } from "./ask-server.ts";

export const CAS = "http://www.yale.edu/tp/cas";

export interface CasSuccess {
  /** `cas:user`: the server's own name of the person. */
  readonly user: string;
  /** Whatever stands beside it: `cas:attributes`, or what an ENT puts there. */
  readonly beside: readonly XmlElement[];
}

export interface CasFailure {
  /** `INVALID_TICKET`, `INVALID_SERVICE`…; `UNKNOWN` for a code that does not look like one. */
  readonly failure: string;
}

const caps: XmlCaps = {
  characters: MOST_BYTES,
  elements: 1_000,
  depth: 10,
  attributes: 1_000,
  attributesOfElement: 20,
  namespaces: 10,
};
/** Of a server that was asked for proxies; we ask for none, and a ticket that another service got for us is refused. */
const PROXY = new Set(["proxyGrantingTicket", "proxies"]);

/** @throws GAR_SIGN_IN_REFUSED */
export function readServiceResponse(text: string): CasSuccess | CasFailure {
  const root = parse(text);
  const [answer, ...others] = root.children;
  if (!isCas(root, "serviceResponse") || answer === undefined || others.length > 0) refuse("unknownShape");
  if (isCas(answer, "authenticationFailure")) {
    const code = answer.attributes.get("code") ?? "";
    return { failure: /^[A-Z_]{1,40}$/.test(code) ? code : "UNKNOWN" };
  }
  if (!isCas(answer, "authenticationSuccess")) refuse("unknownShape");
  return readSuccess(answer);
}

function readSuccess({ children, text }: XmlElement): CasSuccess {
  const users = children.filter((child) => isCas(child, "user"));
  const [user] = users;
  if (user === undefined || users.length > 1 || text.trim() !== "") refuse("unknownShape");
  const beside = children.filter((child) => child !== user);
  if (beside.some(({ name }) => PROXY.has(name))) refuse("unknownShape");
  const named = textOf(user);
  return named === "" ? refuse("unknownShape") : { user: named, beside };
}

function isCas({ namespace, name }: XmlElement, expected: string): boolean {
  return namespace === CAS && name === expected;
}

function parse(text: string): XmlElement {
  try {
    return parseStrictXml(text, caps);
  } catch (cause) {
    return refuse("notXml", cause);
  }
}
