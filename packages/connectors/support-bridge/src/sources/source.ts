/**
 * A desk's supplier, one file each: how its hooks are verified and read, and how it is told something. Nothing else in this
 * package knows a supplier.
 */
import type { Instant, Permit } from "@preau/kernel";
import type { DeskEvent, DeskVisitor } from "../desk-event.ts";

/** A hook as it reached us. */
export interface Hook {
  /** Bytes of the body, as they came. */
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the address: some suppliers can only put a secret there. */
  readonly query: Readonly<Record<string, unknown>>;
}

export interface HookTerms {
  /** `signed`: over the bytes. `address`: a secret in the address is all there is. */
  readonly hooks: "signed" | "address";
  /** The one in force, and during a rotation the one before. None verifies nothing. */
  readonly secrets: readonly string[];
  /** Of which installation alone it may be; of any when absent. */
  readonly website?: string;
  readonly now: Instant;
  /** Milliseconds that a hook's own time may differ from ours, either way. */
  readonly freshForMs: number;
}

export type HookRefusal = "unsigned" | "wrongSignature" | "stale" | "malformed" | "wrongWebsite";

type Verified =
  /** `key`: once is once, whatever is delivered again, and in whatever spelling. */
  | { readonly verified: true; readonly key: string }
  | { readonly verified: false; readonly reason: HookRefusal };

export interface DeskSource {
  readonly name: "crisp" | "standard";
  /** Over the raw bytes, in constant time. Never throws. */
  verify(hook: Hook, terms: HookTerms): Verified;
  /** Undefined where the event says nothing to us. @throws SUPPORT_BAD_HOOK where it is not what its supplier documents */
  read(body: Buffer): DeskEvent | undefined;
}

type Said =
  | { readonly outcome: "sent"; readonly message?: string }
  /** For good, in a word of ours. */
  | { readonly outcome: "refused"; readonly reason: string };

export type Gone =
  /** The desk says it is done. Whether it is so, the second look says. */
  { readonly outcome: "asked" } | { readonly outcome: "absent" };

/**
 * What we tell a desk. A conversation's content and a person's words go with a permit of somebody outside the GAR: a
 * `GarSubject` has none. Erasing and looking carry the desk's own references alone. @clause DC
 */
export interface DeskClient {
  /** @throws SUPPORT_DESK_DEFERRED where another try may do; PERMIT_…; SUPPORT_WALL */
  say(
    permit: Permit<"outsideGar">,
    said: {
      readonly conversation: string;
      readonly text: string;
      /** Ours: the same twice is one message where the desk can tell, and our echo is known by it. */
      readonly fingerprint: string;
      readonly categories: readonly string[];
    },
    signal?: AbortSignal,
  ): Promise<Said>;
  /** Whether that message of ours stands there already; absent where the desk itself takes it once. @throws SUPPORT_DESK_DEFERRED */
  wasSaid?(conversation: string, fingerprint: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * That it is the desk that is meant, and takes our key: what a proxy or a wrong address says is no answer.
   * @throws SUPPORT_DESK_REFUSED with what is wrong, SUPPORT_DESK_DEFERRED
   */
  reach(signal?: AbortSignal): Promise<void>;
  /** What the desk knows of the visitor. Undefined when there is no such conversation. @throws SUPPORT_DESK_DEFERRED */
  visitor(conversation: string, signal?: AbortSignal): Promise<DeskVisitor | undefined>;
  /** The conversation with its messages and files. @throws SUPPORT_DESK_DEFERRED, SUPPORT_DESK_REFUSED */
  eraseConversation(conversation: string, signal?: AbortSignal): Promise<Gone>;
  /** The person's profile, by the desk's own id. @throws SUPPORT_DESK_DEFERRED, SUPPORT_DESK_REFUSED */
  erasePerson(person: string, signal?: AbortSignal): Promise<Gone>;
  /** Whether they still stand there: the second look's own question. @throws SUPPORT_DESK_DEFERRED */
  isConversationThere(conversation: string, signal?: AbortSignal): Promise<boolean>;
  isPersonThere(person: string, signal?: AbortSignal): Promise<boolean>;
}
