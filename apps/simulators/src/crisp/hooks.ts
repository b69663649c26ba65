/**
 * Web hooks, plugin's and website's. Documented: the payload, the headers, the signature, that deliveries are repeated.
 * Guesses: 4 attempts, after 5 s, 30 s and 2 min; what counts as received is a 2xx within 10 s; each attempt is stamped
 * and signed anew; first attempts go out one after the other, in the order of the events.
 */
import { randomBytes } from "node:crypto";
import type { Faults } from "../faults.ts";
import type { Credentials } from "./credentials.ts";
import type { deskDefects } from "./defects.ts";
import type { Fields } from "./desk.ts";
import { uuid } from "./identifiers.ts";
import { signHook } from "./sign-hook.ts";
import { SPELLINGS, type Spelling, spell } from "./spell.ts";

const ATTEMPT_LIMIT = 4;
const RETRY_AFTER = [5_000, 30_000, 120_000];
const PATIENCE = 10_000;
const KEPT = 1_000;
const HELD_FOR = 250; // milliseconds of quiet after which held events go out although the hold is not full

type HookKind = "plugin" | "website";

/** Where hooks go; undefined for none. The website's address carries its key already. */
export type HookTargets = Readonly<Record<HookKind, string | undefined>>;

export interface Delivery {
  readonly id: string;
  readonly kind: HookKind;
  readonly event: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attempt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A status; 0 for no answer, or none yet. */
  status: number;
  state: "under way" | "received" | "refused" | "no answer" | "lost on the way";
  millis: number;
}

export interface HookOptions {
  readonly credentials: Credentials;
  readonly faults: Faults<typeof deskDefects>;
  readonly now: () => number;
  readonly targets: HookTargets;
}

export interface Hooks {
  readonly emit: (event: string, data: Fields) => void;
  targets(): HookTargets;
  aim(targets: Partial<HookTargets>): void;
  /** Newest last. */
  deliveries(): readonly Delivery[];
  /** Sends the same bytes under the same headers again, to where hooks go now; undefined when there is no such delivery. */
  replay(id: string): Promise<Delivery | undefined>;
  /** Resolves when no delivery is under way or waits for its next attempt. */
  settled(): Promise<void>;
  /** Forgets deliveries, and those that wait for their next attempt. */
  clear(): void;
  stop(): void;
}

interface Job {
  readonly kind: HookKind;
  readonly event: string;
  readonly body: string;
  /** When the event happened, for the first attempt. */
  readonly timestamp: number;
}

