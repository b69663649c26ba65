/**
 * Where the identity provider's metadata come from, and how long they are believed: see `remembered`; they are read again also
 * when a message names an unknown key, and the last good ones stay in force while they are valid and the source is down.
 */
import { createReadStream } from "node:fs";
import { type Clock, isFault, type Log } from "@preau/kernel";
import { fault } from "../errors.ts";
import { refuseUnverifiedTls } from "../http/refuse-unverified-tls.ts";
import { remembered } from "../remembered.ts";
import { isSafeAddress } from "../safe-address.ts";
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
  /** @throws GAR_METADATA_UNREADABLE, GAR_TLS_UNVERIFIED */
  current(): Promise<IdentityProvider>;
  /** Reads them again, once a minute at most: a message names a key that is not among the known ones. */
  refreshed(): Promise<IdentityProvider>;
}

const FETCH_WITHIN_MS = 10_000;
const MOST_BYTES = 1_048_576;

export function identityProviderSource(options: SourceOptions): IdentityProviderSource {
  const { clock, log, location, provider: id } = options;
  const watch = certificateWatch({ clock, log, whose: "theirs", provider: id });
  return remembered({
    clock,
    log,
    read: async () => {
      const text = await textAt(location);
      const { entityId } = options;
      const provider = parseIdentityProvider(text, { place: location, now: clock.now(), entityId });
      watch(provider.certificatesEnd);
      return provider;
    },
    mayBeKept: ({ validUntil }) => validUntil === undefined || validUntil > clock.now(),
  });
}

async function textAt(location: string): Promise<string> {
  try {
    if (!/^https?:/i.test(location)) return await textWithin(createReadStream(location));
    if (!isSafeAddress(location)) throw new TypeError("http beyond this machine");
    refuseUnverifiedTls(location);
    const signal = AbortSignal.timeout(FETCH_WITHIN_MS);
    const answer = await fetch(location, { signal, redirect: "error" });
    if (!answer.ok) throw new TypeError(`answered ${answer.status}`);
    return await textWithin(answer.body ?? []);
  } catch (cause) {
    if (isFault(cause)) throw cause;
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
