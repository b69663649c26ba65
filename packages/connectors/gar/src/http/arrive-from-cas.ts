/** One GET on our service address, in whatever application: without a ticket it begins a sign-in, with one it ends it. */
import { isFault } from "@preau/kernel";
import type { Request } from "express";
import { browserCookies, browserToken } from "../browser-binding.ts";
import type { CasService } from "../cas/cas-service.ts";
import { requestCookie, requestOfCookie } from "../cas/request-cookie.ts";
import type { OnSignedIn, SignedIn } from "../door.ts";
import { refuse } from "../refusal.ts";

export type Arrival =
  | { readonly kind: "redirect"; readonly url: string }
  | { readonly kind: "signedIn"; readonly user: SignedIn };

/**
 * Every refusal is counted in the journal, and leaves as one public error.
 * @clause D4.1, DD.7 @throws GAR_SIGN_IN_REFUSED, GAR_ROLE_REFUSED, GAR_CONTROLLER_REFUSED, GATE_REFUSED, GAR_PROVIDER_SILENT
 */
export async function arrive(
  service: CasService,
  request: Request,
  onSignedIn?: OnSignedIn,
): Promise<Arrival> {
  const { searchParams } = new URL(request.originalUrl, service.address);
  if (!searchParams.has("ticket")) return begin(service, request, searchParams);
  try {
    return { kind: "signedIn", user: await finish(service, request, { searchParams, onSignedIn }) };
  } catch (error) {
    throw isFault(error, "GAR_SIGN_IN_REFUSED") ? await service.door.refusalOf(error) : error;
  }
}

async function begin(service: CasService, request: Request, query: URLSearchParams): Promise<Arrival> {
  const { provider, secure, requestSeconds } = service.door;
  const begun = await service.begin({
    next: query.get("next") ?? undefined,
    browserToken: browserToken(request.headers.cookie, secure),
  });
  const lines = [
    ...browserCookies(begun.browserToken, { secure, maxAge: requestSeconds }),
    ...(service.serviceState ? [] : [requestCookie(begun.id, { provider, secure })]),
  ];
  for (const line of lines) responseOf(request).append("Set-Cookie", line);
  return { kind: "redirect", url: begun.location };
}

interface WithTicket {
  readonly searchParams: URLSearchParams;
  readonly onSignedIn: OnSignedIn | undefined;
}

function finish(service: CasService, request: Request, { searchParams, onSignedIn }: WithTicket) {
  const { provider, secure } = service.door;
  const { cookie } = request.headers;
  const [ticket, ...others] = searchParams.getAll("ticket");
  const [state, ...otherStates] = searchParams.getAll("state");
  if (ticket === undefined || others.length > 0 || otherStates.length > 0) refuse("malformedTicket");
  return service.finish({
    ticket,
    requestId: service.serviceState ? state : requestOfCookie(cookie, { provider, secure }),
    browserToken: browserToken(cookie, secure),
    onSignedIn,
  });
}

function responseOf(request: Request): NonNullable<Request["res"]> {
  if (request.res === undefined) throw new TypeError("a request without its response");
  return request.res;
}
