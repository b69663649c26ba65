/**
 *   GET    /smtp/blockedContacts
 *   DELETE /smtp/blockedContacts/{email}    204
 *   POST   /smtp/deleteHardbounces          204
 */
import { Router } from "express";
import type { BlockReason } from "./account-state.ts";
import { ApiError } from "./api-error.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { isoOf } from "./iso-time.ts";
import { isEmail } from "./read-addresses.ts";
import { isFields } from "./read-mail.ts";
import { daysOf, pageOf, textOf } from "./read-query.ts";

const SAYS: Readonly<Record<BlockReason, string>> = {
  unsubscribedViaMA: "Unsubscribed via MA",
  unsubscribedViaEmail: "Unsubscribed via Email",
  adminBlocked: "Admin blocked",
  unsubscribedViaApi: "Unsubscribed via API",
  hardBounce: "Hard bounce",
  contactFlaggedAsSpam: "Contact flagged as spam",
};

export function blocklistRouter({ state }: BrevoAccount): Router {
  const router = Router();

  router.get("/smtp/blockedContacts", (request, response) => {
    const { from = 0, until = Number.POSITIVE_INFINITY } = daysOf(request.query);
    const senders = textOf(request.query, "senders")?.toLowerCase().split(",");
    const found = [...state.blocked.values()].filter(
      ({ at, senderEmail }) =>
        at >= from &&
        at <= until &&
        (senders === undefined || (senderEmail !== null && senders.includes(senderEmail.toLowerCase()))),
    );
    const contacts = pageOf(request.query, found, { usual: 50, most: 100 }).map(
      ({ email, senderEmail, reason, at }) => ({
        email,
        senderEmail,
        reason: { code: reason, message: SAYS[reason] },
        blockedAt: isoOf(at),
      }),
    );
    response.json({ count: found.length, contacts });
  });

  router.delete("/smtp/blockedContacts/:email", (request, response) => {
    const { email } = request.params;
    if (!isEmail(email)) throw new ApiError("invalid_parameter", "email is not valid");
    if (!state.blocked.delete(email.toLowerCase()))
      throw new ApiError("document_not_found", "Contact is not blocked");
    response.status(204).end();
  });

  router.post("/smtp/deleteHardbounces", (request, response) => {
    const body: unknown = request.body ?? {};
    const fields = isFields(body) ? body : {};
    const email = textOf(fields, "contactEmail")?.toLowerCase();
    const { from = 0, until = Number.POSITIVE_INFINITY } = daysOf(fields);
    for (const [key, { reason, at }] of state.blocked) {
      const meant = (email === undefined || key === email) && at >= from && at <= until;
      if (reason === "hardBounce" && meant) state.blocked.delete(key);
    }
    response.status(204).end();
  });

  return router;
}
