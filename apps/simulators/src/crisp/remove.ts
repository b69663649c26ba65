/**
 * Deletions: at once and whole, unless a switch makes them late, partial or refused. With a conversation go its messages
 * and its files (a guess: the API has no route to delete a file); a profile and its conversations are apart.
 */
import type { Conversation, Desk, Message, Person } from "./desk.ts";
import { DeskRefusal } from "./envelope.ts";
import { tell, tellPerson } from "./events.ts";

/** @throws DeskRefusal 403 */
export function removeConversation(desk: Desk, conversation: Conversation): void {
  remove(desk, () => {
    const { session_id } = conversation;
    if (!desk.conversations.delete(session_id)) return;
    if (desk.faults.get("deletions-partial") === 0) {
      for (const file of desk.files.values()) if (file.session_id === session_id) desk.files.delete(file.id);
    }
    tell(desk, "session:removed", conversation);
  });
}

/** @throws DeskRefusal 403 */
export function removeMessage(
  desk: Desk,
  conversation: Conversation,
  { fingerprint, content }: Message,
): void {
  remove(desk, () => {
    const rest = conversation.messages.filter((message) => message.fingerprint !== fingerprint);
    if (rest.length === conversation.messages.length) return;
    conversation.messages = rest;
    const url = typeof content === "string" ? undefined : content["url"];
    if (desk.faults.get("deletions-partial") === 0 && typeof url === "string") {
      for (const { id } of desk.files.values()) if (url.includes(id)) desk.files.delete(id);
    }
    tell(desk, "message:removed", conversation, { fingerprint });
  });
}

/** @throws DeskRefusal 403 */
export function removePerson(desk: Desk, person: Person): void {
  remove(desk, () => {
    if (desk.faults.get("deletions-partial") > 0) {
      person.email = "";
      person.updated_at = desk.now();
    } else if (!desk.people.delete(person.people_id)) {
      return;
    }
    for (const each of desk.conversations.values()) {
      if (each.people_id === person.people_id) each.people_id = undefined;
    }
    tellPerson(desk, "removed", person);
  });
}

function remove(desk: Desk, act: () => void): void {
  if (desk.faults.get("deletions-refused") > 0) {
    throw new DeskRefusal(403, "not_allowed", "this cannot be removed");
  }
  const seconds = desk.faults.get("deletions-late");
  if (seconds > 0) desk.later(seconds * 1_000, act);
  else act();
}
