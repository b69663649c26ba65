/**
 * Errors as the outside reads them. Machines get `application/problem+json` (RFC 9457), people a page. The sentence,
 * the remedy, the clause and the code come from the error table; a foreign error becomes WEB_UNEXPECTED with the
 * request's id, and its own words stay inside.
 */
import { isFault, type Language, type Log, PreauError } from "@preau/kernel";
import type { Request } from "express";
import { fault } from "../errors.ts";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly clause?: string;
  readonly remedy?: string;
  /** `urn:preau:request:` and the id that the log has. */
  readonly instance: string;
}

/** The public face of an error, in one language. */
export function problemOf(error: PreauError, language: Language, requestId: string): Problem {
  const remedy = error.remedy(language);
  return {
    type: `urn:preau:error:${error.code}`,
    title: error.entry.says[language],
    status: error.status,
    code: error.code,
    ...(error.clause !== undefined && { clause: error.clause }),
    ...(remedy !== undefined && { remedy }),
    instance: `urn:preau:request:${requestId}`,
  };
}

/** Whatever was thrown, as an error of a table: the border for foreign errors. */
export function faultOfThrown(thrown: unknown): PreauError {
  if (isFault(thrown)) return thrown;
  const type = propertyOf(thrown, "type");
  if (type === "entity.too.large") return fault("WEB_TOO_LARGE", { cause: thrown });
  if (type === "encoding.unsupported" || type === "charset.unsupported")
    return fault("WEB_MEDIA_TYPE", { cause: thrown });
  if (type === "request.size.invalid" || type === "request.aborted")
    return fault("WEB_BAD_REQUEST", { cause: thrown });
  // The router throws one for a path that is not UTF-8, with status 400; any other URIError is a fault of ours.
  if (thrown instanceof URIError && propertyOf(thrown, "status") === 400)
    return fault("WEB_BAD_REQUEST", { cause: thrown });
  return fault("WEB_UNEXPECTED", { cause: thrown });
}

/** Writes the error to the log: its code, its opaque fields; for a failure of ours the error's class and where it was thrown. */
export function logFault(log: Log, error: PreauError, requestId: string): void {
  const fields = { ...error.detail.log, request: requestId, code: error.code, status: error.status };
  if (error.status < 500) log.warn("http.refused", fields);
  else
    log.error("http.failed", {
      ...fields,
      place: error.place,
      kind: kindOf(error.detail.cause),
      thrownAt: placeOf(error), // not `at`, which is the time of the line
    });
}

/** True when the reader is a person: the client prefers HTML to JSON. No preference means a machine. */
export function prefersPage(request: Request): boolean {
  return request.accepts(["application/problem+json", "application/json", "text/html"]) === "text/html";
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function kindOf(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.constructor.name : cause === undefined ? undefined : typeof cause;
}

/** File and line of the throw. Messages of foreign errors may quote data, so they are not logged. */
function placeOf(error: PreauError): string | undefined {
  const { cause } = error.detail;
  const stack = (cause instanceof Error ? cause : error).stack ?? "";
  const frame = stack.split("\n").find((line) => line.startsWith("    at "));
  return /((?:file:\/\/)?\/[^\s()]*:\d+:\d+)/
    .exec(frame ?? "")?.[1]
    ?.split("/")
    .slice(-3)
    .join("/");
}
