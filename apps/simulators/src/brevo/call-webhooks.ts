/**
 * Tells webhooks of events: one call an event, or an array of up to 500 at the end of five minutes. No answer and 429
 * are tried again after 10 minutes, 1, 2 and 8 hours; any other 4xx and any 5xx end it.
 */
import type { AccountState, Delivery, LoggedEvent, Mail, Recipient, Webhook } from "./account-state.ts";
import { nextNumber } from "./account-state.ts";
import type { Agenda } from "./agenda.ts";
import type { BrevoFaults } from "./defects.ts";
import { isAskedFor } from "./event-names.ts";
import { eventPayload } from "./event-payload.ts";

/** Seconds after an attempt that failed. */
const RETRIES = [600, 3_600, 7_200, 28_800];
const BATCH_WINDOW = 300;
const MOST_IN_BATCH = 500;
const LONGEST_CALL = 10_000; // real milliseconds; nobody says how long the real one waits
const REORDERED_BY = 30;

export interface WebhookCalls {
  tell(mail: Mail, recipient: Recipient, event: LoggedEvent): void;
  attempt(delivery: number): Promise<void>;
  closeBatch(webhook: number): void;
  stop(): void;
}

export function webhookCalls(state: AccountState, agenda: () => Agenda, defects: BrevoFaults): WebhookCalls {
  const stopping = new AbortController();
  let told = 0;

  const queue = (webhook: Webhook, payloads: Delivery["payloads"], wait: number) => {
    told += 1;
    const every = defects.get("hooks-dropped");
    const lost = every > 0 && told % every === 0;
    for (let copy = defects.get("hooks-twice"); copy >= 0; copy--) {
      const delivery: Delivery = {
        id: nextNumber(state),
        webhook: webhook.id,
        payloads,
        batched: webhook.batched,
        attempts: [],
        state: lost ? "lost" : "waiting",
      };
      state.deliveries.set(delivery.id, delivery);
      if (!lost)
        agenda().after(wait + defects.get("hooks-delayed"), { kind: "attempt", delivery: delivery.id });
    }
  };

  const finish = (delivery: Delivery, status: number | undefined) => {
    if (status !== undefined && status >= 200 && status < 300) {
      delivery.state = "delivered";
      return;
    }
    const wait = RETRIES[delivery.attempts.length - 1];
    if (wait === undefined || (status !== undefined && status !== 429)) {
      delivery.state = "given up";
      return;
    }
    agenda().after(wait, { kind: "attempt", delivery: delivery.id });
  };

  return {
    tell: (mail, recipient, event) => {
      for (const webhook of state.webhooks.values()) {
        if (webhook.type !== "transactional" || !isAskedFor(event.name, webhook.events)) continue;
        const payload = eventPayload({ mail, recipient, event, webhook: webhook.id }, defects);
        if (webhook.batched) {
          const waiting = state.batches.get(webhook.id);
          if (waiting === undefined) agenda().after(BATCH_WINDOW, { kind: "batch", webhook: webhook.id });
          state.batches.set(webhook.id, [...(waiting ?? []), payload]);
        } else {
          const first = recipient.events.length === 1;
          queue(webhook, [payload], first && defects.get("hooks-reordered") > 0 ? REORDERED_BY : 0);
        }
      }
    },
    closeBatch: (id) => {
      const waiting = state.batches.get(id) ?? [];
      state.batches.delete(id);
      const webhook = state.webhooks.get(id);
      if (webhook === undefined) return;
      for (let from = 0; from < waiting.length; from += MOST_IN_BATCH) {
        queue(webhook, waiting.slice(from, from + MOST_IN_BATCH), 0);
      }
    },
    attempt: async (id) => {
      const delivery = state.deliveries.get(id);
      if (delivery === undefined) return;
      const webhook = state.webhooks.get(delivery.webhook);
      if (webhook === undefined) {
        delivery.state = "given up";
        return;
      }
      const at = agenda().now();
      const status = await call(webhook, delivery, defects, stopping.signal);
      if (stopping.signal.aborted) return;
      delivery.attempts.push(status === undefined ? { at } : { at, status });
      finish(delivery, status);
    },
    stop: () => stopping.abort(),
  };
}

/** The status; undefined when no answer came. */
async function call(
  webhook: Webhook,
  delivery: Delivery,
  defects: BrevoFaults,
  stopping: AbortSignal,
): Promise<number | undefined> {
  const [first] = delivery.payloads;
  try {
    const { url, headers } = addressed(webhook, defects); // fails on characters that no header may have
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(delivery.batched ? delivery.payloads : first),
      redirect: "manual",
      signal: AbortSignal.any([stopping, AbortSignal.timeout(LONGEST_CALL)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

/** Name and password in the address go into the header, as every HTTP client does it. */
function addressed(webhook: Webhook, defects: BrevoFaults): { url: URL; headers: Headers } {
  const url = new URL(webhook.url);
  const headers = new Headers({ "content-type": "application/json", "user-agent": "Brevo-simulator" });
  for (const { key, value } of webhook.headers) headers.set(key, value);
  const wrong = defects.get("hooks-wrong-token") > 0;
  if (url.username !== "") {
    const pair = `${decodeURIComponent(url.username)}:${wrong ? "wrong" : decodeURIComponent(url.password)}`;
    headers.set("authorization", `Basic ${Buffer.from(pair).toString("base64")}`);
    url.username = "";
    url.password = "";
  }
  if (webhook.auth !== undefined)
    headers.set("authorization", `Bearer ${wrong ? "wrong" : webhook.auth.token}`);
  if (defects.get("hooks-without-token") > 0) headers.delete("authorization");
  return { url, headers };
}