export function makeHooks({ credentials, faults, now, targets: first }: HookOptions): Hooks {
  const stranger = randomBytes(32).toString("hex");
  const origin = randomBytes(8).toString("hex");
  const stopping = new AbortController();
  const waits = new Set<() => void>();
  const under = new Set<Promise<void>>();
  const queues: Record<HookKind, Promise<void>> = { plugin: Promise.resolve(), website: Promise.resolve() };
  let targets = first;
  let kept: Delivery[] = [];
  let held: Job[] = [];
  let release: NodeJS.Timeout | undefined;
  let events = 0;
  let era = 0; // of a clearing: what waited before it is not sent after it

  const wait = (millis: number) =>
    new Promise<void>((resolve) => {
      if (millis === 0 || stopping.signal.aborted) {
        resolve();
        return;
      }
      const end = () => {
        waits.delete(end);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, millis);
      waits.add(end);
    });
  const endWaits = () => {
    for (const end of waits) end();
  };
  const track = (work: Promise<void>) => {
    const ended = work.finally(() => under.delete(ended));
    under.add(ended);
  };

  const headersOf = ({ kind, body, timestamp }: Job, attempt: number): Record<string, string> => {
    const shift = (faults.get("future") - faults.get("stale")) * 1_000;
    const stamp = timestamp + shift;
    const moved = faults.get("timestamp-tampered") > 0;
    const secret =
      faults.get("wrong-key") > 0
        ? stranger
        : credentials[faults.get("signs-with-next") > 0 ? "nextHookSecret" : "hookSecret"];
    const signed = kind === "plugin" && faults.get("unsigned") === 0;
    return {
      "Content-Type": "application/json",
      "User-Agent": "crisp-hooks",
      "X-Crisp-Hook-Origin": `${kind}/rtm ${origin} production`,
      "X-Crisp-Request-Timestamp": String(stamp),
      ...(signed ? { "X-Crisp-Signature": signHook(secret, moved ? stamp - 3_600_000 : stamp, body) } : {}),
      "X-Delivery-Attempt-Limit": String(ATTEMPT_LIMIT),
      "X-Delivery-Attempt-Count": String(attempt),
    };
  };

  /** One attempt; true when it was received. */
  const send = async (kind: HookKind, delivery: Delivery): Promise<boolean> => {
    kept.push(delivery);
    if (kept.length > KEPT) kept = kept.slice(-KEPT);
    const target = targets[kind];
    const begun = performance.now();
    if (target === undefined) {
      delivery.state = "no answer";
      return false;
    }
    try {
      const response = await fetch(aimed(kind, target), {
        method: "POST",
        headers: delivery.headers,
        body: faults.get("tampered") > 0 ? tampered(delivery.body) : delivery.body,
        redirect: "manual",
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(PATIENCE)]),
      });
      await response.body?.cancel();
      delivery.status = response.status;
      delivery.state = response.ok ? "received" : "refused";
    } catch {
      delivery.state = "no answer";
    }
    delivery.millis = Math.round(performance.now() - begun);
    return delivery.state === "received";
  };
  const aimed = (kind: HookKind, target: string) => {
    if (kind === "plugin" || faults.get("wrong-key") === 0) return target;
    const url = new URL(target);
    url.searchParams.set("key", stranger);
    return url.href;
  };
  const delivered = (job: Job, attempt: number, headers: Record<string, string>): Delivery => ({
    ...{ id: uuid(), kind: job.kind, event: job.event, at: now(), attempt, headers, body: job.body },
    ...{ status: 0, state: "under way", millis: 0 },
  });

  const attempt = async (job: Job, count: number, headers = headersOf(job, count)): Promise<void> => {
    if (stopping.signal.aborted || (await send(job.kind, delivered(job, count, headers)))) return;
    if (count >= ATTEMPT_LIMIT) return;
    track(retry(job, count + 1, headers));
  };
  const retry = async (job: Job, count: number, before: Record<string, string>) => {
    const begun = era;
    await wait(faults.get("retry-ms") || (RETRY_AFTER[count - 2] ?? 0));
    if (begun !== era) return;
    const kept = { ...before, "X-Delivery-Attempt-Count": String(count) };
    const again = { ...job, timestamp: now() };
    await attempt(again, count, faults.get("retries-keep-timestamp") > 0 ? kept : headersOf(again, count));
  };
  const deliver = (job: Job) => {
    const begun = era;
    const work = async () => {
      await wait(faults.get("delay-ms"));
      if (begun !== era) return;
      const headers = headersOf(job, 1);
      await attempt(job, 1, headers);
      for (let more = faults.get("duplicates"); more > 0 && !stopping.signal.aborted; more -= 1) {
        await send(job.kind, delivered(job, 1, headers));
      }
    };
    queues[job.kind] = queues[job.kind].then(work);
    track(queues[job.kind]);
  };
  const flush = () => {
    clearTimeout(release);
    const jobs = held.reverse();
    held = [];
    for (const job of jobs) deliver(job);
  };

  const dispatch = (job: Job) => {
    const window = faults.get("reordered");
    if (window === 0) {
      deliver(job);
      return;
    }
    held.push(job);
    clearTimeout(release);
    if (held.length >= window) flush();
    else release = setTimeout(flush, HELD_FOR);
  };
  const wanted = (kind: HookKind) =>
    targets[kind] !== undefined &&
    (kind === "plugin" ? faults.get("no-plugin-hooks") === 0 : faults.get("website-hooks") > 0);
  const spellings = (): readonly Spelling[] =>
    faults.get("every-spelling") > 0 ? SPELLINGS.slice(1) : [SPELLINGS[faults.get("spelling")] ?? "compact"];

  return {
    emit: (event, data) => {
      const timestamp = now();
      const payload = { website_id: credentials.websiteId, event, data, timestamp };
      events += 1;
      const drops = faults.get("drops");
      for (const kind of ["plugin", "website"] as const) {
        if (!wanted(kind)) continue;
        for (const spelling of spellings()) {
          const job: Job = { kind, event, timestamp, body: spell(payload, spelling) };
          if (drops > 0 && events % drops === 0) {
            kept.push({ ...delivered(job, 1, headersOf(job, 1)), state: "lost on the way" });
          } else {
            dispatch(job);
          }
        }
      }
    },
    targets: () => targets,
    aim: (next) => {
      targets = { ...targets, ...next };
    },
    deliveries: () => kept,
    replay: async (id) => {
      const found = kept.find((each) => each.id === id);
      if (found === undefined) return undefined;
      const again: Delivery = { ...found, id: uuid(), at: now(), status: 0, state: "under way", millis: 0 };
      await send(found.kind, again);
      return again;
    },
    settled: async () => {
      while (under.size > 0 || held.length > 0) {
        await (under.size > 0 ? Promise.allSettled([...under]) : wait(HELD_FOR));
      }
    },
    clear: () => {
      kept = [];
      era += 1;
      endWaits();
    },
    stop: () => {
      stopping.abort();
      clearTimeout(release);
      endWaits();
    },
  };
}

/** Still JSON, but not what was signed. */
function tampered(body: string): string {
  return body.replace('"website_id"', '"tampered":true,"website_id"');
}
