import type {
  ActorId,
  ControllerId,
  EntryId,
  Instant,
  JournalEvent,
  JsonObject,
  SubjectId,
} from "@preau/kernel";
import type { KeyOf, KeyScope } from "@preau/keys";
import type { EntryHeader, SlotName } from "./entry.ts";
import { fault } from "./errors.ts";
import { closeSlot, controllerScope, payloadBytes } from "./slot.ts";
import type { EntryRow } from "./store/entry-table.ts";

/** An event as it was when it was handed over: what its caller does to its objects later changes nothing. */
export interface PreparedEvent {
  readonly header: Pick<EntryHeader, "log" | "type" | "clause" | "controller" | "actorRole">;
  readonly slots: readonly {
    readonly slot: SlotName;
    /** Whose key it is sealed under. */
    readonly scope: KeyScope;
    readonly payload: Buffer;
  }[];
}

export function subjectScope(controller: ControllerId, subject: SubjectId): KeyScope {
  return { controller, kind: "subject", id: subject };
}

/**
 * Reads an event. A data subject who acts is sealed under the subject's own key.
 * @throws JOURNAL_BAD_EVENT
 */
export function prepareEvent(event: JournalEvent): PreparedEvent {
  const { log, type, clause, controller, actor, subject, payload } = event;
  const goodType = type.length <= 100 && /^[a-z][a-z-]*\.[a-z][A-Za-z]*$/.test(type);
  const goodLog = ["activity", "evidence"].includes(log); // callers may be JavaScript
  if (!goodType || !goodLog || (clause !== undefined && clause.length > 40)) throw fault("JOURNAL_BAD_EVENT");
  const acted = {
    ...(actor.id === undefined ? {} : { id: actor.id }),
    ...(actor.payload === undefined ? {} : { payload: actor.payload }),
  };
  const slot = (name: SlotName, scope: KeyScope, value: JsonObject) => ({
    slot: name,
    scope,
    payload: payloadBytes(value),
  });
  return {
    header: { log, type, controller, actorRole: actor.role, ...(clause === undefined ? {} : { clause }) },
    slots: [
      ...(Object.keys(acted).length === 0 ? [] : [slot("actor", actorScope(controller, actor), acted)]),
      ...(subject === undefined
        ? []
        : [
            slot("subject", subjectScope(controller, subject.id), {
              id: subject.id,
              payload: subject.payload,
            }),
          ]),
      ...(payload === undefined ? [] : [slot("controller", controllerScope(controller), payload)]),
    ],
  };
}

function actorScope(controller: ControllerId, { id, role }: JournalEvent["actor"]): KeyScope {
  const isSubject = (id: ActorId | SubjectId): id is SubjectId => id.startsWith("sub_");
  if (id !== undefined && isSubject(id)) return subjectScope(controller, id);
  return { controller, kind: "actor", id: id ?? `role:${role}` };
}

/** The row of an event: its slots sealed and committed to. */
export function entryRow(
  { header, slots }: PreparedEvent,
  made: { readonly id: EntryId; readonly recordedAt: Instant; readonly ordinal: number },
  keyOf: KeyOf,
): EntryRow {
  const { id, recordedAt, ordinal } = made;
  const closed: EntryRow["slots"] = Object.fromEntries(
    slots.map(({ slot, scope, payload }) => [slot, closeSlot(keyOf(scope), id, slot, payload)]),
  );
  const commitments: EntryHeader["commitments"] = Object.fromEntries(
    Object.entries(closed).map(([slot, { commitment }]) => [slot, commitment]),
  );
  return { header: { ...header, id, recordedAt, commitments }, ordinal, slots: closed };
}
