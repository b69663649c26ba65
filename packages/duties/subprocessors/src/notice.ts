/** What one controller was told of one change, what proves that it arrived, and what it answered. @figure D8.2, D8.3 */
import type { ActorRole, ControllerId, Id, Instant } from "@preau/kernel";
import type { ChangeId } from "./change.ts";

export type NoticeId = Id<"spn">;
export type ChangeObjectionId = Id<"spo">;

/** `toSend`: the announcing job has not reached it; `noAddress`: nobody to write to, the link is handed over by hand. */
export const deliveries = ["toSend", "queued", "sent", "undelivered", "noAddress"] as const;
export type Delivery = (typeof deliveries)[number];

/** In what capacity somebody says so; nobody is named. */
export const capacities = ["dpo", "representative", "contact", "other"] as const;
export type Capacity = (typeof capacities)[number];

/** How it was said: behind the link, on a page of somebody signed in, or in a writing that was recorded. */
export const ways = ["link", "page", "writing"] as const;
export type Way = (typeof ways)[number];

export interface Said {
  readonly recordedAt: Instant;
  readonly recordedBy: ActorRole;
  readonly how: Way;
  readonly capacity: Capacity;
  /** Of a writing. */
  readonly means?: "email" | "letter" | "desk";
  readonly reference?: string;
  readonly sha256?: string;
}

export interface Receipt extends Said {
  /** The clock runs from here. */
  readonly receivedAt: Instant;
}

export interface ChangeObjection extends Said {
  readonly id: ChangeObjectionId;
  readonly controller: ControllerId;
  readonly change: ChangeId;
  /** Within the window, it counts, whenever it arrives. */
  readonly datedAt: Instant;
  readonly receivedAt: Instant;
  /** Dated too late, and followed all the same. */
  readonly honouredAt?: Instant;
  readonly withdrawn?: Said & { readonly receivedAt: Instant };
}

export interface Notice {
  readonly id: NoticeId;
  readonly controller: ControllerId;
  readonly change: ChangeId;
  /** Recipient of the change. */
  readonly recipient: string;
  readonly announcedAt: Instant;
  readonly delivery: Delivery;
  readonly deliveredAt?: Instant;
  readonly reminders: number;
  readonly remindedAt?: Instant;
  readonly receipt?: Receipt;
  /** The earliest date of its objections that were not withdrawn. */
  readonly objectedAt?: Instant;
  /** One of them counts although it is dated too late. */
  readonly honoured: boolean;
}
