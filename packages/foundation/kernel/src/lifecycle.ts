/**
 * The third, optional face of a store that has accounts of its own (an LMS): who has an account there and since when it
 * rests, which rows are only kept for a time, and who may enter. Retention rules are reckoned from it; nothing is copied.
 * @clause D12.4, DD.8, S10
 */
import type { Instant } from "./clock.ts";
import type { Origin } from "./gate.ts";
import type { ControllerId } from "./ids.ts";
import type { Bilingual } from "./language.ts";
import type { ActionResult, ErasureStep, Identifier, TableCount } from "./personal-data-source.ts";
import type { ActorRole } from "./roles.ts";

/** What a store knows of one account. No name, no address; the identifier is the store's own key of it. */
export interface AccountFacts {
  readonly identifier: Identifier;
  /** The agreement's word; absent when the store cannot tell: rules of one role alone then leave the account out, and say so. */
  readonly role?: string;
  /** Absent when the store cannot tell. */
  readonly origin?: Origin;
  readonly createdAt?: Instant;
  /** The last thing done by the account, or to its work; absent when there never was any, `createdAt` then stands for it. */
  readonly lastActivity?: Instant;
  /** When the store marked the account as deleted although rows of it are left. */
  readonly deletedAt?: Instant;
  /** Last day of the last class or course that it is enrolled in: a course that is used again moves it. */
  readonly enrolledUntil?: Instant;
}

export interface AccountPage {
  readonly accounts: readonly AccountFacts[];
  /** Give it back to go on; absent after the last page. Opaque. */
  readonly next?: string;
}

/** A deletion that somebody asked for in the application itself. @clause DB.D.self */
export interface DeletionRequest {
  /** The application's own key of the request. */
  readonly id: string;
  readonly account: Identifier;
  readonly requestedBy: ActorRole;
  readonly requestedAt: Instant;
}

export type Doors = "open" | "administratorsOnly";

/** How an application is kept open for its administrators alone, by the application's own means. @clause S10 */
export interface AccessWindow {
  /** The mechanism, named: « maintenance mode and suspended roles », a column of the school. */
  readonly mechanism: Bilingual;
  doors(controller: ControllerId): Promise<Doors>;
  /** Twice is once. What was set before is remembered in the application, so that `reopen` gives back exactly that. */
  closeToOthers(controller: ControllerId): Promise<ActionResult>;
  reopen(controller: ControllerId): Promise<ActionResult>;
}

/** Rows about events that are kept for a time and go by their age, whoever they were about. @clause DD.8 */
export interface AgedRows {
  /** Rows of the store's activity log that are older, by table. `erased` is what a purge would erase. */
  count(controller: ControllerId, before: Instant): Promise<readonly TableCount[]>;
  /** Erases them in small steps. Twice is once. */
  purge(
    controller: ControllerId,
    before: Instant,
    options?: { readonly signal?: AbortSignal },
  ): AsyncIterable<ErasureStep>;
}

export interface Lifecycle {
  /** Every account of that controller that is not yet erased, in a stable order; another controller has none. */
  accounts(
    controller: ControllerId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<AccountPage>;
  /** The same facts again, as they are now; an account that is gone is left out. */
  factsOf(controller: ControllerId, identifiers: readonly Identifier[]): Promise<readonly AccountFacts[]>;
  /** Deletions asked for in the application and not yet taken up. */
  deletionRequests?(controller: ControllerId): Promise<readonly DeletionRequest[]>;
  readonly activityLog?: AgedRows;
  readonly access?: AccessWindow;
}
