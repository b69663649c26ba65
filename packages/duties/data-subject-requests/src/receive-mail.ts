/** Takes a mail in, as its own unit: what no person wrote is dropped, and counted in the log alone. @clause D10.1b */
import type { Instant, Received } from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";
import type { DataSubjectRequestsOptions } from "./options.ts";
import { parseMail } from "./parse-mail.ts";
import { receiveRequest } from "./receive-request.ts";

export type MailTaken =
  | ({ readonly kind: "taken" } & Received)
  | { readonly kind: "dropped"; readonly why: "automatic" | "echo" | "empty" };

/** @throws REQUEST_MAIL_UNREADABLE, REQUEST_BAD @clause D10.1b */
export async function receiveMail(
  ports: IntakePorts,
  { messageIdDomain }: Pick<DataSubjectRequestsOptions, "messageIdDomain">,
  raw: Uint8Array,
  deliveredAt: Instant,
): Promise<MailTaken> {
  const now = ports.clock.now();
  const parsed = await parseMail(raw, { deliveredAt, now, messageIdDomain });
  if (parsed.kind === "dropped") {
    ports.log.info("data-subject-requests.mailDropped", { why: parsed.why });
    return parsed;
  }
  const { request, attachments } = parsed;
  const received = await ports.unitOfWork.transaction((unit) =>
    receiveRequest(unit, ports, request, { attachments }),
  );
  return { kind: "taken", ...received };
}
