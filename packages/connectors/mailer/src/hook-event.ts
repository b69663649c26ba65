/** What a provider tells of a message that it took, whoever the provider is. */
import type { Id, Instant, Json, MessageId } from "@preau/kernel";
import type { SuppressionKind } from "./suppression.ts";

export const hookWords = [
  "hardBounce",
  "invalid",
  "softBounce",
  "blocked",
  "error",
  "complaint",
  "unsubscribed",
] as const;
export type HookWord = (typeof hookWords)[number];

export type HookId = Id<"hok">;

export interface HookEvent {
  readonly word: HookWord;
  readonly address: string;
  /** What the provider calls the message, without angle brackets. */
  readonly providerId: string;
  readonly happenedAt: Instant;
  /** What makes two reports the same one. */
  readonly identity: readonly Json[];
  /** What we call it, where the provider hands that through. */
  readonly message?: MessageId;
}

/** What each word says of the address: nothing, where the failure was the provider's or ours. */
export const kindOfWord = {
  hardBounce: "hardBounce",
  invalid: "hardBounce",
  softBounce: "softBounces",
  blocked: "blocked",
  error: undefined,
  complaint: "complaint",
  unsubscribed: "unsubscribed",
} as const satisfies Readonly<Record<HookWord, SuppressionKind | undefined>>;

/** Did the message not arrive? A soft bounce is told when the provider has stopped trying. */
export const isReturned = {
  hardBounce: true,
  invalid: true,
  softBounce: true,
  blocked: true,
  error: true,
  complaint: false,
  unsubscribed: false,
} as const satisfies Readonly<Record<HookWord, boolean>>;

/** The reason that a message bears which came back so: `HOOK_HARD_BOUNCE`. */
export function hookReason(word: HookWord): string {
  return `HOOK_${word.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
