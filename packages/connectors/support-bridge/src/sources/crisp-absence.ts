/**
 * What counts as Crisp's own word for a conversation or a person that is not there. A wrong address, another website and a proxy answer
 * 404 as well: whoever took that for an erasure would put it into receipts. @clause D12.2
 */
import { z } from "zod";
import { fault } from "../errors.ts";
import type { Incoming } from "../guarded-fetch.ts";

/** Reasons of a 404 about what is asked for; `not_subscribed`, `website_not_found`, `route_not_found`… are about us. */
const ABSENT = z.object({
  error: z.literal(true),
  reason: z.enum([
    ...(["not_found", "session_not_found", "conversation_not_found"] as const),
    ...(["people_not_found", "profile_not_found"] as const),
  ]),
});
const WEBSITE = z.object({ error: z.literal(false), data: z.object({ website_id: z.string() }) });

/** @throws SUPPORT_DESK_REFUSED where our website does not answer to our key under that address */
export function requireWebsite({ status, json }: Incoming, website: string): void {
  if (status >= 400) throw fault("SUPPORT_DESK_REFUSED", { place: `website: HTTP ${status}` });
  const read = WEBSITE.safeParse(json);
  if (!read.success || read.data.data.website_id !== website)
    throw fault("SUPPORT_DESK_REFUSED", { place: "website" });
}

/** @throws SUPPORT_DESK_REFUSED for whatever is refused otherwise */
export function isAbsent({ status, json }: Incoming): boolean {
  if (status < 400) return false;
  if (status === 404 && ABSENT.safeParse(json).success) return true;
  throw fault("SUPPORT_DESK_REFUSED", { place: `HTTP ${status}` });
}
