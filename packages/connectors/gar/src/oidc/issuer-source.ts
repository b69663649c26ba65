/**
 * An issuer's metadata (OpenID Connect Discovery 1.0) and keys (RFC 7517), and how long they are believed: see
 * `remembered`; keys are read again also when a token names an unknown one. While the issuer is silent the last ones stay in
 * force, for a day.
 */
import { type Clock, isFault, type Log } from "@preau/kernel";
import { isLoopback } from "@preau/web";
import type { JSONWebKeySet } from "jose";
import * as oidc from "openid-client";
import { fault } from "../errors.ts";
import { remembered } from "../remembered.ts";
import { isSafeAddress } from "../safe-address.ts";
import { ANSWERS_WITHIN_SECONDS, askProvider } from "./ask-provider.ts";

export interface IssuerSourceOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface IssuerSource {
  /** @throws GAR_ISSUER_UNREADABLE */
  readonly metadata: () => Promise<IssuerMetadata>;
  /** The keys, `kid` among them if the issuer has it. @throws GAR_ISSUER_UNREADABLE */
  readonly keys: (kid: string | undefined) => Promise<JSONWebKeySet>;
}

export type IssuerMetadata = oidc.ServerMetadata & {
  readonly id_token_signing_alg_values_supported: readonly string[];
};

const KEPT_MS = 24 * 3_600_000;

/** Signatures that are accepted; never `none`, never a shared secret. */
const ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" ");

export function issuerSource(options: IssuerSourceOptions): IssuerSource {
  const metadata = kept(options, async () => checked(await discovered(options), options.issuer));
  const keys = kept(options, async () => keysOf(await metadata.current()));
  return {
    metadata: () => metadata.current(),
    keys: async (kid) => {
      const known = await keys.current();
      const named = kid === undefined || known.keys.some((key) => key.kid === kid);
      return named ? known : keys.refreshed();
    },
  };
}

async function discovered({ issuer, clientId }: IssuerSourceOptions): Promise<oidc.ServerMetadata> {
  const url = new URL(issuer);
  const insecure = url.protocol === "http:" && isLoopback(url.hostname);
  const config = await oidc.discovery(url, clientId, undefined, oidc.None(), {
    [oidc.customFetch]: askProvider,
    timeout: ANSWERS_WITHIN_SECONDS,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- on the loopback alone, where there is no TLS
    ...(insecure ? { execute: [oidc.allowInsecureRequests] } : {}),
  });
  return config.serverMetadata();
}

/** Addresses that are asked, or to which browsers are sent. */
const ADDRESSES = [
  "authorization_endpoint",
  "token_endpoint",
  "jwks_uri",
  "userinfo_endpoint",
  "end_session_endpoint",
] as const;
const NEEDED: readonly string[] = ADDRESSES.slice(0, 3);

/** Exactly the issuer that was configured: the library lets some pass that stand for many. */
function checked(metadata: oidc.ServerMetadata, issuer: string): IssuerMetadata {
  if (metadata.issuer !== issuer) throw new TypeError("names another issuer");
  const secure = issuer.startsWith("https:");
  for (const name of ADDRESSES) {
    const address: unknown = metadata[name];
    if (address === undefined && !NEEDED.includes(name)) continue;
    if (typeof address !== "string" || !isSafeAddress(address)) throw new TypeError(`${name} is not https`);
    if (secure && !address.startsWith("https:")) throw new TypeError(`${name} is not https`);
  }
  const offered: unknown = metadata.id_token_signing_alg_values_supported ?? ["RS256"];
  const algorithms = Array.isArray(offered) ? ALGORITHMS.filter((each) => offered.includes(each)) : [];
  if (algorithms.length === 0) throw new TypeError("offers no signature algorithm that is accepted");
  return { ...metadata, id_token_signing_alg_values_supported: algorithms };
}

async function keysOf({ jwks_uri: address }: IssuerMetadata): Promise<JSONWebKeySet> {
  const headers = { accept: "application/json, application/jwk-set+json" };
  const answer = await askProvider(address ?? "", { method: "GET", headers, body: null, redirect: "manual" });
  const set: unknown = answer.status === 200 ? await answer.json() : undefined;
  const keys = typeof set === "object" && set !== null && "keys" in set ? set.keys : undefined;
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "object" && key !== null)) {
    throw new TypeError("jwks_uri holds no keys");
  }
  return { keys: keys as JSONWebKeySet["keys"] };
}

/** Something that is read from the issuer: kept for a day while it cannot be read. */
function kept<T>({ issuer, clock, log }: IssuerSourceOptions, read: () => Promise<T>) {
  return remembered({
    clock,
    log,
    read: () =>
      read().catch((cause: unknown) => {
        throw unreadable(issuer, cause);
      }),
    mayBeKept: (_value, ageMs) => ageMs < KEPT_MS,
  });
}

function unreadable(issuer: string, cause: unknown) {
  if (isFault(cause)) return cause;
  if (cause instanceof Error && isFault(cause.cause)) return cause.cause; // the library passes ours on in its own
  const why = cause instanceof TypeError ? `: ${cause.message}` : "";
  return fault("GAR_ISSUER_UNREADABLE", { place: `${issuer}${why}`, cause });
}
