/**
 *   POST   /smtp/email                      201 {messageId} or {messageIds}, 202 when scheduled
 *   GET    /smtp/emailStatus/{identifier}   a scheduled mail, or batch
 *   DELETE /smtp/email/{identifier}         204
 */
import { type Response, Router } from "express";
import type { Mail } from "./account-state.ts";
import { ApiError } from "./api-error.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { takeOne } from "./defects.ts";
import { isoOf } from "./iso-time.ts";
import { readMailRequest } from "./read-mail.ts";

export function mailRouter(account: BrevoAccount): Router {
  const { state, agenda, defects } = account;
  const router = Router();

  router.post("/smtp/email", (request, response) => {
    if (defects.get("no-credits") > 0)
      throw new ApiError("not_enough_credits", "You do not have enough credits to send this email");
    if (defects.get("under-validation") > 0)
      throw new ApiError("account_under_validation", "Your account is under validation");
    const mail = readMailRequest(request.body, agenda.now());
    const ids = account.take(mail);
    if (spoiltAnswer(response)) return;
    const answer = mail.inVersions ? { messageIds: ids } : { messageId: ids[0] };
    response.status(mail.scheduledAt === undefined ? 201 : 202);
    response.json(
      mail.scheduledAt === undefined || mail.batchId === undefined
        ? answer
        : { ...answer, batchId: mail.batchId },
    );
  });

  router.get("/smtp/emailStatus/:identifier", (request, response) => {
    const { identifier } = request.params;
    const found = scheduled(identifier);
    if (found.length === 0) throw notScheduled();
    const batches = found.map((mail) => ({
      scheduledAt: isoOf(mail.scheduledAt ?? mail.takenAt),
      createdAt: isoOf(mail.takenAt),
      status: mail.state,
    }));
    response.json(identifier.startsWith("<") ? batches[0] : { count: batches.length, batches });
  });

  router.delete("/smtp/email/:identifier", (request, response) => {
    const waiting = scheduled(request.params.identifier).filter((mail) => mail.state === "queued");
    if (waiting.length === 0) throw notScheduled();
    for (const { messageId } of waiting) state.mails.delete(messageId);
    const gone = new Set(waiting.map(({ messageId }) => messageId));
    agenda.drop((task) => task.kind === "release" && gone.has(task.messageId));
    response.status(204).end();
  });

  return router;

  function scheduled(identifier: string): readonly Mail[] {
    return [...state.mails.values()].filter(
      (mail) =>
        mail.scheduledAt !== undefined && (mail.messageId === identifier || mail.batchId === identifier),
    );
  }

  /** The mail is taken; whether the answer says so is another matter. */
  function spoiltAnswer(response: Response): boolean {
    if (takeOne(defects, "answer-lost")) {
      response.socket?.destroy();
      return true;
    }
    if (takeOne(defects, "answer-late")) return true;
    if (!takeOne(defects, "taken-but-500")) return false;
    throw new ApiError("internal_server_error", "Internal server error");
  }
}

function notScheduled(): ApiError {
  return new ApiError("document_not_found", "Scheduled email not found");
}
