/** What a desk's hook says, in words that no supplier owns. In clear in memory alone: at rest it is sealed. */
import type { Instant } from "@preau/kernel";

export type DeskEventKind =
  /** A visitor wrote. */
  | "visitorWrote"
  /** Somebody answered at the desk itself. */
  | "agentWrote"
  /** Who the visitor is was set or changed there. */
  | "personChanged"
  /** A message was changed or taken back there. */
  | "messageChanged"
  | "messageRemoved"
  | "conversationRemoved";

/** A file that hangs on a message. It is never fetched; its name may name somebody. */
export interface DeskFile {
  readonly name?: string;
  readonly type?: string;
  readonly bytes?: number;
}

/** What the desk says of the visitor; nothing of it is proved but the token. */
export interface DeskVisitor {
  /** Ours, handed out with the widget: says who it is and that the desk is for them. */
  readonly token?: string;
  readonly name?: string;
  readonly email?: string;
  readonly telephone?: string;
  /** The desk's own id of the person. */
  readonly person?: string;
}

export interface DeskEvent {
  readonly kind: DeskEventKind;
  /** The desk's own reference of the conversation. */
  readonly conversation: string;
  /** The desk's own id of the message, where it is about one. */
  readonly message?: string;
  /** When it happened, by the desk's clock. */
  readonly at: Instant;
  readonly text?: string;
  readonly files: readonly DeskFile[];
  /** Set by us on what we sent: our own echo. */
  readonly fingerprint?: string;
  readonly visitor: DeskVisitor;
}
