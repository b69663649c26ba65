/**
 * One request to one of the GAR's web services and its answer, over mutual TLS: our certificate is shown, theirs is
 * verified whatever the environment says, no redirect is followed, no proxy of the environment is used, and neither size
 * nor time is without an end. Towards DD.9.
 */
import type { IncomingMessage } from "node:http";
import { Agent, request as send } from "node:https";
import { isFault, type PreauError } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { ClientCertificate } from "./client-certificate.ts";

export interface ExchangeOptions {
  readonly certificate: ClientCertificate;
  /** Seconds within which the whole answer must be there. */
  readonly timeoutSeconds: number;
}

export interface ServiceRequest {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly url: URL;
  /** XML. */
  readonly body?: string;
  readonly accept: string;
  /** Bytes of the answer. */
  readonly most: number;
  /** How many times the usual time this one may take. */
  readonly patience?: number;
}

export interface ServiceAnswer {
  readonly status: number;
  /** Stops with GAR_SUBSCRIPTION_ANSWER_UNREADABLE at the first byte too many. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** @throws GAR_SUBSCRIPTION_UNREACHABLE, GAR_SUBSCRIPTION_CERTIFICATE_REFUSED, GAR_SUBSCRIPTION_SERVER_UNTRUSTED */
export type Exchange = (request: ServiceRequest) => Promise<ServiceAnswer>;

export function httpsExchange({ certificate, timeoutSeconds }: ExchangeOptions): Exchange {
  const agent = new Agent({
    cert: certificate.certificate,
    key: certificate.privateKey,
    ...(certificate.authorities === undefined ? {} : { ca: certificate.authorities }),
    rejectUnauthorized: true, // NODE_TLS_REJECT_UNAUTHORIZED=0 would turn it off by default
    minVersion: "TLSv1.2",
    keepAlive: false,
  });
  return async ({ method, url, body, accept, most, patience = 1 }) => {
    const signal = AbortSignal.timeout(timeoutSeconds * patience * 1000);
    let isShown = false;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        accept,
        ...(body === undefined ? {} : { "content-type": "application/xml;charset=utf-8" }),
      };
      const request = send(url, { method, headers, agent, signal }, resolve);
      request.once("socket", (socket) => {
        socket.once("secureConnect", () => {
          isShown = true;
        });
      });
      request.once("error", (error) => reject(translated(error, signal.aborted, isShown)));
      request.end(body);
    });
    return { status: answer.statusCode ?? 0, body: bytesOf(answer, most, signal) };
  };
}

/** The whole body as text. @throws what `Exchange` throws, GAR_SUBSCRIPTION_ANSWER_UNREADABLE */
export async function textOf({ body }: ServiceAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place: "not UTF-8", cause });
  }
}

async function* bytesOf(
  answer: IncomingMessage,
  most: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    if (answer.headers["content-encoding"] !== undefined)
      throw unreadable("compressed, which was not asked for");
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > most) throw unreadable(`larger than ${most} bytes`);
      yield chunk;
    }
  } catch (error) {
    throw isFault(error) ? error : translated(error, signal.aborted);
  } finally {
    answer.destroy();
  }
}

function unreadable(place: string): PreauError {
  return fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place });
}

/** Codes of Node and OpenSSL for a certificate of the other side that we do not believe. */
const UNTRUSTED =
  /^(?:ERR_TLS_CERT_ALTNAME_INVALID|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)|ERROR_IN_CERT_|PATH_LENGTH_)/;
/** An alert of the other side about ours (RFC 8446 §6.2): bad_certificate, certificate_required, unknown_ca… */
const REFUSED = /ALERT_.*(?:CERT|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE|DECRYPT)/;
const CUT = /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/;

/**
 * @param isLate the time was up
 * @param isShown our certificate was shown, and no answer had begun: in TLS 1.3 a server that does not want it can but cut
 *   the connection then, and many send no alert
 */
function translated(cause: unknown, isLate: boolean, isShown = false): PreauError {
  const said = saidBy(cause);
  if (isLate) return fault("GAR_SUBSCRIPTION_UNREACHABLE", { place: "no answer in time", cause });
  if (UNTRUSTED.test(said)) return fault("GAR_SUBSCRIPTION_SERVER_UNTRUSTED", { place: said, cause });
  if (REFUSED.test(said)) return fault("GAR_SUBSCRIPTION_CERTIFICATE_REFUSED", { place: said, cause });
  if (isShown && CUT.test(said))
    return fault("GAR_SUBSCRIPTION_CERTIFICATE_REFUSED", { place: "cut off once it was shown", cause });
  return fault("GAR_SUBSCRIPTION_UNREACHABLE", { place: said, cause });
}

/** The code; of an alert during the handshake of TLS 1.2 only OpenSSL's text tells more: `tlsv1 alert unknown ca`. */
function saidBy(cause: unknown): string {
  const { code, message = "" } = cause as { readonly code?: unknown; readonly message?: string };
  const alert = code === "EPROTO" ? /\balert [a-z ]+/.exec(message)?.[0] : undefined;
  if (alert !== undefined) return alert.trim().toUpperCase().replaceAll(" ", "_");
  return typeof code === "string" ? code : "no answer";
}
