/**
 * The one way out to the desk. What is about to leave, address, headers of ours and body, is searched for persons whom the desk
 * must not know; one found, and nothing is sent. It asks no permit: whoever calls it has redeemed one. @clause DC
 */
import type { UnitOfWork } from "@preau/kernel";
import { fault } from "./errors.ts";
import { leavingWords } from "./leaving-text.ts";
import type { Wall, WallScope } from "./wall.ts";

export interface Outgoing {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Where the desk answers, as it is configured: what stands before everything else in `url`. */
  readonly at: string;
  /** The desk's own references that are told to it again, our moment, our fingerprint: as whole values they say nothing new. */
  readonly own: readonly string[];
}

export interface Incoming {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where it was no JSON, or nothing. */
  readonly json: unknown;
}

/** `secrets`: headers that prove who we are; they are not searched. */
export type GuardedFetch = (
  scope: WallScope,
  outgoing: Outgoing,
  secrets: Readonly<Record<string, string>>,
  signal?: AbortSignal,
) => Promise<Incoming>;

export interface GuardOptions {
  readonly wall: Pick<Wall, "search">;
  readonly unitOfWork: UnitOfWork;
  /** Milliseconds for the whole answer. */
  readonly timeoutMs?: number;
}

/** Bytes of an answer that are read. */
const MOST_ANSWER = 1_000_000;

/** @throws SUPPORT_WALL when somebody is named, SUPPORT_DESK_DEFERRED when nobody answers */
export function guardedFetch({ wall, unitOfWork, timeoutMs = 15_000 }: GuardOptions): GuardedFetch {
  return async (scope, { method, url, headers = {}, body, at, own }, secrets, signal) => {
    const leaving = leavingWords({ url, headers, body, at, own });
    const kinds =
      leaving.length === 0
        ? []
        : await unitOfWork.transaction((unit) =>
            // As a list: each is a value by itself, whatever it begins with.
            wall.search(unit, scope, Buffer.from(JSON.stringify(leaving))),
          );
    if (kinds.length > 0)
      throw fault("SUPPORT_WALL", { clause: "DC", place: [...new Set(kinds)].join(", ") });
    const ends = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await fetch(url, {
        method,
        headers: {
          ...headers,
          ...secrets,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body }),
        redirect: "error",
        signal: signal === undefined ? ends : AbortSignal.any([signal, ends]),
      });
      return { status: answer.status, headers: answer.headers, json: await jsonOf(answer) };
    } catch (cause) {
      signal?.throwIfAborted();
      throw fault("SUPPORT_DESK_DEFERRED", { place: "no answer", cause });
    }
  };
}

async function jsonOf(answer: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER) throw new RangeError("the answer is too long");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
