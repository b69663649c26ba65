/** A provider, a client that keeps the logout tokens that it is sent, and openid-client in the client's place. */
/* eslint-disable @typescript-eslint/no-deprecated -- openid-client marks what does without TLS so, to stand out */
import { generateKeyPairSync } from "node:crypto";
import { type Clock, instant, systemClock } from "@preau/kernel";
import express from "express";
import * as client from "openid-client";
import { makeFaults } from "../../src/faults.ts";
import { makeChoices } from "../../src/gar/choices.ts";
import { makeSessions } from "../../src/gar/sessions.ts";
import { oidcClients } from "../../src/gar-oidc/clients.ts";
import { oidcDefects } from "../../src/gar-oidc/defects.ts";
import { oidcRouter } from "../../src/gar-oidc/oidc-router.ts";
import { listen } from "../../src/listen.ts";
import { formWithButton, makeBrowser } from "./browser.ts";

export const resource = "ark:/99999/plume.p";
export const secret = "0123456789 abcdef:éàü+%&= 0123456789";
export const teacher = "Maëlle Caradec-Nuñes";

const withoutTls = client.allowInsecureRequests;

export interface SignedIn {
  readonly tokens: client.TokenEndpointResponse;
  readonly claims: client.IDToken;
  readonly profile: client.UserInfoResponse;
}

export async function oidcWorld() {
  let shift = 0;
  const clock: Clock = { ...systemClock, now: () => instant(Date.now() + shift) };
  const now = () => Date.parse(clock.now());
  const sessions = makeSessions(now);
  const choices = makeChoices({ sessions, now });
  const defects = makeFaults(oidcDefects);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

  const logoutTokens: string[] = [];
  const pages = express();
  pages.post("/logout", express.urlencoded({ extended: false }), (request, response) => {
    logoutTokens.push((request.body as Record<string, string>)["logout_token"] ?? "");
    response.sendStatus(200);
  });
  pages.get(["/callback", "/bye"], (_request, response) => {
    response.send("back");
  });
  const party = await listen(pages, 0);
  const redirectUri = `${party.url}/callback`;
  const byeUri = `${party.url}/bye`;
  const clients = oidcClients([
    {
      id: "plume",
      secret,
      redirectUris: [redirectUri],
      backChannelLogout: `${party.url}/logout`,
      postLogoutRedirectUris: [byeUri],
    },
    { id: "other", secret: secret.toUpperCase(), redirectUris: [redirectUri], postLogoutRedirectUris: [] },
  ]);

  const application = express();
  let url = "";
  application.use(
    oidcRouter({
      ...{ url: () => url, clock, choices, sessions, clients, defects },
      privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      signOut: async (response, session, next) => {
        const outcomes = await Promise.all(session?.participants.map((each) => each.logOut()) ?? []);
        if (session !== undefined) sessions.end(session);
        if (next === undefined) response.json(outcomes);
        else response.redirect(303, next);
      },
    }),
  );
  application.use(choices.router);
  const running = await listen(application, 0);
  ({ url } = running);

  const configured = async (): Promise<client.Configuration> => {
    const options = { execute: [withoutTls, client.enableNonRepudiationChecks] };
    const issuer = new URL(`${url}/oidc`);
    return client.discovery(issuer, "plume", {}, client.ClientSecretBasic(secret), options);
  };

  /** Checks of one sign-in: kept by the client between the two redirects. */
  const begin = async (more: Record<string, string> = {}) => {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
    const parameters = {
      redirect_uri: redirectUri,
      scope: "openid scope.gar",
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      state: expectedState,
      nonce: expectedNonce,
      idRessource: resource,
      ...more,
    };
    return { parameters, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
  };

  /** To the provider, choosing the person there, and to the address to which it sends the browser back. */
  const choose = async (address: URL, person = teacher, browser = makeBrowser()) => {
    const choice = await browser.get(address.href);
    return new URL((await browser.submit(formWithButton(choice, person))).url);
  };

  return {
    url,
    redirectUri,
    byeUri,
    defects,
    clients,
    logoutTokens,
    configured,
    begin,
    choose,
    later: (milliseconds: number) => {
      shift += milliseconds;
    },
    reset: () => {
      shift = 0;
      defects.clear();
      logoutTokens.length = 0;
    },
    /** The whole code flow with openid-client, all its checks on. */
    signIn: async (person = teacher, browser = makeBrowser()): Promise<SignedIn> => {
      const config = await configured();
      const { parameters, checks } = await begin();
      const callback = await choose(client.buildAuthorizationUrl(config, parameters), person, browser);
      const tokens = await client.authorizationCodeGrant(config, callback, checks);
      const claims = tokens.claims();
      if (claims === undefined) throw new Error("no ID token");
      const query = new URLSearchParams({ idRessource: resource, access_mode: "web" });
      const metadata = { ...config.serverMetadata() };
      metadata.userinfo_endpoint = `${metadata.userinfo_endpoint ?? ""}?${query}`;
      const asking = new client.Configuration(metadata, "plume", {}, client.ClientSecretBasic(secret));
      withoutTls(asking);
      const profile = await client.fetchUserInfo(asking, tokens.access_token, claims.sub);
      return { tokens, claims, profile };
    },
    stop: async () => {
      await Promise.all([running.stop(), party.stop()]);
    },
  };
}

export type OidcWorld = Awaited<ReturnType<typeof oidcWorld>>;
