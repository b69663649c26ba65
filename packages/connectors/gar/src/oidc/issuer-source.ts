/**
 * An issuer's metadata (OpenID Connect Discovery 1.0) and keys (RFC 7517), and how long they are believed: read at the first sign-in,
 * again every hour, keys also when a token names an unknown one, once a minute at most. While the issuer is silent the last ones
 * stay in force, for a day.
 */
import { addHours, type Clock, type Instant, isFault, type Log } from "@preau/kernel";
import { isLoopback } from "@preau/web";
import type { JSONWebKeySet } from "jose";
import * as oidc from "openid-client";
import { fault } from "../errors.ts";
import { ANSWERS_WITHIN_SECONDS, askProvider, isSafeAddress } from "./ask-provider.ts";

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

const FRESH_HOURS = 1;
const KEPT_HOURS = 24;
const REFRESHED_EVERY_MS = 60_000;

/** Signatures that are accepted; never `none`, never a shared secret. */
const ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" ");

export function issuerSource(options: IssuerSourceOptions): IssuerSource {
  const metadata = remembered(options, async () => checked(await discovered(options), options.issuer));
  const keys = remembered(options, async () => keysOf(await metadata.current()));
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

/** Something that is read from the issuer: fresh for an hour, kept for a day while it cannot be read. */
function remembered<T>({ issuer, clock, log }: IssuerSourceOptions, read: () => Promise<T>) {
  let known: { readonly value: T; readonly readAt: Instant } | undefined;
  let reading: Promise<T> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let refreshedAt = Number.NEGATIVE_INFINITY;
  const within = (hours: number) =>
    known !== undefined && clock.now() < addHours(known.readAt, hours) ? known : undefined;

  const readAgain = async () => {
    askedAt = clock.monotonic();
    try {
      const value = await read();
      known = { value, readAt: clock.now() };
      return value;
    } catch (cause) {
      const last = within(KEPT_HOURS);
      if (last === undefined) throw unreadable(issuer, cause);
      log.warn("gar.metadataKept", { reason: "the source cannot be read" });
      return last.value;
    }
  };
  const readOnce = () => {
    reading ??= readAgain().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const askedJustNow = () => clock.monotonic() - askedAt < REFRESHED_EVERY_MS;
  const current = (): Promise<T> => {
    const fresh = within(FRESH_HOURS) ?? (askedJustNow() ? within(KEPT_HOURS) : undefined);
    return fresh === undefined ? readOnce() : Promise.resolve(fresh.value);
  };
  return {
    current,
    refreshed: () => {
      if (reading === undefined && clock.monotonic() - refreshedAt < REFRESHED_EVERY_MS) return current();
      refreshedAt = clock.monotonic();
      return readOnce();
    },
  };
}

function unreadable(issuer: string, cause: unknown) {
  if (isFault(cause)) return cause;
  const why = cause instanceof TypeError ? `: ${cause.message}` : "";
  return fault("GAR_ISSUER_UNREADABLE", { place: `${issuer}${why}`, cause });
}
