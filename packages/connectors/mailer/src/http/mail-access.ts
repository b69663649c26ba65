/** Who sees which messages. Another controller's do not exist for those of one. @clause S7 */
import type { ActorRole, ControllerId } from "@preau/kernel";
import { actsAs, controllerScope, type WebRequest } from "@preau/web";
import { fault } from "../errors.ts";
import type { MailerOptions } from "../options.ts";
import type { Post } from "../post.ts";

/** The publisher's own people, who mend what does not arrive. */
const staff = ["publisherDpo", "operations"] as const satisfies readonly ActorRole[];
export const mailDeciders = staff;
/** A client's own people see that they were written to. */
export const mailReaders = [
  ...staff,
  "controllerAdministrator",
  "controllerDpo",
] as const satisfies readonly ActorRole[];

export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("MAIL_NO_MESSAGE");
  return controllerScope(session, staff);
}

export function mayDecide(request: WebRequest): boolean {
  return actsAs(request, staff) && scopeOf(request) === "all";
}

/**
 * What is written is read where nothing leaves: by the publisher's people, and by the client's where all persons are invented.
 * A message that left is its addressee's: its links open doors.
 */
export function mayRead(request: WebRequest, post: Post, { demonstration }: MailerOptions): boolean {
  return post.transport?.name === "catcher" && (demonstration || mayDecide(request));
}
