/**
 * A passport strategy on `@node-saml/passport-saml`: its own extension points carry what the library leaves out. Before
 * it sees a response the gate has read it (`getSamlOptions`); of what it verified, only the bytes under the signature are
 * read (the verify function).
 */
import {
  MultiSamlStrategy,
  type MultiStrategyConfig,
  type PassportSamlConfig,
  type Profile,
  type VerifiedCallback,
} from "@node-saml/passport-saml";
import { isFault, type Unit } from "@preau/kernel";
import type { Request } from "express";
import { browserCookies, browserToken } from "../browser-binding.ts";
import { refusal } from "../refusal.ts";
import type { ResponseInHand, SamlService } from "../saml/saml-service.ts";
import type { GarIdentity } from "../sign-in.ts";

export interface GarStrategyOptions {
  /** Joins the sign-in's transaction: start a session here, so that both happen or none. May run more than once. */
  readonly onSignedIn?: (request: Request, identity: GarIdentity, unit: Unit) => Promise<void>;
}

/** What passport puts into `request.user`, and where to go on. */
export interface GarUser {
  readonly identity: GarIdentity;
  readonly nextPath: string;
}

type Authenticate = MultiSamlStrategy["authenticate"];
/** Express' request in the older types that the library is written with. */
type LibraryRequest = Parameters<Authenticate>[0];
type Held = WeakMap<LibraryRequest, ResponseInHand>;

export class GarStrategy extends MultiSamlStrategy {
  // Not `#service`: passport works on objects that inherit from this one, and they have no private fields.
  private readonly service: SamlService;
  private readonly held: Held;

  constructor(service: SamlService, { onSignedIn }: GarStrategyOptions = {}) {
    const held: Held = new WeakMap();
    const verify = (request: LibraryRequest, profile: Profile | null, done: VerifiedCallback) => {
      finish(service, held, { request, profile, onSignedIn })
        .then((user) => done(null, { ...user }))
        .catch((error: unknown) => done(ownFailure(error)));
    };
    const getSamlOptions: MultiStrategyConfig["getSamlOptions"] = (request, callback) => {
      samlOptions(service, held, request)
        .then((options) => callback(null, options))
        .catch((error: unknown) => callback(ownFailure(error)));
    };
    super({ name: nameOf(service), passReqToCallback: true, getSamlOptions }, verify, refuseLogout);
    this.service = service;
    this.held = held;
  }

  /** A POST finishes a sign-in, a GET begins one. Nothing else reaches the library, logout messages least of all. */
  override authenticate(request: LibraryRequest, options: Parameters<Authenticate>[1]): void {
    const { service, held } = this;
    // Every failure is journalled, and leaves as one public error.
    const strategy = Object.create(this) as this;
    strategy.error = (error) => {
      if (error instanceof OwnFailure) {
        this.error(asError(error.cause));
        return;
      }
      service.door.refusalOf(error).then(
        (refused) => this.error(asError(refused)),
        (failure: unknown) => this.error(asError(failure)),
      );
    };
    if (request.method !== "POST") {
      super.authenticate.call(strategy, narrow(request, {}), { ...options, samlFallback: "login-request" });
      return;
    }
    const encoded = fieldOf(request.body, "SAMLResponse");
    if (encoded === undefined) {
      strategy.error(refusal("notForm"));
      return;
    }
    service
      .receive(encoded)
      .then((inHand) => {
        const narrowed = narrow(request, { SAMLResponse: inHand.checked.encoded });
        held.set(narrowed, inHand);
        super.authenticate.call(strategy, narrowed, options);
      })
      .catch((error: unknown) => strategy.error(ownFailure(error)));
  }
}

/** passport's name of it: `gar` for the GAR itself, the provider's id for another. */
function nameOf({ door }: SamlService): string {
  return door.provider.origin === "gar" ? "gar" : door.provider.id;
}

const refuseLogout = (_request: LibraryRequest, _profile: unknown, done: VerifiedCallback): void => {
  done(refusal("unknownShape"));
};

interface Verified {
  readonly request: LibraryRequest;
  readonly profile: Profile | null;
  readonly onSignedIn: GarStrategyOptions["onSignedIn"];
}

/** @throws GAR_SIGN_IN_REFUSED, GAR_ROLE_REFUSED, GATE_REFUSED */
async function finish(service: SamlService, held: Held, verified: Verified): Promise<GarUser> {
  const { request, profile, onSignedIn } = verified;
  const inHand = held.get(request);
  const verifiedXml = profile?.getAssertionXml?.();
  if (inHand === undefined || verifiedXml === undefined) throw refusal("badSignature");
  return service.finish(verifiedXml, inHand, {
    browserToken: browserToken(request.headers.cookie, service.door.secure),
    onSignedIn: onSignedIn?.bind(undefined, request as unknown as Request),
  });
}

/** A failure of ours, which the library passes on among its own errors: it must not count as a bad signature. */
class OwnFailure extends Error {
  override readonly name = "OwnFailure";
}

/** A refusal as it is; anything else marked as ours. */
function ownFailure(error: unknown): Error {
  return isFault(error, "GAR_SIGN_IN_REFUSED")
    ? error
    : new OwnFailure("not of the library", { cause: error });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error("a value that is no error was thrown", { cause: error });
}

/** The request as the library may see it: these fields of a body, and no query. */
function narrow(request: LibraryRequest, body: Readonly<Record<string, string>>): LibraryRequest {
  return Object.create(request, { body: { value: body }, query: { value: {} } }) as LibraryRequest;
}

function fieldOf(body: unknown, name: string): string | undefined {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, name)) return undefined;
  const value: unknown = (body as Record<string, unknown>)[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

async function samlOptions(
  service: SamlService,
  held: Held,
  request: LibraryRequest,
): Promise<PassportSamlConfig> {
  const inHand = held.get(request);
  const provider = inHand?.provider ?? (await service.provider());
  const { privateKey } = await service.key();
  const common = {
    issuer: service.names.entityId,
    audience: service.names.entityId,
    callbackUrl: service.names.consumer,
    entryPoint: provider.signOnUrl,
    idpIssuer: provider.entityId,
    idpCert: [...provider.certificates],
    privateKey,
    signatureAlgorithm: "sha256",
    digestAlgorithm: "sha256",
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: inHand?.checked.responseIsSigned ?? false,
    acceptedClockSkewMs: -1, // times are checked by checkAssertion, on the clock that we are given
  } satisfies PassportSamlConfig;
  if (inHand !== undefined) return { ...common, idpCert: [...inHand.certificates] };
  const { searchParams } = new URL(request.originalUrl, service.names.consumer);
  const begun = await service.door.begin({
    next: searchParams.get("next") ?? undefined,
    browserToken: browserToken(request.headers.cookie, service.door.secure),
  });
  const cookies = browserCookies(begun.browserToken, {
    secure: service.door.secure,
    maxAge: service.door.requestSeconds,
  });
  for (const line of cookies) responseOf(request).append("Set-Cookie", line);
  const { resourceUrl } = service.options;
  return {
    ...common,
    generateUniqueId: () => begun.id,
    ...(resourceUrl === undefined ? {} : { additionalAuthorizeParams: { RelayState: resourceUrl } }),
  };
}

function responseOf(request: LibraryRequest): NonNullable<LibraryRequest["res"]> {
  if (request.res === undefined) throw new TypeError("a request without its response");
  return request.res;
}
