/** A passport strategy over OpenID Connect, beside GarStrategy: a GET that carries an answer finishes a sign-in, any other begins one. */
import type { Unit } from "@preau/kernel";
import type { Request } from "express";
import { browserCookies, browserToken } from "../browser-binding.ts";
import type { OidcService } from "../oidc/oidc-service.ts";
import type { GarIdentity } from "../sign-in.ts";
import type { GarStrategyOptions, GarUser } from "./gar-strategy.ts";

/** What passport adds to a strategy for one request. */
interface Outcome {
  success(user: GarUser): void;
  redirect(url: string, status?: number): void;
  error(error: unknown): void;
}

export class GarOidcStrategy {
  /** `gar-oidc` for the GAR, the provider's id for another. */
  readonly name: string;
  // Not `#service`: passport works on objects that inherit from this one, and they have no private fields.
  private readonly service: OidcService;
  private readonly onSignedIn: GarStrategyOptions["onSignedIn"];

  constructor(service: OidcService, { onSignedIn }: GarStrategyOptions = {}) {
    const { provider } = service.door;
    this.name = provider.origin === "gar" ? "gar-oidc" : provider.id;
    this.service = service;
    this.onSignedIn = onSignedIn;
  }

  authenticate(this: this & Outcome, request: Request): void {
    const { searchParams } = new URL(request.originalUrl, "http://localhost");
    const answers = searchParams.has("code") || searchParams.has("error");
    const done = answers ? this.finish(request, searchParams) : this.begin(request, searchParams);
    done.catch((error: unknown) => this.error(error));
  }

  private async begin(this: this & Outcome, request: Request, parameters: URLSearchParams): Promise<void> {
    const { service } = this;
    const { url, cookies } = await beginInBrowser(service, request, parameters.get("next") ?? undefined);
    for (const line of cookies) request.res?.append("Set-Cookie", line);
    this.redirect(url, 302);
  }

  private async finish(this: this & Outcome, request: Request, parameters: URLSearchParams): Promise<void> {
    const { onSignedIn } = this;
    const signedIn = await this.service.finish({
      parameters,
      browserToken: browserToken(request.headers.cookie, this.service.door.secure),
      onSignedIn:
        onSignedIn === undefined
          ? undefined
          : (identity: GarIdentity, unit: Unit) => onSignedIn(request, identity, unit),
    });
    this.success(signedIn);
  }
}

/** Begins a sign-in for the browser that asks, with the cookies that it keeps meanwhile. */
export async function beginInBrowser(
  service: OidcService,
  request: Pick<Request, "headers">,
  next: unknown,
): Promise<{ readonly url: string; readonly cookies: readonly string[] }> {
  const { secure, requestSeconds } = service.door;
  const { url, browserToken: token } = await service.begin({
    next,
    browserToken: browserToken(request.headers.cookie, secure),
  });
  return { url, cookies: browserCookies(token, { secure, maxAge: requestSeconds }) };
}
