/**
 * The company's OpenID provider for the publisher's staff (OpenID Connect Core 1.0, code flow with PKCE, RFC 7636): state,
 * nonce, issuer and the ID token's own signature are checked; a sign-in is finished once, by the browser that began it.
 * It leads to an account that was invited and linked, never makes one.
 */
import { readFileSync } from "node:fs";
import { addMillis } from "@preau/kernel";
import * as oidc from "openid-client";
import type { AccountMeans } from "./account-means.ts";
import { isLoopback, type OpenIdOptions } from "./account-options.ts";
import { fault } from "./errors.ts";
import { hashOf } from "./invite-account.ts";
import { newToken, tokenHash } from "./one-time-token.ts";
import { addOpenIdRequest, takeOpenIdRequest } from "./store/identity-rows.ts";

/** Who came back from the provider. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** The provider says that a second factor was given (RFC 8176), or the company vouches for it. */
  readonly vouched: boolean;
  readonly nextPath: string;
  readonly invitationHash: string | null;
}

export interface OpenIdClient {
  /** Begins a sign-in: where to send the browser, and the cookie that it keeps meanwhile. */
  begin(given: {
    readonly redirectUri: string;
    readonly nextPath: string;
    readonly invitation: string | undefined;
  }): Promise<{ readonly url: string; readonly browser: string }>;
  /** @throws ACCOUNT_OPENID_REFUSED, ACCOUNT_SIGN_IN_OVER, ACCOUNT_OPENID_SILENT */
  finish(given: { readonly url: URL; readonly browser: string | undefined }): Promise<ProvenIdentity>;
  /** Where the browser ends its session at the provider; undefined when that offers none. */
  signOutUrl(comeBackTo: string): Promise<string | undefined>;
}

const TIMEOUT_SECONDS = 10;

export function makeOpenIdClient(means: AccountMeans, options: OpenIdOptions): OpenIdClient {
  let discovered: Promise<oidc.Configuration> | undefined;
  const configuration = async () => {
    discovered ??= discover(options);
    try {
      return await discovered;
    } catch (cause) {
      discovered = undefined; // asked again at the next sign-in
      throw fault("ACCOUNT_OPENID_SILENT", { place: "openId.issuer", cause });
    }
  };

  return {
    begin: async ({ redirectUri, nextPath, invitation }) => {
      const config = await configuration();
      const [state, browser, nonce] = [newToken(), newToken(), oidc.randomNonce()];
      const verifier = oidc.randomPKCECodeVerifier();
      const now = means.clock.now();
      await means.unitOfWork.transaction((unit) =>
        addOpenIdRequest(
          unit,
          {
            stateHash: hashOf("openId", state),
            browserHash: hashOf("browser", browser),
            nonce,
            verifier,
            nextPath,
            invitationHash: tokenHash("invitation", invitation) ?? null,
            expiresAt: addMillis(now, means.options.signInMinutes * 60_000),
          },
          now,
        ),
      );
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: "openid",
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      });
      return { url: url.href, browser };
    },

    finish: async ({ url, browser }) => {
      const config = await configuration();
      const state = url.searchParams.get("state");
      const [stateHash, browserHash] = [tokenHash("openId", state), tokenHash("browser", browser)];
      const request =
        stateHash === undefined || browserHash === undefined
          ? undefined
          : await means.unitOfWork.transaction((unit) =>
              takeOpenIdRequest(unit, stateHash, browserHash, means.clock.now()),
            );
      if (request === undefined || state === null) throw fault("ACCOUNT_SIGN_IN_OVER");
      const tokens = await oidc
        .authorizationCodeGrant(config, url, {
          expectedState: state,
          expectedNonce: request.nonce,
          pkceCodeVerifier: request.verifier,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw fault("ACCOUNT_OPENID_REFUSED", { cause });
        });
      const claims = tokens.claims();
      if (claims === undefined) throw fault("ACCOUNT_OPENID_REFUSED");
      return {
        issuer: claims.iss,
        subject: claims.sub,
        vouched: options.trustsSecondFactor || assertsSecondFactor(claims["amr"]),
        nextPath: request.nextPath,
        invitationHash: request.invitationHash,
      };
    },

    signOutUrl: async (comeBackTo) => {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      // No id_token_hint: the token names the person, and is kept nowhere.
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: comeBackTo }).href;
    },
  };
}

/** RFC 8176: several factors by name, or a password and something that is held. A telephone's message is not enough. */
function assertsSecondFactor(amr: unknown): boolean {
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : [];
  const held = ["otp", "hwk", "swk", "sc"].some((method) => methods.includes(method));
  return methods.includes("mfa") || (held && methods.includes("pwd"));
}

async function discover(options: OpenIdOptions): Promise<oidc.Configuration> {
  const issuer = new URL(options.issuer);
  const secret = options.clientSecretFile === undefined ? undefined : readSecret(options.clientSecretFile);
  const insecure = issuer.protocol === "http:" && isLoopback(issuer.hostname);
  const config = await oidc.discovery(
    issuer,
    options.clientId,
    undefined,
    secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- on the loopback alone, where there is no TLS
    { timeout: TIMEOUT_SECONDS, ...(insecure ? { execute: [oidc.allowInsecureRequests] } : {}) },
  );
  // The ID token's signature too, also where it comes over TLS from the token endpoint.
  oidc.enableNonRepudiationChecks(config);
  return config;
}

function readSecret(file: string): string {
  return (readFileSync(file, "utf8").split(/\r?\n/, 1)[0] ?? "").trim();
}
