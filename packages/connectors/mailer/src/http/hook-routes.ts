/**
 * Where providers tell what became of our messages. Brevo comes again after 429 alone: whatever keeps us from storing is told
 * so, and what is not well made is refused for good. @clause DC
 */
import type { Ports } from "@preau/kernel";
import { type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import { gather } from "../gather.ts";
import type { HookEvent } from "../hook-event.ts";
import { bearsSecret, hookSecrets } from "../hook-secret.ts";
import type { MailerOptions } from "../options.ts";
import { readBrevoHook } from "../read-brevo-hook.ts";
import { receiveHooks } from "../receive-hooks.ts";
import { BREVO_HOOK } from "./hook-path.ts";

/** Bytes: a refusal for its size would be for good. */
const LIMIT = 1_048_576;
/** Events that one transaction stores for one request. */
const CHUNK = 1_000;
const COME_AGAIN_SECONDS = 600;
const MINUTE_MS = 60_000;
/** Requests that share a transaction, and the milliseconds that the first of them waits for others. */
const TOGETHER = { most: 20, lingerMs: () => 2 };

export function hookRoutes(
  ports: Pick<Ports, "clock" | "ids" | "jobs" | "log" | "unitOfWork" | "vault">,
  options: MailerOptions,
): readonly WebRoute[] {
  const store = gather(
    (requests: readonly (readonly HookEvent[])[]) => receiveHooks(ports, requests),
    TOGETHER,
  );

  let loudAt = Number.NEGATIVE_INFINITY;
  /** Who calls is anybody: a line a minute says as much as thousands. */
  const cannotTell = (): void => {
    const now = ports.clock.monotonic();
    if (now - loudAt < MINUTE_MS) return;
    loudAt = now;
    ports.log.error("mailer.hookSecretUnreadable", { option: "plugins.mailer.hookSecret" });
  };

  const receive: WebHandler = async (request, response) => {
    const secrets = await hookSecrets(options);
    if (secrets === "unreadable") {
      cannotTell();
      response.setHeader("Retry-After", COME_AGAIN_SECONDS);
      throw fault("MAIL_HOOK_LATER", { place: "hookSecret" });
    }
    if (!bearsSecret(secretOf(request), secrets)) throw fault("MAIL_HOOK_SECRET");
    const read = readBrevoHook(request.bytes, ports.clock.now());
    if (read === undefined) throw fault("MAIL_BAD_HOOK");
    const { events, passed, broken } = read;
    if (broken > 0)
      ports.log.warn("mailer.hookBroken", { events: broken, of: events.length + passed + broken });
    if (broken > 0 && events.length + passed === 0) throw fault("MAIL_BAD_HOOK");
    try {
      let stored = 0;
      // What an earlier chunk brought is known again, should a later one fail.
      for (let at = 0; at < events.length; at += CHUNK) stored += await store(events.slice(at, at + CHUNK));
      response.json({ stored, known: events.length - stored, passed, broken });
    } catch (cause) {
      response.setHeader("Retry-After", COME_AGAIN_SECONDS);
      throw fault("MAIL_HOOK_LATER", { cause });
    }
  };
  return webRoutes([
    {
      ...{ method: "post", path: BREVO_HOOK, handler: receive, who: "anyone", clause: "DC" },
      ...{ body: "raw", bodyLimit: LIMIT, forMachines: true },
      csrfExempt: "a provider posts here under a secret of its own, never under a cookie",
    },
  ] as const);
}

/** The header goes before the address: addresses end in logs. */
function secretOf(request: WebRequest): string | undefined {
  const [, bearer] = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(request.get("authorization") ?? "") ?? [];
  const { key } = request.query;
  return bearer ?? (typeof key === "string" ? key : undefined);
}
