/** Why an address is not written to for a while, and what the list tells of it: never the address. @clause DC */
import type { ControllerId, Id, Instant, SubjectId } from "@preau/kernel";

export const suppressionKinds = [
  /** The mailbox does not exist. */
  "hardBounce",
  /** Somebody called our message unwanted. */
  "complaint",
  /** The addressee took leave at the provider. */
  "unsubscribed",
  /** The provider does not send there any more. */
  "blocked",
  /** Full or silent, again and again. */
  "softBounces",
  /** A person put it on the list. */
  "manual",
] as const;
export type SuppressionKind = (typeof suppressionKinds)[number];

export type SuppressionId = Id<"sps">;

/** After how many reports an address is on the list, and for how many days after the last of them. */
interface SuppressionRule {
  readonly after: number;
  readonly days: number;
}
export type SuppressionRules = Readonly<Record<SuppressionKind, SuppressionRule>>;

export interface Suppression {
  readonly id: SuppressionId;
  readonly controller: ControllerId;
  readonly kind: SuppressionKind;
  /** Whose address it is, where that is a data subject; until that person is erased. */
  readonly subject?: SubjectId;
  /** Reports that were counted. */
  readonly strikes: number;
  /** When what was reported first happened. */
  readonly since: Instant;
  readonly until: Instant;
}

/** The reason that a message bears which was kept for it: `SUPPRESSED_HARD_BOUNCE`. */
export function suppressionReason(kind: SuppressionKind): string {
  return `SUPPRESSED_${kind.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
