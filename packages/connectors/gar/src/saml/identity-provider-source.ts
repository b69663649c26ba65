/**
 * Where the identity provider's metadata come from, and how long they are believed: read at the first sign-in, again
 * every hour and when a message names an unknown key, and the last good ones stay in force while they are valid and the
 * source is down.
 */
import { createReadStream } from "node:fs";
import type { Clock, Instant, Log } from "@preau/kernel";
import { addHours } from "@preau/kernel";
import { fault } from "../errors.ts";
import { certificateWatch } from "./certificate-watch.ts";
import { type IdentityProvider, parseIdentityProvider } from "./identity-provider-metadata.ts";

export interface SourceOptions {
  /** A file, or an https address; http on this machine alone: whoever can change the answer signs everybody in. */
  readonly location: string;
  readonly entityId?: string | undefined;
  /** Id of the provider, for the log. */
  readonly provider: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface IdentityProviderSource {
  /** @throws GAR_METADATA_UNREADABLE */
  current(): Promise<IdentityProvider>;
  /** Reads them again, once a minute at most: a message names a key that is not among the known ones. */
  refreshed(): Promise<IdentityProvider>;
}

const FETCH_WITHIN_MS = 10_000;
const MOST_BYTES = 1_048_576;
const FRESH_HOURS = 1;
const REFRESHED_EVERY_MS = 60_000;

export function identityProviderSource(options: SourceOptions): IdentityProviderSource {
  const { clock, log, location, provider: id } = options;
  const watch = certificateWatch({ clock, log, whose: "theirs", provider: id });
  let known: { readonly provider: IdentityProvider; readonly until: Instant } | undefined;
  let reading: Promise<IdentityProvider> | undefined;
  let refreshedAt = Number.NEGATIVE_INFINITY;

  const hasEnded = ({ validUntil }: IdentityProvider) =>
    validUntil !== undefined && validUntil <= clock.now();
  const read = async () => {
    const text = await textAt(location);
    const now = clock.now();
    const provider = parseIdentityProvider(text, { place: location, now, entityId: options.entityId });
    watch(provider.certificatesEnd);
    known = { provider, until: addHours(now, FRESH_HOURS) };
    return provider;
  };
  const readAgain = async () => {
    try {
      return await read();
    } catch (error) {
      const last = known?.provider;
      if (last === undefined || hasEnded(last)) throw error;
      log.warn("gar.metadataKept", { reason: "the source cannot be read" });
      return last;
    }
  };

  const readOnce = () => {
    reading ??= readAgain().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const current = () =>
    known !== undefined && clock.now() < known.until && !hasEnded(known.provider)
      ? Promise.resolve(known.provider)
      : readOnce();

  return {
    current,
    refreshed: () => {
      if (clock.monotonic() - refreshedAt < REFRESHED_EVERY_MS) return current();
      refreshedAt = clock.monotonic();
      return readOnce();
    },
  };
}

async function textAt(location: string): Promise<string> {
  try {
    if (!/^https?:/i.test(location)) return await textWithin(createReadStream(location));
    const url = new URL(location);
    if (url.protocol !== "https:" && !isLoopback(url.hostname))
      throw new TypeError("http beyond this machine");
    const signal = AbortSignal.timeout(FETCH_WITHIN_MS);
    const answer = await fetch(url, { signal, redirect: "error" });
    if (!answer.ok) throw new TypeError(`answered ${answer.status}`);
    return await textWithin(answer.body ?? []);
  } catch (cause) {
    const why = cause instanceof TypeError ? `: ${cause.message}` : "";
    throw fault("GAR_METADATA_UNREADABLE", { place: `${location}${why}`, cause });
  }
}

/** Stops at the first byte too many; what it read from is then closed. */
async function textWithin(source: AsyncIterable<Uint8Array> | readonly Uint8Array[]): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new TypeError("larger than 1 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
