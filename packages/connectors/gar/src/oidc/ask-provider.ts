/**
 * Every request of ours to an OpenID provider: https, or http on this machine alone; ten seconds; 256 KiB of JSON; no redirect
 * followed, so that nobody is asked but whom the provider's metadata name.
 */
import type { CustomFetch } from "openid-client";
import { refuseUnverifiedTls } from "../http/refuse-unverified-tls.ts";
import { isSafeAddress } from "../safe-address.ts";

export const ANSWERS_WITHIN_SECONDS = 10;
const MOST_BYTES = 262_144;
const JSON_TYPES = new Set(["application/json", "application/jwk-set+json"]);

/** There was no answer. Its message names no address. */
class ProviderSilent extends Error {
  override readonly name = "ProviderSilent";
}

/** There was an answer, and it is not read. A TypeError, which the library passes on as it is. */
class UnreadableAnswer extends TypeError {
  override readonly name = "UnreadableAnswer";
}

/** True when a request to the provider had no answer, whatever a library has wrapped that in. */
export function isSilence(error: unknown): boolean {
  if (error instanceof ProviderSilent) return true;
  return error instanceof Error && error.cause !== undefined && isSilence(error.cause);
}

/** The `fetch` that the library is given. @throws ProviderSilent, UnreadableAnswer, GAR_TLS_UNVERIFIED */
export const askProvider: CustomFetch = async (address, options) => {
  if (!isSafeAddress(address)) throw new UnreadableAnswer("http beyond this machine");
  refuseUnverifiedTls(address);
  try {
    const answer = await fetch(address, {
      ...(options as RequestInit),
      redirect: "manual",
      signal: options.signal ?? AbortSignal.timeout(ANSWERS_WITHIN_SECONDS * 1_000),
    });
    return await readAnswer(answer);
  } catch (cause) {
    const ours = cause instanceof ProviderSilent || cause instanceof UnreadableAnswer;
    throw ours ? cause : new ProviderSilent("no answer", { cause });
  }
};

/** The answer with its body read, and the two headers that mean something. */
async function readAnswer(answer: Response): Promise<Response> {
  const { status } = answer;
  if (status >= 500) throw new ProviderSilent(`answered ${status}`);
  const type = answer.headers.get("content-type") ?? "";
  if (status === 200 && !JSON_TYPES.has(type.split(";", 1)[0]?.trim().toLowerCase() ?? "")) {
    throw new UnreadableAnswer("answered something that is not JSON");
  }
  const body = await bytesOf(answer);
  const challenge = answer.headers.get("www-authenticate");
  const headers = { "content-type": type, ...(challenge === null ? {} : { "www-authenticate": challenge }) };
  return new Response(status === 204 || status === 304 ? null : body, { status, headers });
}

/** Stops at the first byte too many; the connection is then closed. */
async function bytesOf(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new UnreadableAnswer("larger than 256 KiB");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
