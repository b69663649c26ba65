/** The OpenID Connect side of a sign-in between the library and the door: what each step needs. */
import { hash } from "node:crypto";
import { instant, isFault, millisOf } from "@preau/kernel";
import * as oidc from "openid-client";
import { amongFew } from "../among-few.ts";
import {
  type Beginning,
  type BegunRequest,
  type Finishing,
  type GarPorts,
  makeDoor,
  type OnSignedIn,
  type SignedIn,
  secretOfRequest,
} from "../door.ts";
import type { OidcOptions } from "../options.ts";
import { addressOf, type SignInProvider } from "../provider.ts";
import { refuse } from "../refusal.ts";
import type { VerifiedIdentity } from "../sign-in.ts";
import { type CheckedIdToken, checkIdToken } from "./check-id-token.ts";
import { checkLogoutToken } from "./check-logout-token.ts";
import { claimCode } from "./claim-code.ts";
import { clientSecret } from "./client-secret.ts";
import { askClaims, exchangeCode, makeClient } from "./exchange-code.ts";
import { type IssuerMetadata, issuerSource } from "./issuer-source.ts";
import { readAuthorizationAnswer } from "./read-authorization-answer.ts";
import { readClaims } from "./read-claims.ts";

/** What the browser brought back from the provider, and what to do with whom it names. */
export interface ArrivingAnswer {
  /** The callback's query. */
  readonly parameters: URLSearchParams;
  readonly browserToken: string | undefined;
  readonly onSignedIn?: OnSignedIn | undefined;
}

export interface BegunSignIn extends BegunRequest {
  /** Where to send the browser. */
  readonly url: string;
}

export type OidcService = ReturnType<typeof makeOidcService>;

export function makeOidcService(ports: GarPorts, own: SignInProvider, options: OidcOptions) {
  const { clock, log } = ports;
  const { issuer, clientId, idRessource } = options;
  const door = makeDoor(ports, own);
  const source = issuerSource({ issuer, clientId, clock, log });
  const callback = addressOf(own, "callback");
  const withinLimit = amongFew({ log, provider: own.id });

  const client = async () => {
    const metadata = forResource(await source.metadata(), idRessource);
    const secret = await clientSecret(options.clientSecretFile);
    return { metadata, client: makeClient({ metadata, clientId, secret, keys: source.keys }) };
  };
  const expectations = () => ({
    issuer,
    clientId,
    now: Math.floor(millisOf(clock.now()) / 1_000),
    clockSkewSeconds: own.clockSkewSeconds,
  });

  return {
    door,

    /** Begins a sign-in. @throws GAR_ISSUER_UNREADABLE, GAR_SECRET_UNREADABLE */
    begin: async (beginning: Beginning): Promise<BegunSignIn> => {
      const { client: config } = await client();
      const begun = await door.begin(beginning);
      const { nonce, verifier } = secretsOf(begun);
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        response_type: "code",
        scope: options.scope,
        state: begun.id,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(idRessource === undefined ? {} : { idRessource }),
      });
      return { ...begun, url: url.href };
    },

    /**
     * Finishes it: one session for one honest answer. Refusals are counted in the journal.
     * @clause D4.1, DD.7
     * @throws GAR_SIGN_IN_REFUSED, GAR_ROLE_REFUSED, GAR_CONTROLLER_REFUSED, GATE_REFUSED, GAR_PROVIDER_SILENT, GAR_ISSUER_UNREADABLE
     */
    finish: (arriving: ArrivingAnswer): Promise<SignedIn> => counted(() => finish(arriving)),

    /**
     * Ends the sessions that a logout token of the provider names; how many there were.
     * @clause DD.7 @throws GAR_SIGN_IN_REFUSED, GAR_ISSUER_UNREADABLE
     */
    logOut: (token: string): Promise<number> => counted(() => logOut(token)),

    /**
     * Where the browser ends its session at the provider; undefined when that offers none. Without `id_token_hint`: the token
     * names the person and must not stand in a URL, nor be kept. The provider asks whether to sign out instead.
     */
    endSessionUrl: async (): Promise<string | undefined> => {
      const { metadata, client: config } = await client();
      if (metadata.end_session_endpoint === undefined) return undefined;
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: new URL("/", own.publicUrl).href })
        .href;
    },
  };

  async function finish({ parameters, browserToken, onSignedIn }: ArrivingAnswer): Promise<SignedIn> {
    const { metadata, client: config } = await client();
    const { requestId, code } = readAuthorizationAnswer(parameters, metadata);
    if (browserToken === undefined) return refuse("unknownRequest");
    const begun = { id: requestId, browserToken };
    const answer = new URL(`?${parameters.toString()}`, callback);
    const { tokens, checked, userinfo } = await withinLimit(async () => {
      await claimCode(ports, own, { ...begun, issuer, code });
      const tokens = await exchangeCode(config, { answer, state: requestId, ...secretsOf(begun) });
      const namesSessions = metadata["backchannel_logout_session_supported"] === true;
      const checked = checkIdToken(tokens, { ...expectations(), namesSessions });
      return { tokens, checked, userinfo: await askClaims(config, tokens.accessToken, checked.subject) };
    });
    const finishing: Finishing = {
      requestId,
      browserToken,
      message: {
        issuer,
        id: `id token ${hash("sha256", tokens.idToken)}`,
        expiresAt: instant(checked.end * 1_000),
      },
      verified: verifiedIdentity(checked, issuer, readClaims(userinfo, tokens.claims, own)),
      onSignedIn,
    };
    return door.finish(finishing);
  }

  async function logOut(token: string): Promise<number> {
    const metadata = await source.metadata();
    const algorithms = metadata.id_token_signing_alg_values_supported;
    const means = { ...expectations(), algorithms, keys: source.keys };
    const { key, jti, end } = await checkLogoutToken(token, means);
    return door.endSessions([key], { issuer, id: `logout token ${jti}`, expiresAt: instant(end * 1_000) });
  }

  async function counted<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      throw isFault(error, "GAR_SIGN_IN_REFUSED") ? await door.refusalOf(error) : error;
    }
  }
}

/** The GAR answers for one resource: which one is said at each step. */
function forResource(metadata: IssuerMetadata, idRessource: string | undefined): IssuerMetadata {
  const { userinfo_endpoint: address } = metadata;
  if (idRessource === undefined || address === undefined) return metadata;
  const url = new URL(address);
  url.searchParams.set("idRessource", idRessource);
  url.searchParams.set("access_mode", "web");
  return { ...metadata, userinfo_endpoint: url.href };
}

function secretsOf(begun: BegunRequest) {
  return { nonce: secretOfRequest(begun, "nonce"), verifier: secretOfRequest(begun, "PKCE verifier") };
}

function verifiedIdentity(
  { subject, sessionId }: CheckedIdToken,
  issuer: string,
  attributes: VerifiedIdentity["attributes"],
): VerifiedIdentity {
  const sid = sessionId === undefined ? [] : [{ kind: "oidc.sid", issuer, value: sessionId }];
  return {
    attributes,
    issuer,
    keys: [...sid, { kind: "oidc.sub", issuer, value: subject }],
    sealed: { issuer },
  };
}
