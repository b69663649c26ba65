/** What one side tells the other of what it learns on compliance, or on data subjects' rights. @clause D6.1d */
import type { ActorRole, ControllerId, Id, Instant } from "@preau/kernel";

export type NoticeId = Id<"ntc">;

/** To whom it is told. */
export type Towards = "controller" | "publisher";

/** What it is about: its subject line says this word, and nothing of the text. */
export const noticeCategories = [
  "compliance",
  "dataSubjectRights",
  "authority",
  "security",
  "inaccurateData",
  "other",
] as const;
export type NoticeCategory = (typeof noticeCategories)[number];

export interface Notice {
  readonly id: NoticeId;
  readonly controller: ControllerId;
  readonly towards: Towards;
  readonly category: NoticeCategory;
  readonly clause?: string;
  /** Sealed. */
  readonly words: Buffer;
  readonly writtenBy: ActorRole;
  readonly writtenAt: Instant;
  readonly toldAt?: Instant;
  readonly remindedAt?: Instant;
  readonly acknowledged?: { readonly by: ActorRole; readonly at: Instant };
}
