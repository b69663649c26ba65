/** One hook: whose it is, what it says, and that it is stored. Refusals say why to the log alone. */
import { fault } from "./errors.ts";
import type { SupportBridgeOptions } from "./options.ts";
import type { Receipt, Receive, ReceivePorts } from "./receive-event.ts";
import type { DeskSource, Hook } from "./sources/source.ts";
import type { SupportPorts } from "./support-ports.ts";

export type HookPorts = ReceivePorts & Pick<SupportPorts, "support">;

/**
 * `ignored`: verified, and it says nothing to us.
 * @throws SUPPORT_HOOK_REFUSED, SUPPORT_BAD_HOOK, SUPPORT_NOT_STORED
 */
export async function receiveHook(
  { clock, log, support }: Pick<HookPorts, "clock" | "log" | "support">,
  { hooks, website, freshSeconds }: Pick<SupportBridgeOptions, "hooks" | "website" | "freshSeconds">,
  source: DeskSource,
  receive: Receive,
  hook: Hook,
): Promise<Receipt | "ignored"> {
  const verified = source.verify(hook, {
    ...{ hooks, secrets: support.secrets(), now: clock.now(), freshForMs: freshSeconds * 1_000 },
    ...(website === undefined ? {} : { website }),
  });
  if (!verified.verified) {
    const { reason } = verified;
    log.warn("support-bridge.hookRefused", { reason });
    throw reason === "malformed"
      ? fault("SUPPORT_BAD_HOOK", { place: "body" })
      : fault("SUPPORT_HOOK_REFUSED", { place: reason });
  }
  const event = source.read(hook.body);
  if (event === undefined) return "ignored";
  return receive({ source: source.name, key: verified.key, event });
}
