/** What an answer that is no success means, and what of it a person may read. */
import { isFault, type PreauError } from "@preau/kernel";
import { fault } from "../errors.ts";
import { readServiceError } from "./subscription-xml.ts";

/**
 * The words of the service: the `cause` of GAR_SUBSCRIPTION_REFUSED and its like. They may name a school, so they are for
 * the person who asked, and for no log.
 */
export class ServiceRefusal extends Error {
  override readonly name = "ServiceRefusal";
  readonly status: number;
  /** As the service numbers it; undefined when it did not. */
  readonly serviceCode: string | undefined;
  /** On one line, at most 500 characters. */
  readonly serviceMessage: string | undefined;

  constructor(status: number, serviceCode: string | undefined, serviceMessage: string | undefined) {
    super(`answered ${status}`);
    this.status = status;
    this.serviceCode = serviceCode;
    this.serviceMessage = serviceMessage;
  }
}

/** True for the text of a 409 that means: this identifier is there already. */
export function saysItExists(text: string): boolean {
  const plain = text.normalize("NFD").replaceAll(/\p{M}/gu, "");
  return /existe\s+deja/i.test(plain);
}

/** The error of an answer that is no success. */
export function answerFault(status: number, text: string): PreauError {
  const said = readServiceError(text);
  const code = said?.code === undefined || !/^[\w.-]{1,40}$/.test(said.code) ? undefined : said.code;
  const place = code === undefined ? `answered ${status}` : `answered ${status}, code ${code}`;
  const cause = new ServiceRefusal(
    status,
    code,
    said?.message === undefined ? undefined : oneLine(said.message),
  );
  return fault(codeOf(status, said === undefined ? text : undefined), { place, log: { status }, cause });
}

/** The service's words behind an error, when it had any. */
export function refusalBehind(error: unknown): ServiceRefusal | undefined {
  return isFault(error) && error.cause instanceof ServiceRefusal ? error.cause : undefined;
}

/** What gateways say of a certificate, as nginx does: 400 or 495 with a page. */
const ABOUT_CERTIFICATE = /\bSSL certificate\b/i;

/** @param unexplained the body, when it is no error of the service */
function codeOf(status: number, unexplained: string | undefined) {
  if (status >= 500 || status === 429 || status === 408) return "GAR_SUBSCRIPTION_UNREACHABLE";
  if (status < 400) return "GAR_SUBSCRIPTION_ANSWER_UNREADABLE"; // a redirect, or a success of another kind
  if (status === 404) return "GAR_SUBSCRIPTION_UNKNOWN";
  const isGateway =
    unexplained !== undefined &&
    ([401, 403, 495, 496].includes(status) || ABOUT_CERTIFICATE.test(unexplained));
  return isGateway ? "GAR_SUBSCRIPTION_CERTIFICATE_REFUSED" : "GAR_SUBSCRIPTION_REFUSED";
}

function oneLine(text: string): string {
  const plain = text.replaceAll(/[\p{C}\p{Z}]+/gu, " ").trim();
  return Array.from(plain).slice(0, 500).join("");
}
