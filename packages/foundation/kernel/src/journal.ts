/**
 * Two logs. *Activity*: additions, changes, deletions, sign-ins, attempts; pruned by age. *Evidence*: instructions,
 * consent, notices, receipts, breaches; kept by rules of its own. Each is an RFC 6962 tree over commitments, so that
 * erasing a person's payload breaks no proof. @clause DD.7
 */
import type { Instant } from "./clock.ts";
import type { ActorId, ControllerId, EntryId, SubjectId } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { ActorRole } from "./roles.ts";
import type { Unit } from "./unit-of-work.ts";

export type LogName = "activity" | "evidence";

export interface JournalEvent {
  readonly log: LogName;
  /** `plugin.whatHappened`, declared by the plugin. */
  readonly type: string;
  readonly clause?: string;
  readonly controller: ControllerId;
  /** Who did it: the role is in the header, the id and details are sealed apart, under the actor's own key. */
  readonly actor: {
    readonly role: ActorRole;
    readonly id?: ActorId | SubjectId;
    readonly payload?: JsonObject;
  };
  /** About whom: at most one person, sealed under that person's key. */
  readonly subject?: { readonly id: SubjectId; readonly payload: JsonObject };
  /** Sealed for the controller: no data about a person. */
  readonly payload?: JsonObject;
}

export interface JournalEntry {
  readonly id: EntryId;
  readonly log: LogName;
  readonly type: string;
  readonly clause?: string;
  readonly controller: ControllerId;
  readonly actorRole: ActorRole;
  readonly recordedAt: Instant;
  /** Position in its log; absent until the sequencer has numbered it. */
  readonly index?: number;
  /** Slots that could be opened; a slot whose key is destroyed is absent. */
  readonly actor?: { readonly id?: string; readonly payload?: JsonObject };
  readonly subject?: { readonly id: SubjectId; readonly payload: JsonObject };
  readonly payload?: JsonObject;
}

export interface JournalQuery {
  readonly controller: ControllerId;
  readonly log?: LogName;
  readonly type?: string;
  readonly subject?: SubjectId;
  /** Newest first, before this entry. */
  readonly before?: EntryId;
  /** 50 by default, 1,000 at most. */
  readonly limit?: number;
}

export interface Journal {
  /** Writes an entry with the business change; numbered and signed within a second. @throws UNIT_CLOSED */
  record(unit: Unit, event: JournalEvent): Promise<EntryId>;
  /** As `record` of each, in fewer statements. Their ids, in the order of the events. */
  recordMany?(unit: Unit, events: readonly JournalEvent[]): Promise<readonly EntryId[]>;
  /** One entry of a controller's by its id. Absent where a journal cannot find one. */
  entry?(unit: Unit, controller: ControllerId, id: EntryId): Promise<JournalEntry | undefined>;
  /** Entries of one controller, newest first. */
  entries(unit: Unit, query: JournalQuery): Promise<readonly JournalEntry[]>;
  /**
   * The proof of one entry as a `c2sp.org/tlog-proof@v1` text, once it is numbered; waits at most that long for it.
   * `undefined` when it is not numbered in time, or unknown to this controller.
   */
  prove(
    controller: ControllerId,
    entry: EntryId,
    options?: { readonly waitMs?: number },
  ): Promise<string | undefined>;
  /** Destroys the keys of one person's slots. Every proof still holds. Not undone by a rollback: keys live apart. */
  forget(controller: ControllerId, subject: SubjectId): Promise<void>;
}
