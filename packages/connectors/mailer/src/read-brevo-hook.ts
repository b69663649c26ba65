/**
 * Brevo's web hooks for transactional mail, one event or an array of them (`batched`), read strictly: what lacks an address, a
 * message, a word or a time is none. Subjects, tags, links and the servers' reasons are not read at all. Its `date` is Central
 * European time without saying so: the epochs count, `ts_epoch` in milliseconds, else `ts_event` in seconds. @clause DC
 */
import { type Instant, instant, type Json, type MessageId, millisOf } from "@preau/kernel";
import { z } from "zod";
import { type HookEvent, hookWords } from "./hook-event.ts";
import { readMailAddress } from "./mail-address.ts";

/** Brevo's own word → ours. Every other word that it documents tells us nothing that we want to know. */
const WORDS = {
  hard_bounce: "hardBounce",
  invalid_email: "invalid",
  soft_bounce: "softBounce",
  blocked: "blocked",
  error: "error",
  spam: "complaint",
  complaint: "complaint",
  unsubscribed: "unsubscribed",
} as const satisfies Readonly<Record<string, (typeof hookWords)[number]>>;

const DAY = 86_400_000;
/** An event of a year before is no news; one of tomorrow has not happened. */
const OLDEST = 366 * DAY;
const AHEAD = DAY;
/** Values in one request: more than so many events find no room in a megabyte. */
const MOST = 16_384;

const event = z.object({
  event: z.string().regex(/^[a-zA-Z_]{1,32}$/),
  email: z.string().min(3).max(320),
  "message-id": z.string().regex(/^<?[\x21-\x3b\x3d\x3f-\x7e]{3,180}>?$/),
  ts_event: z.int().positive().optional(),
  ts_epoch: z.int().positive().optional(),
  "X-Mailin-custom": z.string().max(4_096).optional(),
});

interface ReadHook {
  /** Those that tell something. */
  readonly events: readonly HookEvent[];
  /** Well made, and of no interest. */
  readonly passed: number;
  /** Not well made. */
  readonly broken: number;
}

/** Undefined for what is no JSON, no object and no array of values in a number that events can have. */
export function readBrevoHook(bytes: Uint8Array, now: Instant): ReadHook | undefined {
  const read = jsonIn(bytes);
  const given: readonly Json[] = Array.isArray(read)
    ? read
    : typeof read === "object" && read !== null
      ? [read]
      : [];
  if (given.length === 0 || given.length > MOST) return undefined;
  const events: HookEvent[] = [];
  let passed = 0;
  let broken = 0;
  for (const each of given) {
    const one = eventIn(each, now);
    if (one === undefined) broken += 1;
    else if (one === "passed") passed += 1;
    else events.push(one);
  }
  return { events, passed, broken };
}

function eventIn(value: Json | undefined, now: Instant): HookEvent | "passed" | undefined {
  const { data } = event.safeParse(value);
  if (data === undefined) return undefined;
  const address = readMailAddress({ address: data.email })?.address;
  const millis = data.ts_epoch ?? (data.ts_event === undefined ? undefined : data.ts_event * 1_000);
  if (address === undefined || millis === undefined) return undefined;
  const nowMillis = millisOf(now);
  if (millis < nowMillis - OLDEST || millis > nowMillis + AHEAD) return undefined;
  if (!Object.hasOwn(WORDS, data.event)) return "passed";
  const message = messageIn(data["X-Mailin-custom"]);
  return {
    word: WORDS[data.event as keyof typeof WORDS],
    address,
    providerId: data["message-id"].replaceAll(/[<>]/g, ""),
    happenedAt: instant(millis),
    // Brevo repeats an event with the same second; its milliseconds are not in every event.
    identity: [data["message-id"], data.event, data.ts_event ?? Math.floor(millis / 1_000), address],
    ...(message === undefined ? {} : { message }),
  };
}

/** Our own id comes back in the one header that Brevo hands through. */
function messageIn(custom = ""): MessageId | undefined {
  return /(?<![0-9A-Za-z_])msg_[0-9a-hjkmnp-tv-z]{26}(?![0-9A-Za-z_])/.exec(custom)?.[0] as
    | MessageId
    | undefined;
}

function jsonIn(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
